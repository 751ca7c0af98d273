"""The garbage collector, while the trace makes many records at once.

Records are trees that all stay, but the collector would look through them again each time that their number has grown by a
quarter. No code of the program runs meanwhile, so it cannot tell.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def paused() -> Generator[None]:
    """While entered, nothing is collected that references do not free."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
