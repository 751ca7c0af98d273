"""What the program calls the tensor that a backward pass starts from."""

from types import FrameType
from typing import Any

import torch

from tensorpad.trace.base.internals import calling_frame, engine_callers
from tensorpad.trace.forward.log import Log
from tensorpad.trace.memory.sightings import Sightings
from tensorpad.trace.program.call_sites import CallSites
from tensorpad.trace.program.cells import Cells, is_call


class RootNames:
    """Finds names in a run, whose variables are in `namespace`."""

    def __init__(self, namespace: dict[str, Any], cells: Cells, sites: CallSites, sightings: Sightings, log: Log) -> None:
        self._namespace = namespace
        self._cells = cells
        self._sites = sites
        self._sightings = sightings
        self._log = log

    def of(self, root: Any) -> str:
        """A variable, or else the source that made it or that calls `backward` on it."""
        for name, value in list(self._namespace.items()):
            if value is root and not name.startswith("_"):
                return name
        return self._called() or self._made(root) or "output"

    def _called(self) -> str | None:
        """The source of the call, where it is the program's and not a library's on its behalf."""
        frame = calling_frame(1)
        own = self._cells.nearest(frame)
        if own is None or not _is_direct(frame, own):
            return None
        text = self._sites.own(own)[1].expression
        head, method, _ = (text or "").rpartition(".backward")
        return head if method else text

    def _made(self, root: Any) -> str | None:
        """The source of the operation that made it."""
        mark = self._sightings.of(root).mark if isinstance(root, torch.Tensor) else None
        place = None if mark is None or mark.operation is None else self._log.place(mark.operation)
        return None if place is None else self._log.records[place].expression


def _is_direct(frame: FrameType | None, own: FrameType) -> bool:
    """Whether nothing but torch's way to the engine, and we, stand between `own` and `frame`."""
    here = __package__ or ""
    while frame is not None and frame is not own:
        ours = str(frame.f_globals.get("__name__")).startswith(here)
        if not ours and frame.f_code.co_filename not in engine_callers and not is_call(frame.f_code):
            return False
        frame = frame.f_back
    return True
