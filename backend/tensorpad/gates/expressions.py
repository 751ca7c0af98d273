"""The expressions that a gate may ask about: a name, then indices, attributes and calls without arguments."""

import ast
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST_CHARS = 200
"""Longest expression. Nothing of this length can harm the compiler."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index or slice of constants, as `tensor[…]` takes it."""

    value: Any


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute, called if it has parentheses."""

    name: str
    called: bool = False


Part = Index | Attribute


@dataclass(frozen=True, slots=True)
class Expression:
    """A name and what follows it, from left to right."""

    name: str
    parts: tuple[Part, ...]


def parse(text: str) -> Expression | None:
    """The expression; None if it is none that a gate may ask about."""
    if len(text) > MOST_CHARS:
        return None
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    parts: list[Part] = []
    try:
        while not isinstance(node, ast.Name):
            match node:
                case ast.Attribute(value=inner, attr=name):
                    parts.append(Attribute(name))
                case ast.Call(func=ast.Attribute(value=inner, attr=name), args=[], keywords=[]):
                    parts.append(Attribute(name, called=True))
                case ast.Subscript(value=inner, slice=index):
                    parts.append(Index(_constant(index)))
                case _:
                    return None
            node = inner
    except ValueError:
        return None
    return Expression(node.id, tuple(reversed(parts)))


def _constant(node: ast.expr) -> Any:
    """An index of constants. Raises ValueError for another."""
    match node:
        case ast.Constant(value=value) if value is None or value is ... or type(value) is int:
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)) if type(value) is int:
            return operator.neg(value)
        case ast.Slice(lower=lower, upper=upper, step=step):
            return slice(*(None if part is None else _constant(part) for part in (lower, upper, step)))
        case ast.Tuple(elts=elements):
            return tuple(map(_constant, elements))
        case _:
            raise ValueError("no constant")


def path(expression: Expression, length: int) -> str | None:
    """The first `length` parts as a path through modules (`model.0.weight`); None if they are none."""
    names: Sequence[str] = [expression.name]
    for part in expression.parts[:length]:
        match part:
            case Attribute(name=name, called=False):
                names = [*names, name]
            case Index(value=int(place)):
                names = [*names, str(place)]
            case _:
                return None
    return ".".join(names)
