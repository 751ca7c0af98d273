"""Warnings at the line that plain Python would name, even if library code counts its callers.

`warnings.warn(…, stacklevel=5)` names the fifth frame outwards. Ours, and those in which torch asks for overrides, would
be counted with the rest; so the function is replaced for the length of a run by one that leaves them out.
"""

import functools
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from tensorpad.sandbox.tracebacks import is_own
from tensorpad.trace.base.internals import calling_frame, handle_torch_function_code

_module: Any = warnings


@contextmanager
def counted() -> Generator[None]:
    """Let `warnings.warn` count the program's and the libraries' frames only."""
    original = warnings.warn

    @functools.wraps(original)
    def warn(message: Any, category: Any = None, stacklevel: Any = 1, source: Any = None) -> None:
        level = stacklevel
        if type(stacklevel) is int and stacklevel > 1:
            level = _level(calling_frame(1), stacklevel)
        # One more, for this frame.
        original(message, category, level + 1, source)

    _module.warn = warn
    try:
        yield
    finally:
        if _module.warn is warn:
            _module.warn = original


def _level(frame: FrameType, wanted: int) -> int:
    """What `stacklevel` from `frame` means once every frame is counted."""
    for level, hidden in enumerate(_frames(frame), 1):
        wanted -= not hidden
        if wanted == 0:
            return level
    return 1 << 30


def _frames(frame: FrameType | None) -> Iterator[bool]:
    """Whether a frame, and each around it, is to be left out. `importlib`'s, which Python leaves out, are not given."""
    called: Any = None
    while frame is not None:
        code = frame.f_code
        if is_own(frame):
            yield True
        elif code is handle_torch_function_code and _behind_own(called):
            # It, and the function that asked by it; that begins again further in.
            yield True
            asked, frame = frame, frame.f_back
            if frame is None:
                return
            yield True
            again = _called_anew(asked)
            if frame.f_back is not None and again is not None and frame.f_back.f_code is again:
                frame = frame.f_back
                yield True
        elif not ("importlib" in code.co_filename and "_bootstrap" in code.co_filename):
            yield False
        called, frame = frame, frame.f_back


def _behind_own(frame: FrameType | None) -> bool:
    return frame is not None and is_own(frame)


def _called_anew(asked: FrameType) -> Any:
    """The code of the function for which a frame of torch's asks for overrides."""
    function = asked.f_locals.get("public_api")
    return getattr(function, "__code__", None)
