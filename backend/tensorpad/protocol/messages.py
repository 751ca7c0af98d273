"""The messages between the service, the template and a worker."""

import signal
from typing import Annotated, Final, Literal

from msgspec import Meta, Raw, Struct

from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.inquiries import Inquiries
from tensorpad.protocol.lenses import LensInquiry
from tensorpad.protocol.openings import OpeningInquiry
from tensorpad.protocol.records import CellRecord, Count, Name, Text
from tensorpad.protocol.traces import TraceRecord

Device = Literal["cpu", "cuda"]


class RunRequest(Struct, frozen=True, tag="run"):
    """A program to run: its cells share one namespace. `seed` None means fresh entropy.

    The answers to `inquiries` come in the trace, which they need: there is one, or each is a lens or an opening; raises
    ValueError for others together. `root` is an expression of a name, indices and attributes: the graph of the tensor that
    it stands for in the end is the last of the trace, and has this name. `titles` are what the page that shows the cells
    calls each; there is one for each cell, or none. With `rounds`, the trace has only so many rounds of each loop whole, and
    some of the later ones.
    """

    cells: tuple[str, ...]
    seed: int | None = 0
    device: Device = "cpu"
    trace: bool = True
    timeout_s: float = 10.0
    inquiries: Inquiries = ()
    root: Name | None = None
    titles: tuple[Name, ...] = ()
    rounds: Count | None = None

    def __post_init__(self) -> None:
        # What watches for the others changes what they all see: a derivation makes passes of its own.
        if len(self.inquiries) > 1 and not all(isinstance(asked, LensInquiry | OpeningInquiry) for asked in self.inquiries):
            raise ValueError("only lenses and openings may be asked for together")

    def name(self, cell: int) -> str:
        """What a cell, by its index, is called in tracebacks and warnings, where it stands for a file."""
        return self.titles[cell] if cell < len(self.titles) else f"cell {cell + 1}"


class ProbeRequest(Struct, frozen=True, tag="probe"):
    """Ask a worker to try what the named layers forbid (the start-up self-test)."""

    layers: tuple[str, ...]


Request = RunRequest | ProbeRequest


class Ready(Struct, frozen=True, tag="ready"):
    """A worker is confined, warm and waiting. `cuda`: whether it has a CUDA device."""

    torch: Name
    python: Name
    cuda: bool


class CellStarted(Struct, frozen=True, tag="cell_started"):
    """Output from here on belongs to this cell."""

    index: Count


class Displayed(Struct, frozen=True, tag="displayed"):
    """The cell that runs has displayed something."""

    display: DisplayRecord


class CellDone(Struct, frozen=True, tag="cell_done"):
    """A cell has ended."""

    cell: CellRecord


CELL_TAKEN: Final = b"!"
"""What the service answers to a CellDone: all output of the cell has been read, and the next cell may begin."""


LAST_WORDS: Final = signal.SIGUSR2
"""What the service sends before it kills a worker: report what you have, even in the middle of a call."""


class Reporting(Struct, frozen=True, tag="reporting"):
    """The program has ended. What is known of it is being put together, for which there is time of its own."""


class SoFar(Struct, frozen=True, tag="so_far"):
    """What is known of the program between two of its cells; it goes on."""

    trace: TraceRecord


class SoFarUnread(Struct, frozen=True, tag="so_far"):
    """A `SoFar` as the service takes it."""

    trace: Raw


class Finished(Struct, frozen=True, tag="finished"):
    """The program has ended, and this is all that is known of it."""

    trace: TraceRecord


class FinishedUnread(Struct, frozen=True, tag="finished"):
    """A `Finished` as the service takes it: the trace is still bytes, which `protocol.reading` reads."""

    trace: Raw


class Crashing(Struct, frozen=True, tag="crashing"):
    """The worker is about to die, and this is all that is known of the program."""

    trace: TraceRecord


class CrashingUnread(Struct, frozen=True, tag="crashing"):
    """A `Crashing` as the service takes it."""

    trace: Raw


class ProbeResult(Struct, frozen=True):
    """One forbidden act that was tried. `held` is true where it was refused."""

    layer: Name
    act: Name
    held: bool
    detail: Text


class Probed(Struct, frozen=True, tag="probed"):
    """The answer to a `ProbeRequest`."""

    results: Annotated[tuple[ProbeResult, ...], Meta(max_length=1_000)]


Report = Ready | CellStarted | Displayed | CellDone | SoFar | Reporting | Finished | Crashing | Probed
Received = Ready | CellStarted | Displayed | CellDone | SoFarUnread | Reporting | FinishedUnread | CrashingUnread | Probed
"""What a worker reports, as the service decodes it."""
