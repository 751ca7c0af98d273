"""The structure of statements: the bodies in them, and what of them is evaluated first."""

import ast
from collections.abc import Iterator
from typing import Any

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def bodies(node: Any) -> Iterator[tuple[Any, str]]:
    """The bodies in a compound statement: the node that each belongs to, and its field there."""
    for field in ("body", "orelse", "finalbody"):
        if isinstance(getattr(node, field, None), list) and getattr(node, field):
            yield node, field
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part, "body"


def own(body: list[Any]) -> Iterator[Any]:
    """Every statement of a function, without those of functions and classes in it."""
    for node in body:
        yield node
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            for owner, field in bodies(node):
                yield from own(getattr(owner, field))


def always_leaves(node: Any) -> bool:
    """Whether nothing after a `try` is reached, as far as the ends of its bodies show."""
    ends = [node.orelse or node.body, *(handler.body for handler in node.handlers)]
    return all(isinstance(body[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break)) for body in ends)


def takes_all(case: Any) -> bool:
    """Whether a case of a `match` is taken whatever the subject is; none may follow it."""
    return case.guard is None and _fits_all(case.pattern)


def _fits_all(pattern: Any) -> bool:
    match pattern:
        case ast.MatchAs():
            return pattern.pattern is None or _fits_all(pattern.pattern)
        case ast.MatchOr():
            return _fits_all(pattern.patterns[-1])
        case _:
            return False


def begins(node: Any) -> Any:
    """The part of a statement that is evaluated first, as far as its line goes."""
    while (part := _first_part(node)) is not None:
        node = part
    return node


_FIRST_FIELDS: dict[type[ast.AST], str] = {
    **dict.fromkeys((ast.For, ast.AsyncFor), "iter"),
    **dict.fromkeys((ast.If, ast.While, ast.Assert, ast.IfExp), "test"),
    **dict.fromkeys((ast.Assign, ast.AnnAssign, ast.Expr, ast.Return, ast.NamedExpr, ast.Await), "value"),
    **dict.fromkeys((ast.Attribute, ast.Subscript, ast.Starred), "value"),
    **dict.fromkeys((ast.BinOp, ast.Compare), "left"),
    **dict.fromkeys((ast.Tuple, ast.List, ast.Set), "elts"),
    ast.BoolOp: "values",
    ast.UnaryOp: "operand",
    ast.Call: "func",
    ast.AugAssign: "target",
    ast.Raise: "exc",
}
"""By the kind of a node, the field that is evaluated first; of several parts, the first is."""


def _first_part(node: Any) -> Any:
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return node.items[0].context_expr
    field = next((field for kind, field in _FIRST_FIELDS.items() if isinstance(node, kind)), None)
    if field in ("elts", "values"):
        return next(iter(getattr(node, field)), None)
    return None if field is None else getattr(node, field)
