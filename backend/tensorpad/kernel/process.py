"""The one run that is traced in this process.

What is replaced while a run is traced (the entry of torch's engine, `warnings.warn`, the output) is the same for all
threads, so there is one run at a time. A process that is forked meanwhile, as a `DataLoader` forks workers, is not traced.
"""

import os
import threading
from collections.abc import Callable

from tensorpad.kernel.errors import TraceError

_claimed = threading.Lock()
_leave: list[Callable[[], None]] = []
"""What takes the run off that is traced."""


def claim(leave: Callable[[], None]) -> None:
    """A run begins. Raises TraceError if another has not ended."""
    if not _claimed.acquire(blocking=False):
        raise TraceError(
            "something is traced already in this process: a trace cannot begin inside another, "
            "or in one thread while it runs in another. End that one first."
        )
    _leave.append(leave)


def release() -> None:
    """The run has ended."""
    _leave.clear()
    if _claimed.locked():
        _claimed.release()


def _forked() -> None:
    for leave in tuple(_leave):
        leave()


os.register_at_fork(after_in_child=_forked)
