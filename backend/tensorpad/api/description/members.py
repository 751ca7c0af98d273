"""What the source says of each member of a record: the string under it, which Python itself throws away."""

import ast
import inspect
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from inspect import cleandoc
from itertools import pairwise


def texts(kind: type) -> dict[str, str]:
    """What is said of the members of a class, by their names; those that it inherits are among them."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        found |= _classes(base.__module__).get(base.__qualname__, {})
    return found


@cache
def _classes(module: str) -> dict[str, dict[str, str]]:
    if not module.startswith("tensorpad."):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: dict(_members(node.body)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _members(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for member, text in pairwise(body):
        match member, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                yield name, cleandoc(words)
            case _:
                pass
