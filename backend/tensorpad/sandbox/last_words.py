"""The report of a program that never comes back to Python, made inside a signal handler.

NOTE [Last words]
1. A long operation of torch's, a power of huge integers, or a crash leaves no chance to raise an exception. The service says
   by a signal (`LAST_WORDS`) that it is about to kill the worker, and a crash is a signal by itself.
2. Python must not run in a handler of the operating system's: the signal may have come in the middle of an allocation. It
   runs here all the same, because nothing can be lost any more: where it fails, the process ends as it would have ended.
   The interpreter's own way, a flag that it looks at between two instructions, would wait for the call to return.
3. A callback of ctypes takes the interpreter's lock if the interrupted call had released it, and goes on if it had not.
"""

import contextlib
import ctypes
import signal
from collections.abc import Callable
from threading import get_ident
from types import FrameType
from typing import Any, Final

from tensorpad.protocol.messages import LAST_WORDS
from tensorpad.sandbox.deadline import puts_off
from tensorpad.trace.base.internals import current_frames

_CRASHES: Final = (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT)
_CRASHING_S: Final = 0.5
"""Longest that a crash may be put off by its report."""

_handler: Any = ctypes.CFUNCTYPE(None, ctypes.c_int)
_set_handler: Any = ctypes.CDLL(None).signal
_set_handler.argtypes = (ctypes.c_int, ctypes.c_void_p)
_set_handler.restype = ctypes.c_void_p

Speak = Callable[[FrameType | None, bool], None]


class LastWords:
    """One for the whole process. `speak` is called at most once.

    It is given the frame that was interrupted, and whether the process crashes.
    """

    def __init__(self) -> None:
        self.speak: Speak | None = None
        self._main = get_ident()  # any thread may get the signal
        self._called = _handler(self._heard)  # kept here, for the kernel does not

    def listen(self) -> None:
        """Put the handlers in place. What Python knows of the signals stays as it was."""
        for number in (LAST_WORDS, *_CRASHES):
            _set_handler(number, ctypes.cast(self._called, ctypes.c_void_p))

    @puts_off  # it is likely to have rung by now
    def _heard(self, number: int) -> None:
        if number != LAST_WORDS:
            # Whatever happens now, the crash goes on when this returns, or else a little later.
            _set_handler(number, None)
            _set_handler(signal.SIGALRM, None)
            signal.setitimer(signal.ITIMER_REAL, _CRASHING_S)
        speak, self.speak = self.speak, None
        if speak is not None:
            with contextlib.suppress(BaseException):
                speak(current_frames().get(self._main), number != LAST_WORDS)
