"""Runs programs in processes of their own, forked from one that has torch loaded: none sees what another has left."""

import contextlib
import io
import multiprocessing
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from tensorpad.protocol.frames import FrameReader, encode
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Report, RunRequest
from tensorpad.protocol.traces import check
from tensorpad.sandbox.program import run_program

from tests.courses import plain
from tests.courses.plain import Plainly
from tests.support.comparison import Course
from tests.support.patience import PATIENCE_S

_PROGRAM_S = 4 * PATIENCE_S
"""Longest that a program may take: some have 2,000 rounds, and the first waits until torch has been loaded."""
_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(["tests.courses.running"])


def traced(cells: tuple[str, ...], folder: Path, rounds: int | None = None) -> Course:
    """What a worker reports of a program, and what the program printed. `rounds` of each loop are recorded, None for all."""
    return _apart(_traced, cells, str(folder), rounds)


def plainly(cells: tuple[str, ...], folder: Path) -> Plainly:
    """What plain Python does with the program."""
    return _apart(plain.run, cells, str(folder))


def _apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function returns in a process of its own. Raises what it raises."""
    here, there = _server.Pipe(duplex=False)
    process = _server.Process(target=_send, args=(there, function, arguments))
    process.start()
    there.close()
    try:
        returned, raised = here.recv() if here.poll(_PROGRAM_S) else (None, TimeoutError("the program does not end"))
    except EOFError:
        raised = RuntimeError("the program has ended its process")
        returned = None
    process.join(0 if returned is None else PATIENCE_S)
    process.kill()
    if raised is not None:
        raise raised
    return returned


def _send(there: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        there.send((function(*arguments), None))
    except Exception as error:
        there.send((None, error))


def _traced(cells: tuple[str, ...], folder: str, rounds: int | None) -> Course:
    limits = Limits()
    torch.set_num_threads(1)
    os.environ["MPLBACKEND"] = "module://tensorpad.sandbox.displays.figures"  # as the service starts workers
    sys.argv = [""]
    course = Course()
    reader: FrameReader[Report] = FrameReader(Report, limits.frame_bytes)
    output = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        run_program(
            RunRequest(cells=cells, timeout_s=_PROGRAM_S, rounds=rounds),
            limits,
            lambda message: course.reports.extend(reader.feed(encode(message))),
        )
    course.printed = output.getvalue()
    check(course.trace, limits)
    return course
