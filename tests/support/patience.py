"""Limits of time. They are for faults that make something hang, so they are generous; cost is tested by `growth`."""

import time
from collections.abc import Generator
from contextlib import contextmanager

PATIENCE_S = 30.0
"""What takes longer has failed, also on a slow machine that is busy with something else."""


@contextmanager
def in_time() -> Generator[None]:
    """Fail if the block takes longer than patience lasts."""
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    assert took < PATIENCE_S, f"it took {took:.1f} s"
