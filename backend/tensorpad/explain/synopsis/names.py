"""Names and numbers in a syntax tree: what is called, what a name of the program stands for, code on one line."""

import ast
import builtins
from collections.abc import Iterator

_BUILTINS = frozenset(dir(builtins))
_CHARS = 60
"""Longest piece of code in a sentence."""


_USUAL = {
    "np": "numpy",
    "nn": "torch.nn",
    "F": "torch.nn.functional",
    "optim": "torch.optim",
    "make_dot": "torchviz.make_dot",
}
"""What names mean in a program that leaves its imports out, as a part of a notebook does."""


class Names:
    """What the program's names stand for.

    A name that the program never binds is taken for a tensor: the program is a part of a longer one then.
    """

    def __init__(self) -> None:
        self._imported = {**_USUAL, "torch": "torch", "numpy": "numpy", "torchviz": "torchviz"}
        self._numbers: dict[str, int] = {}
        self._tensors: dict[str, bool] = {}
        """Whether a name that was bound stands for a tensor, a module or what was computed from one."""

    def bind(self, name: str, *, tensor: bool) -> None:
        """Remember what a name stands for from here on."""
        self._tensors[name] = tensor

    def is_tensor(self, name: str) -> bool:
        """Whether the name stands for a tensor, or may."""
        return self._tensors.get(name, name not in self._imported and name not in _BUILTINS)

    def reads_tensor(self, node: ast.AST) -> bool:
        """Whether a name in it does that it does not bind itself, as a comprehension does."""
        names = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
        own = {name.id for name in names if isinstance(name.ctx, ast.Store)}
        own |= {inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)}
        return any(name.id not in own and self.is_tensor(name.id) for name in names)

    def take_import(self, statement: ast.Import | ast.ImportFrom) -> None:
        """Remember what it binds."""
        module = f"{statement.module}." if isinstance(statement, ast.ImportFrom) and statement.module else ""
        for name in statement.names:
            if name.asname or module:
                self._imported[name.asname or name.name] = module + name.name
            else:
                self._imported[name.name.partition(".")[0]] = name.name.partition(".")[0]

    def take_number(self, name: str, value: ast.expr) -> bool:
        """Remember a whole number under its name; False if `value` is none."""
        number = self.number(value)
        if number is not None:
            self._numbers[name] = number
        return number is not None

    def full(self, node: ast.expr) -> str:
        """The whole dotted name that a name or attribute stands for (`torch.nn.Linear`); empty for other expressions."""
        dotted = dotted_name(node)
        first, dot, rest = dotted.partition(".")
        return f"{self._imported.get(first, first)}{dot}{rest}"

    def number(self, node: ast.expr) -> int | None:
        """The whole number that an expression is, if the source tells."""
        match node:
            case ast.Constant(value=int(value)) if not isinstance(value, bool):
                return value
            case ast.Name(id=name):
                return self._numbers.get(name)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                number = self.number(inner)
                return None if number is None else -number
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.FloorDiv() as op, right=right):
                first, second = self.number(left), self.number(right)
                if first is None or second is None or max(abs(first), abs(second)) > 10**9:
                    return None
                return _calculated(first, op, second)
            case _:
                return None


def _calculated(first: int, op: ast.Add | ast.Sub | ast.Mult | ast.FloorDiv, second: int) -> int | None:
    match op:
        case ast.Add():
            return first + second
        case ast.Sub():
            return first - second
        case ast.Mult():
            return first * second
        case ast.FloorDiv():
            return first // second if second else None


def dotted_name(node: ast.expr) -> str:
    """`a.b.c` of such an expression; empty for any other."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def calls_in(*nodes: ast.AST) -> Iterator[ast.Call]:
    """Every call in them."""
    return (inner for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Call))


def code(node: ast.AST) -> str:
    """An expression or statement on one line, shortened."""
    line = " ".join(ast.unparse(node).split())
    return line if len(line) <= _CHARS else f"{line[: _CHARS - 1]}…"


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """What a call passes under this name."""
    return next((word.value for word in call.keywords if word.arg == name), None)


def is_true(node: ast.expr | None) -> bool:
    """Whether it is the word True."""
    return isinstance(node, ast.Constant) and node.value is True
