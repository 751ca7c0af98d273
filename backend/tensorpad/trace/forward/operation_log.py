"""The list of a run's operations."""

from tensorpad.protocol.steps import OperationRecord
from tensorpad.trace.forward.module_calls import ModuleCall

ROUND_SHARE = 4
"""A round keeps at most this part of the limit."""
ROUNDS = 10
"""All rounds together record at most this many times the limit; once as many, where the timeline is full."""


class OperationLog:
    """The first `limit` operations, and those of the last two rounds; `full` says that there were more than the limit.

    `calls` has, for each of the `records`, the module's call that it was made in.

    NOTE [What a full log keeps]
    1. The first operations of a run are kept, up to the limit; they alone have steps in the timeline.
    2. A training loop goes on for longer, and what it shows in the end is the graph of its last round. So when the log is
       full, each backward pass begins a new round: the operations of the round before and of the present one are kept beside
       the first, and those of older rounds are dropped.
    3. Recording an operation costs more than skipping it. So a round keeps only so many, and all rounds together record only
       so many. After that, or after as many skipped ones as the limit, the log is `spent`: nothing is recorded any more.
    """

    def __init__(self, limit: int) -> None:
        self.records: list[OperationRecord] = []
        self.calls: list[ModuleCall | None] = []
        self.full = False
        self.made = 0
        """How many operations have been recorded; the number of the last one."""
        self._limit = limit
        self._end = limit
        self._round = 0
        """The index in `records` at which the present round begins, once the log is full."""
        self._left = ROUNDS * limit
        self._skipped = 0

    @property
    def closed(self) -> bool:
        """Whether there is no room, and an operation has found none."""
        return self.full and len(self.records) >= self._end

    @property
    def spent(self) -> bool:
        """Whether it is closed for good."""
        return self.closed and (self._left <= 0 or self._skipped > self._limit)

    def skip(self) -> bool:
        """An operation was not recorded, because the log is closed. Returns whether it is spent since then."""
        self._skipped += 1
        return self.spent

    def hurry(self) -> None:
        """Operations have no steps any more: record fewer of them."""
        self._left = min(self._left, self._limit)

    @property
    def following(self) -> str | None:
        """The id of the next operation, None if there is no room. Ask only to add it: it makes a log at its limit `full`."""
        count = len(self.records)
        if count >= self._limit:
            self.full = True
            if count >= self._end:
                return None
        return f"op{self.made + 1}"

    def add(self, record: OperationRecord, call: ModuleCall | None) -> bool:
        """Add an operation, which has the id `following`. Returns whether it gets a step in the timeline."""
        self.records.append(record)
        self.calls.append(call)
        self.made += 1
        return not self.full

    def known(self, name: str | None) -> str | None:
        """An operation's id, if the operation is still kept."""
        return None if name is None or self.index(name) is None else name

    def renew(self) -> None:
        """A backward pass has ended: if the log is full, a new round begins."""
        if not self.full:
            return
        limit = self._limit
        if self._round:
            self._left -= len(self.records) - self._round
            del self.records[limit : self._round], self.calls[limit : self._round]
        self._round = len(self.records)
        self._skipped = 0
        self._end = self._round + max(0, min(limit // ROUND_SHARE, self._left))

    def index(self, name: str) -> int | None:
        """The index in `records` of an operation; None if it is no longer kept."""
        number = int(name[2:] or 0)
        records = self.records
        # Ids count up from `op1`. The first are all there, and the last; between them, rounds may be missing.
        for index in (number - 1, number - 1 - self.made + len(records)):
            if 0 <= index < len(records) and records[index].id == name:
                return index
        return None
