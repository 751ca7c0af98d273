"""A worker: confined, warmed and parked, it runs one program and ends."""

import os
import platform
import sys
from typing import Final

import torch

from tensorpad.confinement import resources
from tensorpad.confinement.layers import Confinement, LayerRefused
from tensorpad.protocol.control import WorkerPlan
from tensorpad.protocol.frames import FrameReader, encode, read_message, write_all
from tensorpad.protocol.messages import (
    CELL_TAKEN,
    CellDone,
    Finished,
    ProbeRequest,
    Ready,
    Report,
    Reporting,
    Request,
    RunRequest,
)
from tensorpad.protocol.records import CellRecord
from tensorpad.sandbox import probes
from tensorpad.sandbox.last_words import LastWords
from tensorpad.sandbox.program import run_program
from tensorpad.sandbox.streams import Streams
from tensorpad.sandbox.warmup import warm_worker

_REQUEST: Final = 3
_REPORT: Final = 4
LAYER_REFUSED: Final = 78
"""Exit status of a worker that a layer could not be put on; its standard error says which."""


def main(plan: WorkerPlan, confinement: Confinement, descriptors: list[int]) -> None:
    """Run in the child of the template. `descriptors` are request, report, stdout and stderr, in that order."""
    _arrange(descriptors)
    last_words = LastWords()
    os.chdir("/")
    try:
        confinement.confine(plan)
    except LayerRefused as refused:
        write_all(2, str(refused).encode())
        os._exit(LAYER_REFUSED)
    streams = Streams(confinement.limits.output_bytes)
    streams.put_in_place()
    if not plan.probing:
        _settle(plan.scratch)
    cuda = confinement.cuda and not plan.probing and _initialise_cuda()
    limits = confinement.limits
    if not plan.probing:
        torch.set_num_threads(limits.threads)
        warm_worker(limits)
    _report(Ready(torch=str(torch.__version__), python=platform.python_version(), cuda=cuda))
    requests: FrameReader[Request] = FrameReader(Request, limits.body_bytes * 2)
    try:
        request = read_message(_REQUEST, requests)
    except EOFError:
        return  # the service has no use for this worker any more
    match request:
        case ProbeRequest():
            probes.answer(request, limits, _report)
        case RunRequest():
            last_words.listen()
            run_program(request, limits, _Reporter(len(request.cells)), streams, last_words)


def _arrange(descriptors: list[int]) -> None:
    """Put the descriptors at 1 to 4 and nothing at 0, and close all others."""
    # Moved above the range first: any of them may have the number that another is to get.
    request, report, stdout, stderr = (os.dup2(descriptor, 100 + index) for index, descriptor in enumerate(descriptors))
    nothing = os.open("/dev/null", os.O_RDONLY)
    for source, target in ((nothing, 0), (stdout, 1), (stderr, 2), (request, _REQUEST), (report, _REPORT)):
        os.dup2(source, target)
    os.closerange(5, os.sysconf("SC_OPEN_MAX"))


def _settle(scratch: str) -> None:
    """Give the program a folder with a folder around it, both its own: courses keep their data in `../data`.

    It sees no more of what started it than a script sees of its interpreter.
    """
    home = os.path.join(scratch, "home")
    work = os.path.join(home, "work")
    os.makedirs(work)
    os.chdir(work)
    os.environ.update(HOME=home, TMPDIR=scratch, PWD=work)
    sys.argv[:] = [""]
    sys.orig_argv[:] = ["python"]


def _initialise_cuda() -> bool:
    """Pay for CUDA's context while nobody waits; return whether there is a device."""
    if not torch.cuda.is_available():
        return False
    torch.cuda.init()
    torch.ones(1, device="cuda").sum().item()
    return True


class _Reporter:
    """Reports; after a cell that others follow it waits until the service has read the cell's output.

    See NOTE [Output belongs to its cell].
    """

    def __init__(self, cells: int) -> None:
        self._cells = cells

    def __call__(self, message: Report) -> None:
        _report(message)
        match message:
            case CellDone(CellRecord(index=index) as cell) if index + 1 < self._cells and not cell.ends_the_program:
                os.read(_REQUEST, len(CELL_TAKEN))
            case Reporting():
                resources.open_reserve()
            case Finished():
                # The end of a process takes time from the answer that is being made of its report, so it waits to be ended.
                os.read(_REQUEST, 1)
            case _:
                pass


def _report(message: Report) -> None:
    write_all(_REPORT, encode(message))
