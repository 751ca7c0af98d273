"""Random numbers: every generator that a program may use begins where the request says.

Workers are forked from one process and so share its generators' state; it is never left as it is.
"""

import os
import random

import numpy as np
import torch


def seed_all(seed: int | None) -> None:
    """Seed torch (every device in use), NumPy and `random`. None takes fresh entropy, for each its own."""
    if seed is None:
        _seed_torch(int.from_bytes(os.urandom(8), "little"))
        np.random.seed(int.from_bytes(os.urandom(4), "little"))
        random.seed(os.urandom(32))
        return
    _seed_torch(seed % 2**64)
    np.random.seed(seed % 2**32)
    random.seed(seed)


def _seed_torch(seed: int) -> None:
    # What `torch.manual_seed` does, without noting a stack trace for each kind of device that is not there.
    torch.default_generator.manual_seed(seed)
    if torch.cuda.is_initialized():
        torch.cuda.manual_seed_all(seed)
