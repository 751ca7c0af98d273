"""Which rounds of loops are recorded whole, where a request asks for some of them only.

NOTE [Rounds]
1. Each time that a loop is entered, its first rounds are recorded whole, as many as the request says, and then the 10th,
   the 100th, the 1,000th, …. Between them all that watches is off, and the program goes on at nearly its own speed. The
   numbers of its loops are kept for all rounds: see `trace.memory.series_log`.
2. A loop reports when a round of it begins, and from a `finally` around it that it is left, however it is left. The loops
   that run are on a stack. The one whose round is not recorded decides when recording goes on; what loops within it do does
   not matter.
3. Recording goes on with one step, at the loop's head, for all that happened meanwhile: the names that have other values,
   and the tensors and gradients that have changed. So whatever is shown at a step is what the program had there.
4. A loop with a `yield` or an `await` in it is always recorded: it is left in the middle of a round, and others run.
"""

import ast
from collections.abc import Callable
from typing import Any, NamedTuple

from tensorpad.trace.program.bound_names import bound, bound_by_head
from tensorpad.trace.program.syntax import bodies, own

_INTERRUPTED = (ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFor, ast.AsyncWith)


class Loop(NamedTuple):
    """A point of a loop: where a round begins, or (`left`) after all of them. `names` are those that the loop may bind."""

    number: int
    left: bool
    names: tuple[str, ...]


class Rounds:
    """Counts the rounds of the loops that run. `first` is how many of each are recorded.

    `pause` is called where a round begins that is not recorded; it returns whether recording could stop.
    """

    def __init__(self, first: int, pause: Callable[[], bool]) -> None:
        self.first = first
        self._pause = pause
        self._loops: list[int] = []
        """The loops that run, by number, the innermost last."""
        self._counts: list[int] = []
        """The rounds of each."""
        self._pausing = 0
        """How many loops ran, up to the one that is not recorded; 0 while all is."""
        self._next = 0
        """The next round of that one that is recorded."""

    def reached(self, loop: Loop) -> bool:
        """The program has reached a point of a loop. Returns whether recording is to go on there."""
        number, left, _ = loop
        loops, counts = self._loops, self._counts
        depth = len(loops)
        inside = depth > 0 and loops[-1] == number
        if left:
            if inside:
                loops.pop()
                counts.pop()
            return inside and depth == self._pausing and self._resumes()
        if not inside:
            loops.append(number)
            counts.append(1)
        elif self._pausing:
            counts[-1] = count = counts[-1] + 1
            return count == self._next and depth == self._pausing and self._resumes()
        else:
            counts[-1] += 1
            if counts[-1] > self.first and not _sampled(counts[-1]) and self._pause():
                self._pausing = depth
                self._next = 10 ** len(str(counts[-1]))
        return False

    def forget(self) -> None:
        """No loop runs any more."""
        self._loops.clear()
        self._counts.clear()
        self._pausing = 0

    def _resumes(self) -> bool:
        self._pausing = 0
        return True


def _sampled(number: int) -> bool:
    """Whether a round beyond the first ones is recorded; they are counted from 1."""
    return number >= 10 and str(number).strip("0") == "1"


def can_pause(node: Any) -> bool:
    """Whether a statement is a loop whose rounds may be left out."""
    loop = isinstance(node, (ast.For, ast.While))
    return loop and not any(isinstance(part, _INTERRUPTED) for part in ast.walk(node))


def bound_in(node: Any) -> tuple[str, ...]:
    """The names that a loop may bind."""
    names: list[str] = []
    for part in own([node]):
        names += bound(part)
        for owner, field in bodies(part):
            names += bound_by_head(part, owner, field)
    return tuple(dict.fromkeys(names))
