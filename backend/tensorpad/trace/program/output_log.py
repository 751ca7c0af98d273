"""What the cells had printed and displayed by each step."""

from collections.abc import Callable

from tensorpad.protocol.outputs import OutputRecord


class Shown:
    """How much a program has printed and displayed, in characters and displays. Whoever shows something counts it here.

    `touched`: perhaps something was shown since the last look. `settle` writes and counts what was printed and is held back.
    """

    __slots__ = ("displays", "settle", "stderr", "stdout", "touched")

    def __init__(self) -> None:
        self.touched = False
        self.stdout = self.stderr = self.displays = 0
        self.settle: Callable[[], None] = _nothing

    def amounts(self) -> tuple[int, int, int]:
        """On standard output, on standard error, and displays."""
        self.touched = False
        self.settle()
        return self.stdout, self.stderr, self.displays


class OutputLog:
    """Records of a run, in order."""

    def __init__(self, shown: Shown) -> None:
        self.records: list[OutputRecord] = []
        self.shown = shown
        self._cell = 0
        self._start = self._last = (0, 0, 0)

    def begin(self, cell: int, steps: int) -> None:
        """A cell begins, after so many steps."""
        self._cell = cell
        self._start = self._last = self.shown.amounts()
        self.records.append(OutputRecord(cell, steps))

    def note(self, steps: int) -> None:
        """A step has been added, which makes so many, and something may have been shown."""
        now = self.shown.amounts()
        if now != self._last:
            self._last = now
            self._add(steps, False)

    def end(self, steps: int) -> None:
        """The cell has ended, after so many steps; its output is complete."""
        self._last = self.shown.amounts()
        self._add(steps, True)

    def _add(self, steps: int, ended: bool) -> None:
        stdout, stderr, displays = (now - start for now, start in zip(self._last, self._start, strict=True))
        self.records.append(OutputRecord(self._cell, steps, stdout, stderr, displays, ended))


def _nothing() -> None:
    """Nothing is held back."""
