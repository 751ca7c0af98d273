"""How statements lie in each other, and in which order they are evaluated."""

import ast
from collections.abc import Iterator
from typing import Any

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def bodies(node: Any) -> Iterator[tuple[Any, str]]:
    """The bodies in a compound statement: who holds each, and under which field."""
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
    """Whether nothing after a `try` is reached, as far as can be told from the ends of its bodies."""
    ends = [node.orelse or node.body, *(handler.body for handler in node.handlers)]
    return all(isinstance(body[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break)) for body in ends)


def takes_all(case: Any) -> bool:
    """Whether a case of a `match` is taken whatever the subject is; none may stand after it."""
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
    """What of a statement is evaluated first, as far as its line goes."""
    while True:
        match node:
            case ast.For() | ast.AsyncFor():
                following = node.iter
            case ast.With() | ast.AsyncWith():
                following = node.items[0].context_expr
            case ast.If() | ast.While() | ast.Assert() | ast.IfExp():
                following = node.test
            case ast.Assign() | ast.AnnAssign() | ast.Expr() | ast.Return() | ast.NamedExpr() | ast.Await():
                following = node.value
            case ast.Attribute() | ast.Subscript() | ast.Starred():
                following = node.value
            case ast.BinOp() | ast.Compare():
                following = node.left
            case ast.BoolOp():
                following = node.values[0]
            case ast.UnaryOp():
                following = node.operand
            case ast.Call():
                following = node.func
            case ast.Tuple() | ast.List() | ast.Set():
                following = node.elts[0] if node.elts else None
            case ast.AugAssign():
                following = node.target
            case ast.Raise():
                following = node.exc
            case _:
                following = None
        if following is None:
            return node
        node = following
