"""The names that assignment expressions (`:=`) bind."""

import ast
from collections.abc import Iterator
from typing import Any

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def surely(node: Any, outcome: bool | None = None) -> Iterator[str]:
    """The names that are bound once an expression has been evaluated, to something true or false if `outcome` says which.

    Some may come twice. What stands behind `and`, `or`, a condition, or in a comprehension may not have been evaluated.
    """
    match node:
        case ast.NamedExpr():
            yield from surely(node.value, outcome)
            yield node.target.id
        case ast.BoolOp():
            decided = isinstance(node.op, ast.And)
            for value in node.values if outcome is decided else node.values[:1]:
                yield from surely(value, decided if outcome is decided else None)
        case ast.UnaryOp(op=ast.Not()):
            yield from surely(node.operand, None if outcome is None else not outcome)
        case ast.IfExp():
            yield from surely(node.test)
        case ast.Compare():
            yield from surely(node.left)
            yield from surely(node.comparators[0])
        case ast.Lambda() | None:
            return
        case _ if isinstance(node, _COMPREHENSIONS):
            return
        case _:
            for part in _parts(node):
                yield from surely(part)


def perhaps(node: Any) -> Iterator[str]:
    """The names that may have been bound when an expression has been evaluated."""
    if isinstance(node, ast.NamedExpr):
        yield node.target.id
    if not isinstance(node, ast.Lambda):
        for part in _parts(node):
            yield from perhaps(part)


def evaluated(node: Any) -> list[tuple[Any, bool | None]]:
    """The expressions that a simple statement evaluates, and what they gave if it is known, once it has run."""
    match node:
        case ast.Assign():
            return [(node.value, None), *((target, None) for target in node.targets)]
        case ast.AugAssign() | ast.Expr():
            return [(node.value, None)]
        case ast.AnnAssign() if node.value is not None:
            return [(node.value, None)]
        case ast.Assert():
            return [(node.test, True)]
        case _:
            return []


def _parts(node: Any) -> Iterator[Any]:
    for part in ast.iter_child_nodes(node):
        if isinstance(part, (ast.expr, ast.keyword, ast.comprehension)):
            yield part
