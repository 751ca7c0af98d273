"""The tape in symbols: the formula of one step's derivative, and the closed form of a whole gradient."""

from typing import Any

import torch

from tensorpad.protocol.derivations import ClosedForm
from tensorpad.trace.forward.torch_functions import public_name
from tensorpad.trace.inquiries.pointwise import Unwritable
from tensorpad.trace.inquiries.symbolic import Expressions
from tensorpad.trace.inquiries.tape import Constant, Entry, Leaf, Made, Operand, Tape

ENTRIES = 40
ELEMENTS = 512
CLOSE = 1e-4
"""How far a formula may be from autograd's numbers, which may be of single precision, as a part of the largest."""


class Labels:
    """What tensors are called in formulas: the program's name for it, or else `c1`, `c2`, …"""

    def __init__(self, names: dict[int, str]) -> None:
        self._names = names
        self._taken = set(names.values())

    def of(self, key: int, letter: str = "c") -> str:
        """The label of the tensor with this id."""
        if key not in self._names:
            number = 1
            while f"{letter}{number}" in self._taken:
                number += 1
            self._names[key] = f"{letter}{number}"
            self._taken.add(self._names[key])
        return self._names[key]


def local_formula(tape: Tape, entry: Entry, operand: int, labels: Labels, jacobian: Any) -> tuple[str, str] | None:
    """The derivative of one call by its `operand`-th tensor, as text and LaTeX; None if there is none that is right."""
    if entry.written:
        return None
    try:
        expressions = Expressions()
        symbols = [_symbol(tape, expressions, source, labels) for source in entry.operands]
        result = _applied(entry, expressions, symbols)
        by = symbols[operand]
        summed = expressions.summed
        derivative = expressions.derivative(result, by) if summed else expressions.partial(result, by)
        values = expressions.evaluate(derivative)
        rows: Any = torch.as_tensor(values, dtype=torch.float64)
        count, width = jacobian.shape
        expected: Any = rows.expand(max(count, width)) if len(values) == 1 else rows
        found = jacobian.diagonal() if count == width else jacobian.reshape(-1)
        if count != width and 1 not in (count, width):
            return None
        if expected.shape != found.shape or not _close(expected, found):
            return None
        # The index is shown only if elements of one formula differ in it.
        indexed = summed and not expressions.is_single(derivative)
        return expressions.text(derivative, indexed), expressions.latex(derivative, indexed)
    except (Unwritable, RecursionError, ArithmeticError, TypeError, ValueError, AttributeError):
        return None


def closed_form(tape: Tape, root: int, leaf: int, labels: Labels, gradient: Any) -> ClosedForm | None:
    """The gradient of `root` by `leaf` (keys of the tape) as one formula; None if there is none that is right."""
    try:
        expressions = Expressions()
        leaves: dict[int, Any] = {}
        result = _built(tape, root, expressions, labels, leaves)
        if leaf not in leaves or not expressions.is_single(result):
            return None
        known = float(tape.tensor(root).detach())
        (value,) = expressions.evaluate(result)
        derivative = expressions.derivative(result, leaves[leaf][0])
        values: Any = torch.as_tensor(expressions.evaluate(derivative), dtype=torch.float64)
        flat: Any = gradient.detach().reshape(-1).to("cpu", torch.float64)
        if abs(value - known) > CLOSE * max(1.0, abs(known)) or not _close(values.expand(flat.shape), flat):
            return None
        deviation = float((values - flat).abs().max()) / max(1.0, float(flat.abs().max()))
        return ClosedForm(
            expressions.text(derivative),
            expressions.latex(derivative),
            expressions.text(result),
            expressions.latex(result),
            deviation,
        )
    except (Unwritable, RecursionError, ArithmeticError, TypeError, ValueError, AttributeError, RuntimeError):
        return None


def _close(one: Any, other: Any) -> bool:
    if not other.numel():
        return False
    return bool((one - other).abs().max() <= CLOSE * max(1.0, float(other.abs().max())))


def _built(tape: Tape, root: int, expressions: Expressions, labels: Labels, leaves: dict[int, Any]) -> Any:
    """The expression of a tensor, from those of what it was made of; without recursion. Raises Unwritable."""
    built: dict[int, Any] = {}

    def expression(operand: Operand) -> Any:
        if isinstance(operand, Made):
            return built[operand.key]
        if isinstance(operand, Constant):
            return _symbol(tape, expressions, operand, labels)
        if operand.key not in leaves:
            leaves[operand.key] = (_symbol(tape, expressions, operand, labels), operand.value)
        symbol, value = leaves[operand.key]
        if not torch.equal(value, operand.value):
            raise Unwritable  # it was written between two uses
        return symbol

    pending = [root]
    while pending:
        key = pending[-1]
        if key in built:
            pending.pop()
            continue
        entry = tape.maker(key)
        if entry is None or entry.written or len(entry.outputs) != 1 or len(built) > ENTRIES:
            raise Unwritable
        missing = [part.key for part in entry.operands if isinstance(part, Made) and part.key not in built]
        if not missing:
            built[key] = _applied(entry, expressions, [expression(operand) for operand in entry.operands])
            pending.pop()
        elif len(pending) > ENTRIES:
            raise Unwritable
        else:
            pending.extend(missing)
    return built[root]


def _symbol(tape: Tape, expressions: Expressions, operand: Any, labels: Labels) -> Any:
    key: int = id(operand.original) if isinstance(operand, Constant) else operand.key
    value: Any = tape.tensor(key).detach() if isinstance(operand, Made) else operand.value
    if value.numel() > ELEMENTS or not value.numel() or value.is_complex() or value.layout is not torch.strided:
        raise Unwritable
    values = [float(item) for item in value.reshape(-1).tolist()]
    if isinstance(operand, Constant) and len(values) == 1:
        return expressions.constant(values[0])
    return expressions.symbol(labels.of(key), tuple(value.shape), values)


def _applied(entry: Entry, expressions: Expressions, operands: list[Any]) -> Any:
    """The expression of one call over the expressions of its tensors. Raises Unwritable."""
    name = public_name(entry.function)
    short = name.rpartition(".")[2].strip("_")
    symbols = iter(operands)
    given: list[Any] = []
    for argument in entry.args:
        if isinstance(argument, (Made, Leaf, Constant)):
            given.append(next(symbols))
        else:
            given.append(argument)
    if len(given) - sum(not isinstance(argument, Made | Leaf | Constant) for argument in entry.args) != len(operands):
        raise Unwritable  # a tensor hides among named or nested arguments
    if short in ("sum", "mean"):
        return _reduced(short, given, entry, expressions)
    if short in ("dot", "inner", "vdot", "matmul", "rmatmul") and entry.shape == () and len(given) == 2:
        return expressions.total(expressions.elementwise("mul", given, {}))
    if short == "mse_loss" and len(given) == 2:
        if {key: value for key, value in entry.kwargs.items() if value is not None} not in ({}, {"reduction": "mean"}):
            raise Unwritable
        square = expressions.elementwise("square", [expressions.elementwise("sub", given, {})], {})
        return expressions.total(square) / expressions.count
    if not expressions.fits(entry.shape, given):
        raise Unwritable
    return expressions.elementwise(name, given, entry.kwargs)


def _reduced(short: str, given: list[Any], entry: Entry, expressions: Expressions) -> Any:
    plain = len(given) == 1 and all(value is None or value is False for value in entry.kwargs.values())
    if not plain or entry.shape != ():
        raise Unwritable
    single = expressions.is_single(given[0])
    total = given[0] if single else expressions.total(given[0])
    return total / expressions.count if short == "mean" and not single else total
