"""Data loaders that may not start processes.

With `num_workers` a `DataLoader` fails here when it makes the first of them. Its half-made iterator is then taken down,
finds that it does not even know whether it was shut down, and Python prints a second traceback that says nothing.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from torch.utils.data import dataloader

_module: Any = dataloader
_FLAG = "_shutdown"


@contextmanager
def quiet() -> Generator[None]:
    """An iterator that was never made counts as shut down. Each that is made says for itself that it is not."""
    iterator: Any = getattr(_module, "_MultiProcessingDataLoaderIter", None)
    if iterator is None or _FLAG in iterator.__dict__:
        yield
        return
    setattr(iterator, _FLAG, True)
    try:
        yield
    finally:
        delattr(iterator, _FLAG)
