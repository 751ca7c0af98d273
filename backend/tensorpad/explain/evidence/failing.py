"""How a program failed: the error, the call that raised it, and the backward pass that it ended."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tensorpad.explain.program.sources import Sources
from tensorpad.protocol.backwards import BackwardRecord, FunctionRun
from tensorpad.protocol.failures import FailureRecord, OperandRecord
from tensorpad.protocol.records import ErrorRecord, Id, Span
from tensorpad.protocol.traces import TraceRecord

_SYNONYMS: Final = {"spmm": "mm", "dsmm": "mm", "hspmm": "mm"}
"""Names of one function of torch: it reports the name that few people write."""


@dataclass(frozen=True)
class Failing:
    """The error of a program, if it has one, with what it happened to.

    `cell` and `error` are those of the cell that failed (None if none did).
    """

    sources: Sources
    trace: TraceRecord
    cell: int | None = None
    error: ErrorRecord | None = None

    @property
    def type(self) -> str:
        """The exception's type, without its module."""
        return self.error.type.rpartition(".")[2] if self.error else ""

    @property
    def message(self) -> str:
        """The exception's message."""
        return self.error.message if self.error else ""

    @cached_property
    def span(self) -> Span | None:
        """The source at which the error arose."""
        error = self.error
        if error is None or self.cell is None or error.line is None or error.end_line is None:
            return None
        cell = self.cell if error.cell is None or error.cell >= len(self.sources.cells) else error.cell
        return Span(cell, error.line, error.column or 0, error.end_line, error.end_column or 0)

    @cached_property
    def text(self) -> str:
        """The source text of `span`."""
        return self.sources.text(self.span)

    @cached_property
    def failure(self) -> FailureRecord | None:
        """The torch call that raised the error; None if no such call is known."""
        failure = self.trace.failure
        if failure is None or failure.type != self.type or failure.message[:900] != self.message[:900]:
            return None
        return failure

    @cached_property
    def operands(self) -> tuple[OperandRecord, ...]:
        """The tensors that the failed call was given."""
        return self.failure.operands if self.failure else ()

    @property
    def function(self) -> str:
        """The failed function's name without its module."""
        name = self.failure.name.rpartition(".")[2] if self.failure else ""
        return _SYNONYMS.get(name, name)

    def called(self, *names: str) -> bool:
        """Whether the failed call is to a function of one of these names, whatever module it is in."""
        return self.failure is not None and self.function in names

    def operand(self, *arguments: str) -> OperandRecord | None:
        """The first tensor that the failed call was given as one of these arguments (keywords or positions)."""
        return next((operand for name in arguments for operand in self.operands if operand.argument == name), None)

    @property
    def first_operand(self) -> OperandRecord | None:
        """The first tensor that the failed call was given."""
        return self.operands[0] if self.operands else None

    @property
    def first_tensor(self) -> Id | None:
        """The id of `first_operand`, if it is known."""
        return self.operands[0].tensor if self.operands else None

    @property
    def operand_tensors(self) -> tuple[Id | None, ...]:
        """The ids of `operands`."""
        return tuple(operand.tensor for operand in self.operands)

    def argument(self, *names: str) -> str | None:
        """The text of a plain argument of the failed call: the first of `names` (keywords or positions) that was given."""
        texts = {item.name: item.text for item in self.failure.arguments} if self.failure else {}
        return next((texts[name] for name in names if name in texts), None)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Where torch's message has a pattern; messages of exorbitant length are not searched."""
        return pattern.search(self.message[:4_000])

    @cached_property
    def failed_pass(self) -> BackwardRecord | None:
        """The backward pass in which the error arose."""
        last = self.trace.backwards[-1] if self.trace.backwards else None
        return last if last is not None and last.failed and self.error is not None else None

    @property
    def failed_run(self) -> FunctionRun | None:
        """The backward function that ended that pass."""
        runs = self.failed_pass.runs if self.failed_pass else ()
        return next((run for run in reversed(runs) if not run.completed), None)
