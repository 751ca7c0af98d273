"""The one contract between the API and whatever runs programs."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Environment, Outcome
from tensorpad.protocol.outputs import StreamName
from tensorpad.protocol.records import CellRecord


class Queued(Struct, frozen=True):
    """The run waits for a worker; `ahead` others were before it."""

    ahead: int


class Output(Struct, frozen=True):
    """Text that a cell printed just now."""

    cell: int
    stream: StreamName
    text: str


class Showed(Struct, frozen=True):
    """A cell displayed something just now; `index` counts the displays of the cell."""

    cell: int
    index: int
    display: DisplayRecord


class CellEnded(Struct, frozen=True):
    """A cell has ended, and this is all that it displayed."""

    cell: CellRecord
    displays: tuple[DisplayRecord, ...] = ()


Event = Queued | Output | Showed | CellEnded
Listener = Callable[[Event], None]


class Runner(Protocol):
    """Runs programs. Cancelling the task that awaits `run` ends the run and frees its worker."""

    async def run(self, request: RunRequest, listener: Listener | None = None) -> Outcome:
        """Run one program and say how it ended.

        `listener` hears of progress, in order, and must not block. Raises Overloaded, Unavailable or WorkerLost for
        failures of the service and RequestError if the device that was asked for is not there.
        """
        ...

    @property
    def environment(self) -> Environment:
        """Where programs run; its device is what `auto` means. Raises Unavailable before the first worker is ready."""
        ...
