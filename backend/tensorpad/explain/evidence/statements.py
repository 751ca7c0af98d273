"""What became of the result of a statement."""

from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.protocol.steps import OperationRecord

_AUGMENTED: Final = frozenset(["+=", "-=", "*=", "/=", "//=", "**=", "%=", "@=", "&=", "|=", "^=", "<<=", ">>="])


def is_lost(facts: Facts, operation: OperationRecord) -> bool:
    """Whether an operation is a statement of its own, and its result is not shown under the cell as its last expression."""
    if operation.span is None or not facts.moments.is_statement(operation):
        return False
    if not _AUGMENTED.isdisjoint(token.text for token in facts.sources.tokens(operation.span)):
        return False  # `self.sum += value` is an operation and keeps its result
    statement = facts.moments.statement(operation)
    return (statement is not None and bool(statement.scope)) or not facts.sources.is_last(operation.span)
