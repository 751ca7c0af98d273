"""The list of a run's operations."""

from tensorpad.protocol.steps import OperationRecord
from tensorpad.trace.enclosing import Call


class Log:
    """At most `limit` operations, in order; `full` tells whether more were made.

    `calls` has, for each of the `records`, the call that it was made in.
    """

    def __init__(self, limit: int) -> None:
        self.records: list[OperationRecord] = []
        self.calls: list[Call | None] = []
        self.full = False
        self._limit = limit

    @property
    def exhausted(self) -> bool:
        """Whether there is no room for another operation; asking is for the sake of one, so the log is then `full`."""
        self.full = self.full or len(self.records) >= self._limit
        return self.full

    @property
    def following(self) -> str:
        """The id of the next operation."""
        return f"op{len(self.records) + 1}"

    def add(self, record: OperationRecord, call: Call | None) -> None:
        """Add an operation, which has the id `following`."""
        self.records.append(record)
        self.calls.append(call)
