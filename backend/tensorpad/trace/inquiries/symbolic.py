"""Closed forms: a chain of elementwise functions and reductions as one formula, and its derivatives.

NOTE [One formula for all elements]
1. Every tensor in such a program has either one element or the shape that all the others have. One of several elements is
   a symbol `x[i]`, one of one element a symbol `w`; constants of one element are numbers.
2. An elementwise function is applied to expressions. A full reduction replaces its argument f(x[i]) by a symbol for
   the sum over all elements; what f was is remembered.
3. The derivative of the result by `x[i]` follows the chain rule through those symbols:
   dS/dx[i] = df/dx[i] + sum over T inside f of (sum of df/dT) dT/dx[i]; by `w`, all of it is summed.
4. Nothing is parsed, expanded or simplified beyond taking out common factors, and the size of every expression is capped,
   so that the time it takes is bounded.
5. A formula is evaluated at the values of the program and compared with autograd's gradient before anybody sees it.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

from tensorpad.protocol.notation import latex_indexed, latex_name
from tensorpad.trace.inquiries.pointwise import Unwritable, apply, number

_OPERATIONS = 120
"""Size of one expression, as SymPy counts operations."""
_SUMS = "jklmpq"
"""Index letters of sums."""
_FORMULA_CHARS = 2_000

__all__ = ["Expressions", "Unwritable", "warm"]


def warm() -> None:
    """Load what SymPy loads when it is first used, which takes longer than most derivations."""
    expressions = Expressions()
    symbol = expressions.symbol("x", (2,), [1.0, 2.0])
    power = expressions.elementwise("square", [expressions.elementwise("relu", [symbol], {})], {})
    derivative = expressions.derivative(expressions.total(power) / 2, symbol)
    expressions.evaluate(derivative)
    expressions.text(derivative)
    expressions.latex(derivative)


class Expressions:
    """Builds expressions over elements of one `shape`; values are lists of floats in row-major order."""

    def __init__(self) -> None:
        import sympy

        self._sympy: Any = sympy
        self._shape: tuple[int, ...] | None = None
        self._indexed: dict[Any, str] = {}
        self._single: dict[Any, str] = {}
        self._sums: dict[Any, Any] = {}
        self._values: dict[Any, list[float]] = {}

    def symbol(self, label: str, shape: tuple[int, ...], values: list[float]) -> Any:
        """A symbol for a tensor, another one at each call. Raises Unwritable if its shape does not fit the others."""
        if len(values) == 1:
            symbol: Any = self._sympy.Dummy(label, real=True)
            self._single[symbol] = label
        else:
            if self._shape not in (None, shape):
                raise Unwritable
            self._shape = shape
            symbol = self._sympy.Dummy(label, real=True)
            self._indexed[symbol] = label
        self._values[symbol] = values
        return symbol

    def constant(self, value: float) -> Any:
        """A constant of the program, as SymPy's number."""
        return number(value)

    def fits(self, shape: tuple[int, ...], operands: list[Any]) -> bool:
        """Whether a result of this shape is an elementwise function of the operands, without broadcasting one."""
        given = [operand for operand in operands if isinstance(operand, self._sympy.Basic)]
        if all(self.is_single(expression) for expression in given):
            return math.prod(shape) == 1
        return shape == self._shape

    @property
    def summed(self) -> bool:
        """Whether any sum was taken."""
        return bool(self._sums)

    def elementwise(self, name: str, operands: list[Any], options: dict[str, Any]) -> Any:
        """A torch function of expressions; Python numbers among the operands are taken as they are."""
        given = [number(operand) if isinstance(operand, int | float) else operand for operand in operands]
        return self._checked(apply(name, given, options))

    def total(self, expression: Any, split: bool = False) -> Any:
        """The sum of an expression over all elements; with `split`, of each of its terms by itself."""
        if split and expression.is_Add:
            return self._sympy.Add(*(self.total(term) for term in expression.args))
        free: set[Any] = expression.free_symbols
        if not free & set(self._indexed):
            return self.count * expression
        outside, inside = expression.as_independent(*self._indexed, as_Add=False)
        for known, summand in self._sums.items():
            if summand == inside:
                return outside * known
        if len(self._sums) >= len(_SUMS):
            raise Unwritable
        symbol = self._sympy.Dummy(f"S{len(self._sums)}", real=True)
        self._sums[symbol] = inside
        return self._checked(outside * symbol)

    @property
    def count(self) -> int:
        """How many elements a symbol with an index has; 1 if there is none."""
        return math.prod(self._shape) if self._shape is not None else 1

    def is_single(self, expression: Any) -> bool:
        """Whether an expression has one value rather than one for each element."""
        return not expression.free_symbols & set(self._indexed)

    def derivative(self, expression: Any, by: Any) -> Any:
        """The derivative of an expression of one value by a symbol (by its element i, if it has an index)."""
        inner: dict[Any, Any] = {}
        for symbol, summand in list(self._sums.items()):
            part = self._checked(summand.diff(by))
            for other, change in inner.items():
                by_other = summand.diff(other)
                part += (by_other if by in self._single else self.total(by_other, split=True)) * change
            inner[symbol] = self.total(part, split=True) if by in self._single else part
        result = expression.diff(by)
        for symbol, change in inner.items():
            result += expression.diff(symbol) * change
        return self._tidy(result)

    def partial(self, expression: Any, by: Any) -> Any:
        """The derivative of an elementwise expression by a symbol at the same element."""
        return self._tidy(expression.diff(by))

    def evaluate(self, expression: Any) -> list[float]:
        """The values of an expression: one for each element, or one. Raises Unwritable if they are no real numbers."""
        known = dict(self._values)
        for symbol, summand in self._sums.items():
            known[symbol] = [math.fsum(self._evaluate(summand, known))]
        return self._evaluate(expression, known)

    def text(self, expression: Any, indexed: bool = True) -> str:
        """An expression in plain text; without `indexed`, `x[i]` is just `x`."""
        # Printed under their names, not renamed first: a tree that is built anew loses its order and its factors.
        names = dict(self._single)
        for letter, (symbol, summand) in zip(_SUMS, self._sums.items(), strict=False):
            moved = {old: f"{label}[{letter}]" for old, label in self._indexed.items()}
            names[symbol] = f"sum_{letter}({self._printed(summand, {**names, **moved})})"
        own = {symbol: f"{label}[i]" if indexed else label for symbol, label in self._indexed.items()}
        return _short(self._printed(expression, {**names, **own}))

    def latex(self, expression: Any, indexed: bool = True) -> str:
        """An expression in LaTeX."""
        names = {symbol: latex_name(label) for symbol, label in self._single.items()}
        sums: dict[Any, str] = {}
        for letter, (symbol, summand) in zip(_SUMS, self._sums.items(), strict=False):
            moved = {old: latex_indexed(label, letter) for old, label in self._indexed.items()}
            written: str = self._sympy.latex(summand, symbol_names={**names, **moved, **sums})
            sums[symbol] = rf"\left(\sum_{{{letter}}} {written}\right)"
        own = {
            symbol: latex_indexed(label, "i") if indexed else latex_name(label) for symbol, label in self._indexed.items()
        }
        return _short(self._sympy.latex(expression, symbol_names={**names, **own, **sums}))

    def _evaluate(self, expression: Any, known: dict[Any, list[float]]) -> list[float]:
        symbols = sorted(expression.free_symbols, key=str)
        call: Callable[..., float] = self._sympy.lambdify(symbols, expression, modules="math", dummify=True)
        many = any(len(known[symbol]) > 1 for symbol in symbols)
        indices: Sequence[int] = range(self.count) if many else (0,)
        try:
            return [float(call(*(_at(known[symbol], index) for symbol in symbols))) for index in indices]
        except (ArithmeticError, ValueError, TypeError, NameError):
            raise Unwritable from None

    def _printed(self, expression: Any, names: dict[Any, str]) -> str:
        printer: Any = self._sympy.printing.str.StrPrinter()
        printer._print_Dummy = names.__getitem__
        return str(printer.doprint(expression))

    def _checked(self, expression: Any) -> Any:
        if expression.has(self._sympy.zoo, self._sympy.nan, self._sympy.oo) or self._size(expression) > _OPERATIONS:
            raise Unwritable
        return expression

    def _size(self, expression: Any) -> int:
        return int(self._sympy.count_ops(expression))

    def _tidy(self, expression: Any) -> Any:
        return self._checked(self._sympy.together(self._sympy.factor_terms(self._checked(expression))))


def _at(values: list[float], index: int) -> float:
    return values[index] if len(values) > 1 else values[0]


def _short(text: str) -> str:
    if len(text) > _FORMULA_CHARS:
        raise Unwritable
    return text
