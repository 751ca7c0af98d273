"""The trace so far, sent between cells.

NOTE [Pieces]
1. A program can be killed without a word: by the kernel for its memory, or by itself. So when a cell has ended and others
   follow, all that is known is sent. The service keeps the newest piece, and reads it only where no report comes.
2. A piece is a whole trace, because nearly every record of one may still change. All pieces together have no more than twice
   the steps of the last, and a few; so they cost no more than the report itself, and a program of many small cells gets one
   after the first of them, and then when its trace has doubled.
3. The program goes on after it, so nothing of it is asked: a value's text is there only where Python alone makes it, no
   tensor is met for the first time, and no graph is walked. The report is the same with pieces and without.
"""

import time
from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Report, SoFar
from tensorpad.protocol.records import TruncationRecord
from tensorpad.trace.tracer import Tracer

_FREE: Final = 200
"""Steps that pieces may have besides."""
_PART: Final = 0.5
"""Part of the time of grace in which a piece must be ready, since the program's own deadline waits for it."""
_PLAIN: Final = (bool, int, float, str, type(None))


class Pieces:
    """Sends them."""

    def __init__(self, limits: Limits, report: Callable[[Report], None], initial: dict[str, Any]) -> None:
        self._limits = limits
        self._report = report
        self._initial = initial
        self._sent = 0
        """The steps of all pieces so far."""

    def ended(self, tracer: Tracer, cell: int) -> None:
        """A cell has ended, and others follow. The deadline must be held."""
        steps = tracer.steps
        if self._sent > steps + _FREE:
            return
        self._sent += steps
        try:
            trace = tracer.so_far(self._initial, _described, time.monotonic() + self._limits.grace_s * _PART)
        except Exception:  # a program can damage torch itself
            return
        self._report(SoFar(replace(trace, truncated=(*trace.truncated, TruncationRecord("later cells", cell + 1)))))


def _described(value: object) -> str:
    """The text of a value, if no code of the program's makes it."""
    return repr(value)[:2_000] if type(value) in _PLAIN else "…"
