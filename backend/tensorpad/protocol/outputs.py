"""How the output of each cell grew with the steps of the timeline."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from tensorpad.protocol.checks import SLACK, most
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Count

StreamName = Literal["stdout", "stderr"]


class OutputRecord(Struct, frozen=True, gc=False):
    """What a cell had shown after the first `steps` steps of the timeline.

    `stdout` and `stderr` are lengths in characters, `displays` is a number. There is a record where a cell begins, after
    each step that added something, and where the cell ends (`ended`): then its result or error is shown, too.
    """

    cell: Count
    """Which cell, from 0."""
    steps: Count
    """After how many steps of the timeline."""
    stdout: Count = 0
    """Characters of standard output by then."""
    stderr: Count = 0
    """Characters of standard error by then."""
    displays: Count = 0
    """Displays by then."""
    ended: bool = False
    """Whether the cell had ended."""


def check_outputs(outputs: Iterable[OutputRecord], steps: int, limits: Limits) -> None:
    """Raises ProtocolError if outputs go back in time, or are more than steps and cells can have."""
    before = (0, 0)
    for count, output in enumerate(outputs, 1):
        most("outputs", count, SLACK * (limits.steps + 2 * limits.cells))
        now = (output.cell, output.steps)
        if now < before or now[1] < before[1]:
            raise ProtocolError(f"the output of cell {output.cell} after {output.steps} steps is out of order")
        # One more than there are: beyond a timeline that is full.
        if output.steps > steps + 1:
            raise ProtocolError(f"there is output after {output.steps} steps of {steps}")
        before = now
