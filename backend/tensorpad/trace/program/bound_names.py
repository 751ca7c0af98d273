"""The names that a piece of syntax binds, those of assignment expressions (`:=`) among them."""

import ast
from collections.abc import Iterator
from typing import Any


def bound(node: Any) -> Iterator[str]:
    """The names that a simple statement or a definition binds; some may come twice."""
    for expression, outcome in evaluated(node):
        yield from surely(expression, outcome)
    match node:
        case ast.Assign():
            for target in node.targets:
                yield from _targets(target)
        case ast.AnnAssign(value=None):
            return
        case ast.AnnAssign() | ast.AugAssign():
            yield from _targets(node.target)
        case ast.Import() | ast.ImportFrom():
            for alias in node.names:
                if alias.name != "*":
                    yield alias.asname or alias.name.partition(".")[0]
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case _:
            return


def _targets(target: Any) -> Iterator[str]:
    match target:
        case ast.Name():
            yield target.id
        case ast.Starred():
            yield from _targets(target.value)
        case ast.Tuple() | ast.List():
            for part in target.elts:
                yield from _targets(part)
        case _:
            return


def perhaps_bound(node: Any) -> Iterator[str]:
    """Names that a simple statement may have bound besides those that it surely has."""
    for expression, _ in evaluated(node):
        yield from perhaps(expression)


def bound_by_head(node: Any, owner: Any, field: str) -> tuple[str, ...]:
    """The names that the head of a statement `node` has bound when one of its bodies, `field` of `owner`, begins."""
    match owner:
        case ast.If() | ast.While() if field in ("body", "orelse"):
            return tuple(dict.fromkeys(surely(owner.test, field == "body")))
        case _ if field != "body":
            return ()
        case ast.For() | ast.AsyncFor():
            return tuple(_targets(owner.target))
        case ast.With() | ast.AsyncWith():
            return tuple(dict.fromkeys(name for item in owner.items for name in _entered(item)))
        case ast.ExceptHandler(name=str(name)):
            return (name,)
        case ast.match_case():
            names = (*surely(node.subject), *_captured(owner.pattern), *surely(owner.guard, True))
            return tuple(dict.fromkeys(names))
        case _:
            return ()


def relaid(node: Any) -> str | None:
    """The name of the tensor whose memory a statement or expression sets by `x.set_(…)`, which no mode sees."""
    value = node.value if isinstance(node, (ast.Expr, ast.Assign)) else None
    while isinstance(value, (ast.Call, ast.Attribute)):
        if isinstance(value, ast.Attribute) and value.attr == "set_" and isinstance(value.value, ast.Name):
            return value.value.id
        value = value.func if isinstance(value, ast.Call) else value.value
    return None


def bound_by(expression: Any) -> tuple[str, ...]:
    """The names that an expression has bound."""
    return tuple(dict.fromkeys(surely(expression)))


def _entered(item: Any) -> Iterator[str]:
    yield from surely(item.context_expr)
    yield from _targets(item.optional_vars)


def _captured(pattern: Any) -> Iterator[str]:
    for node in ast.walk(pattern):
        name = getattr(node, "rest", None) if isinstance(node, ast.MatchMapping) else getattr(node, "name", None)
        if isinstance(node, (ast.MatchAs, ast.MatchStar, ast.MatchMapping)) and name:
            yield name


def parameters(node: Any) -> tuple[str, ...]:
    """The names that a call of a function binds."""
    parts = node.args
    named = [*parts.posonlyargs, *parts.args, *([parts.vararg] if parts.vararg else []), *parts.kwonlyargs]
    return tuple(part.arg for part in (*named, *([parts.kwarg] if parts.kwarg else [])))


_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def surely(node: Any, outcome: bool | None = None) -> Iterator[str]:
    """The names that are bound once an expression has been evaluated, to something true or false if `outcome` says which.

    Some may come twice. What follows `and`, `or` or a condition, or is in a comprehension, may not have been evaluated.
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
    """The expressions that a simple statement evaluates, and if they were true or false, as far as that is known."""
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
