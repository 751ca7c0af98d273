"""The names that a piece of syntax binds."""

import ast
from collections.abc import Iterator
from typing import Any

from tensorpad.trace.program import walruses


def bound(node: Any) -> Iterator[str]:
    """The names that a simple statement or a definition binds; some may come twice."""
    for expression, outcome in walruses.evaluated(node):
        yield from walruses.surely(expression, outcome)
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
    for expression, _ in walruses.evaluated(node):
        yield from walruses.perhaps(expression)


def bound_by_head(node: Any, owner: Any, field: str) -> tuple[str, ...]:
    """The names that the head of a statement `node` has bound when one of its bodies, `field` of `owner`, begins."""
    match owner:
        case ast.If() | ast.While() if field in ("body", "orelse"):
            return tuple(dict.fromkeys(walruses.surely(owner.test, field == "body")))
        case _ if field != "body":
            return ()
        case ast.For() | ast.AsyncFor():
            return tuple(_targets(owner.target))
        case ast.With() | ast.AsyncWith():
            return tuple(dict.fromkeys(name for item in owner.items for name in _entered(item)))
        case ast.ExceptHandler(name=str(name)):
            return (name,)
        case ast.match_case():
            told = (*walruses.surely(node.subject), *_captured(owner.pattern), *walruses.surely(owner.guard, True))
            return tuple(dict.fromkeys(told))
        case _:
            return ()


def relaid(node: Any) -> str | None:
    """The name of the tensor that a statement or expression gives other memory by `x.set_(…)`, which no mode sees."""
    value = node.value if isinstance(node, (ast.Expr, ast.Assign)) else None
    while isinstance(value, (ast.Call, ast.Attribute)):
        if isinstance(value, ast.Attribute) and value.attr == "set_" and isinstance(value.value, ast.Name):
            return value.value.id
        value = value.func if isinstance(value, ast.Call) else value.value
    return None


def bound_by(expression: Any) -> tuple[str, ...]:
    """The names that an expression has bound."""
    return tuple(dict.fromkeys(walruses.surely(expression)))


def _entered(item: Any) -> Iterator[str]:
    yield from walruses.surely(item.context_expr)
    yield from _targets(item.optional_vars)


def _captured(pattern: Any) -> Iterator[str]:
    for node in ast.walk(pattern):
        name = getattr(node, "rest", None) if isinstance(node, ast.MatchMapping) else getattr(node, "name", None)
        if isinstance(node, (ast.MatchAs, ast.MatchStar, ast.MatchMapping)) and name:
            yield name


def parameters(node: Any) -> tuple[str, ...]:
    """The names that a call of a function binds."""
    given = node.args
    named = [*given.posonlyargs, *given.args, *([given.vararg] if given.vararg else []), *given.kwonlyargs]
    return tuple(part.arg for part in (*named, *([given.kwarg] if given.kwarg else [])))
