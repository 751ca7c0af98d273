"""What the text of a run is made of: the members of the API's answer and events that it needs, and no others."""

from msgspec import Struct

from tensorpad.explain.words.findings import Explanation

PARTS = ("notices",)
"""The parts of an answer that these members are in, besides those that every answer has."""


class Queued(Struct):
    """The run waits for as many others."""

    ahead: int


class Printed(Struct):
    """Text that the program printed."""

    stream: str
    text: str


class Display(Struct):
    """What a cell displayed, in words: a title, or the value as text."""

    title: str
    text: str = ""


class Displayed(Struct):
    """The event of one."""

    display: Display


class Result(Struct):
    """What the last expression of a cell gave."""

    text: str


class Error(Struct):
    """The exception that ended a cell."""

    type: str
    message: str
    traceback: str
    explanation: Explanation | None = None


class Cell(Struct):
    """A cell that has ended."""

    result: Result | None = None
    error: Error | None = None


class CellEnded(Struct):
    """The event of one."""

    cell: Cell


class Answer(Struct):
    """How the run ended, and what there is to say of it."""

    status: str
    message: str | None
    cells: tuple[Cell, ...]
    notices: tuple[Explanation, ...] = ()
