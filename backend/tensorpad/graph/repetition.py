"""Finds rounds of the same items one after another in a sequence: what a loop leaves behind.

NOTE [Finding rounds in linear time]
1. If a sequence repeats with a period, a key that occurs once a round is that far from its last occurrence. So for each
   item, only the distance to the last item with the same key is tried as a period.
2. A run for a period is followed to its end once: later items inside it are not tried for that period again.
3. All runs of enough rounds are found first; then the short periods take what they cover before the long ones. Rounds within
   rounds are found by folding the inner ones and looking again.
4. Comparisons are counted, and end at a fixed number for each item; a sequence that was made to defeat rule 2 is then
   folded less than it could be.
"""

from collections.abc import Hashable, Sequence

from msgspec import Struct

ROUNDS = 4
"""Fewest rounds that are worth folding: the first and the last are shown."""
_COMPARISONS = 32


class Rounds(Struct, frozen=True, gc=False):
    """From `start` on, `count` rounds of `period` items each, and after them `more` items of a round that breaks off."""

    start: int
    period: int
    count: int
    more: int = 0

    @property
    def end(self) -> int:
        """One past the last item of the last whole round."""
        return self.start + self.period * self.count

    def turned(self, by: int) -> "Rounds":
        """The same run, with rounds that begin `by` items later (less than a period)."""
        count, more = divmod(self.period * self.count + self.more - by, self.period)
        return Rounds(self.start + by, self.period, count, more)


def find(keys: Sequence[Hashable], longest: int) -> list[Rounds]:
    """Rounds of at most `longest` items in `keys`, that do not overlap, by their start."""
    runs = sorted(_runs(keys, longest), key=lambda run: (run.period, run.start))
    taken = bytearray(len(keys))
    chosen: list[Rounds] = []
    for run in runs:
        free = _free(run, taken)
        if free is not None:
            end = free.end + free.more
            taken[free.start : end] = b"\1" * (end - free.start)
            chosen.append(free)
    return sorted(chosen, key=lambda run: run.start)


def _runs(keys: Sequence[Hashable], longest: int) -> list[Rounds]:
    last: dict[Hashable, int] = {}
    followed: dict[int, int] = {}
    left = _COMPARISONS * len(keys)
    runs: list[Rounds] = []
    for index, key in enumerate(keys):
        before = last.get(key)
        last[key] = index
        if before is None or index - before > longest or followed.get(index - before, 0) > index:
            continue
        period = index - before
        # Items before this one may belong to the first round: their own last occurrence was nearer.
        start, floor = index, max(followed.get(period, 0), period)
        while start > floor and left > 0 and keys[start - 1] == keys[start - 1 - period]:
            start -= 1
            left -= 1
        end = index + 1
        while end < len(keys) and left > 0 and keys[end] == keys[end - period]:
            end += 1
            left -= 1
        followed[period] = end
        count, more = divmod(end - start + period, period)
        if count >= ROUNDS:
            runs.append(Rounds(start - period, period, count, more))
        if left <= 0:
            break
    return runs


def _free(run: Rounds, taken: bytearray) -> Rounds | None:
    """The part of a run that nothing has taken: what follows the last taken item in it, or else what precedes the first."""
    end = run.end + run.more
    last = taken.rfind(1, run.start, end)
    if last < 0:
        return run
    first = taken.find(1, run.start, end)
    for start, stop in ((last + 1, end), (run.start, first)):
        count, more = divmod(stop - start, run.period)
        if count >= ROUNDS:
            return Rounds(start, run.period, count, more)
    return None
