"""Calls by dotted names in a cell's source.

They show which call made a tensor if no mode saw it being made, see `trace.forward.unseen`.
"""

import ast
from collections.abc import Iterator
from typing import Any

from tensorpad.protocol.records import Span
from tensorpad.trace.program.cells import Cell


class Source:
    """One call. `callee` is what is called (`torch`, `from_numpy`), `values` are the names among the arguments."""

    __slots__ = ("callee", "span", "text", "values")

    def __init__(self, callee: tuple[str, ...], values: tuple[str, ...], span: Span, text: str) -> None:
        self.callee = callee
        self.values = values
        self.span = span
        self.text = text


Operands = dict[Span, tuple[Source, ...]]
"""By the span of an expression, the calls that are its operands, in order."""


def source_of(node: Any, cell: Cell) -> Source | None:
    """A piece of syntax as a source, None if it is no such call."""
    if not isinstance(node, ast.Call):
        return None
    callee = _dotted(node.func)
    if not callee:
        return None
    span = cell.span_of(node)
    return Source(callee, tuple(part.id for part in node.args if isinstance(part, ast.Name)), span, cell.text(span))


def assigned(node: Any, names: tuple[str, ...], cell: Cell) -> tuple[tuple[int, Source], ...]:
    """The calls whose values an assignment binds to `names`, each with the index of its name."""
    value = getattr(node, "value", None)
    if not isinstance(node, (ast.Assign, ast.AnnAssign)) or value is None:
        return ()
    target: Any = node.targets[0] if isinstance(node, ast.Assign) else node.target
    parts: Any = [(target, value)]
    if isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, (ast.Tuple, ast.List)):
        parts = list(zip(target.elts, value.elts, strict=False)) if len(target.elts) == len(value.elts) else []
    pairs = [(part.id, source_of(value, cell)) for part, value in parts if isinstance(part, ast.Name)]
    return tuple((names.index(name), source) for name, source in pairs if source is not None)


def operands(cell: Cell) -> Operands:
    """The sources in a cell that are operands of an expression."""
    try:
        tree: Any = cell.tree()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}  # what runs was compiled, perhaps from less than the whole
    operands: Operands = {}
    for node in ast.walk(tree):
        sources = [source for part in _operands(node) if (source := source_of(part, cell)) is not None]
        if sources:
            whole: Any = node.targets[0] if isinstance(node, ast.Assign) else node
            operands[cell.span_of(whole)] = tuple(sources)
    return operands


def _operands(node: Any) -> Iterator[Any]:
    match node:
        case ast.BinOp():
            parts = [node.left, node.right]
        case ast.UnaryOp():
            parts = [node.operand]
        case ast.Compare():
            parts = [node.left, *node.comparators]
        case ast.Subscript():
            parts = [node.value, node.slice]
        case ast.Attribute() | ast.AugAssign() | ast.Assign(targets=[ast.Subscript()]):
            parts = [node.value]
        case ast.Call():
            receiver = [node.func.value] if isinstance(node.func, ast.Attribute) else []
            parts = [*receiver, *node.args, *(keyword.value for keyword in node.keywords)]
        case _:
            parts = []
    for part in parts:
        yield from part.elts if isinstance(part, (ast.Tuple, ast.List)) else [part]


def _dotted(node: Any) -> tuple[str, ...]:
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return (node.id, *reversed(names)) if isinstance(node, ast.Name) else ()
