"""Tracebacks as plain Python would print them: without the frames of what runs and watches the program.

NOTE [Frames that are left out]
1. Tensorpad's own, by their file.
2. The calls in the caller's name (see `trace.call_sites`), by their mark; their file and name are the program's.
3. Right before one of those: the pair of frames in which a library function written in Python asks for overrides.
   Without a mode it would not have asked.
4. Right before one of those: the frame of the very function that is called right after it. That function had begun, in
   Python, before anything in it asked for overrides; with a mode it begins again.
The functions of the `traceback` module through which all of its printing goes are replaced for the length of a run, so
that `traceback.print_exc()`, `logging` and our own error records all show the same.
"""

import itertools
import traceback
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from tensorpad.trace.base.internals import handle_torch_function_code
from tensorpad.trace.program.cells import is_call

_OWN = str(Path(__file__).parents[1]) + "/"
_module: Any = traceback


def is_own(frame: FrameType) -> bool:
    """Whether a frame is Tensorpad's."""
    code = frame.f_code
    return is_call(code) or code.co_filename.startswith(_OWN)


def visible(trace: TracebackType | None) -> list[TracebackType]:
    """The links of a traceback, outermost first, that a person should see."""
    links: list[TracebackType] = []
    called_anew = False
    while trace is not None:
        code = trace.tb_frame.f_code
        if not is_own(trace.tb_frame):
            if called_anew and links and links[-1].tb_frame.f_code is code:
                del links[-1]
            links.append(trace)
        elif links and links[-1].tb_frame.f_code is handle_torch_function_code:
            del links[-2:]
        called_anew = is_call(code)
        trace = trace.tb_next
    return links


def _walk_tb(trace: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    for link in visible(trace):
        yield link.tb_frame, link.tb_lineno


def _walk_with_positions(trace: TracebackType | None) -> Iterator[tuple[FrameType, tuple[int | None, ...]]]:
    for link in visible(trace):
        code = link.tb_frame.f_code
        positions = next(itertools.islice(code.co_positions(), max(link.tb_lasti, 0) // 2, None), (None,) * 4)
        yield link.tb_frame, positions if positions[0] is not None else (link.tb_lineno, *positions[1:])


def _walk_stack(frame: FrameType | None) -> Iterator[tuple[FrameType, int]]:
    if frame is None:
        # The caller of `traceback.extract_stack` and the like: past this generator and the module's own frames.
        frame = _module.sys._getframe(1)
        while frame is not None and frame.f_code.co_filename == traceback.__file__:
            frame = frame.f_back
    own_before = False
    while frame is not None:
        own = is_own(frame)
        if own and own_before and not is_call(frame.f_code):
            return  # the program's outermost frame was called by these
        if not own:
            yield frame, frame.f_lineno
        own_before = own
        frame = frame.f_back


@contextmanager
def filtered() -> Generator[None]:
    """Let the `traceback` module leave out our frames."""
    replaced = {"walk_tb": _walk_tb, "_walk_tb_with_full_positions": _walk_with_positions, "walk_stack": _walk_stack}
    before = {name: getattr(traceback, name) for name in replaced}
    for name, function in replaced.items():
        setattr(traceback, name, function)
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(traceback, name, function)
