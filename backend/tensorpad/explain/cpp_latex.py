"""The formulas of torch's derivatives, which are C++ expressions, as LaTeX.

NOTE [How much is understood]
1. Sums, products, quotients, calls and methods; and of the helpers that the formulas call, those that stand for a product, a
   power or the like. Another helper is shown by its name, without arguments that are only sizes and types.
2. Conjugation is left out: the LaTeX is for real numbers.
3. Anything else (conditions, lambdas, lists) is not written; the C++ text must do.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tensorpad.protocol.notation import latex_name, latex_text

LONGEST: Final = 400
"""Formulas of more characters are left as text."""
_TOKENS: Final = re.compile(r"\s*(?:(\d+\.?\d*(?:e-?\d+)?)|([A-Za-z_][\w:]*)|(->|\[|[-+*/().,\]]))")
_SUM, _PRODUCT, _SIGN, _ATOM = range(4)

_CONSTANTS: Final = {
    "M_PI": r"\pi",
    "M_LN2": r"\ln 2",
    "M_LN10": r"\ln 10",
    "M_2_SQRTPI": r"\frac{2}{\sqrt{\pi}}",
    "M_SQRT1_2": r"\frac{1}{\sqrt{2}}",
}
_FUNCTIONS: Final = {
    name: rf"\{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "min", "max", "det")
} | {"log": r"\ln", "sgn": r"\operatorname{sgn}", "sign": r"\operatorname{sgn}"}
_NOTHING: Final = frozenset({"conj", "conj_physical", "to", "contiguous", "view_as", "handle_r_to_c", "real"})
"""Calls that leave real numbers what they are."""
_SIZES: Final = frozenset(
    {
        "sym_sizes",
        "sizes",
        "sym_size",
        "sym_strides",
        "scalar_type",
        "options",
        "layout",
        "device",
        "dtype",
        "dim",
        "defined",
    }
)
"""Methods that tell no values."""


class UnwritableError(Exception):
    """The expression is of a kind that is not written."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of LaTeX, how tightly it binds, and whether it only tells sizes or types."""

    text: str
    binding: int = _ATOM
    idle: bool = False

    def within(self, binding: int) -> str:
        """The text as part of something that binds so tightly."""
        return self.text if self.binding >= binding else rf"\left({self.text}\right)"


_Parts = Sequence[_Part]


def latex_of(formula: str) -> str | None:
    """The formula as LaTeX; None where it is of a kind that is not written."""
    if len(formula) > LONGEST:
        return None
    try:
        return _Reader(formula).all().text
    except UnwritableError:
        return None


class _Reader:
    """Reads one expression by recursive descent. The formulas are torch's own, so they nest no deeper than people write."""

    def __init__(self, source: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        place, source = 0, source.strip()
        while place < len(source):
            found = _TOKENS.match(source, place)
            if found is None:
                raise UnwritableError
            number, name, sign = found.groups()
            self._tokens.append(("number", number) if number else ("name", name) if name else ("sign", sign))
            place = found.end()
        self._tokens.append(("end", ""))
        self._place = 0

    def all(self) -> _Part:
        part = self._sum()
        if self._tokens[self._place][0] != "end":
            raise UnwritableError
        return part

    def _take(self, *signs: str) -> str | None:
        kind, text = self._tokens[self._place]
        if kind == "sign" and text in signs:
            self._place += 1
            return text
        return None

    def _expect(self, sign: str) -> None:
        if self._take(sign) is None:
            raise UnwritableError

    def _sum(self) -> _Part:
        part = self._product()
        while sign := self._take("+", "-"):
            right = self._product()
            part = _Part(f"{part.text} {sign} {right.within(_PRODUCT)}", _SUM)
        return part

    def _product(self) -> _Part:
        part = self._signed()
        while sign := self._take("*", "/"):
            right = self._signed()
            part = _product(part, right) if sign == "*" else _quotient(part, right)
        return part

    def _signed(self) -> _Part:
        if self._take("-"):
            return _Part(f"-{self._signed().within(_SIGN)}", _SIGN)
        return self._methods()

    def _methods(self) -> _Part:
        part = self._primary()
        while self._take(".", "->"):
            kind, name = self._tokens[self._place]
            if kind != "name":
                raise UnwritableError
            self._place += 1
            self._expect("(")
            part = _call(name, [part, *self._arguments()])
        return part

    def _primary(self) -> _Part:
        kind, text = self._tokens[self._place]
        self._place += 1
        if kind == "number":
            return _Part(text.rstrip(".").removesuffix(".0"))
        if (kind, text) == ("sign", "("):
            part = self._sum()
            self._expect(")")
            return part
        if kind != "name":
            raise UnwritableError
        if self._take("("):
            return _call(text.rpartition("::")[2], self._arguments())
        if self._take("["):
            index = self._sum()
            self._expect("]")
            return _Part(f"{latex_name(text)}_{{{index.text}}}")
        if "::" in text:
            raise UnwritableError
        return _Part(_CONSTANTS.get(text) or latex_name(text))

    def _arguments(self) -> list[_Part]:
        parts: list[_Part] = []
        if self._take(")"):
            return parts
        while True:
            parts.append(self._sum())
            if self._take(")"):
                return parts
            self._expect(",")


def _product(left: _Part, right: _Part) -> _Part:
    # A minus sign in the middle of a product is put in brackets; at its beginning it may stand alone.
    return _Part(rf"{left.within(_PRODUCT)} \cdot {right.within(_ATOM)}", _PRODUCT)


def _quotient(above: _Part, below: _Part) -> _Part:
    return _Part(rf"\frac{{{above.text}}}{{{below.text}}}")


def _power(base: _Part, exponent: str) -> _Part:
    # A base that has an exponent of its own cannot take a second one.
    inner = base.text if base.binding == _ATOM and "^" not in base.text else rf"\left({base.text}\right)"
    return _Part(f"{inner}^{{{exponent}}}")


def _matrix(left: _Part, right: _Part) -> _Part:
    return _Part(rf"{left.within(_ATOM)} \, {right.within(_ATOM)}", _PRODUCT)


def _transposed(matrix: _Part) -> _Part:
    return _power(matrix, r"\top")


def _scaled(part: _Part, factor: _Part) -> _Part:
    return part if factor.text == "1" else _product(factor, part)


def _times(*factors: _Part) -> _Part:
    part = factors[0]
    for factor in factors[1:]:
        part = _product(part, factor)
    return part


def _less(left: str, right: str) -> _Part:
    return _Part(f"{left} - {right}", _SUM)


def _softmax(parts: _Parts) -> _Part:
    grad, result, dim = parts[0], parts[1], parts[2]
    inner = _times(grad, result).text
    return _product(result, _less(grad.within(_PRODUCT), rf"\sum_{{{dim.text}}} {inner}"))


def _log_softmax(parts: _Parts) -> _Part:
    grad, result, dim = parts[0], parts[1], parts[2]
    return _less(grad.within(_PRODUCT), rf"e^{{{result.text}}} \cdot \sum_{{{dim.text}}} {grad.within(_PRODUCT)}")


def _where(parts: _Parts) -> _Part:
    condition, chosen, other = parts[0], parts[1], parts[2]
    cases = rf"{chosen.text} & \text{{where }} {condition.text} \\ {other.text} & \text{{elsewhere}}"
    return _Part(rf"\begin{{cases}} {cases} \end{{cases}}")


def _exponential(parts: _Parts) -> _Part:
    return _Part(f"e^{{{parts[0].text}}}")


def _threshold(parts: _Parts) -> _Part:
    return _where([_Part(f"{parts[1].text} > {parts[2].text}"), parts[0], _Part("0")])


_HELPERS: Final[dict[tuple[str, int], Callable[[_Parts], _Part]]] = {
    ("handle_r_to_c", 2): lambda p: p[1],
    ("maybe_multiply", 2): lambda p: _product(p[0], p[1]),
    ("mul_tensor_backward", 3): lambda p: _product(p[0], p[1]),
    ("div_tensor_self_backward", 3): lambda p: _quotient(p[0], p[1]),
    ("div_tensor_other_backward", 3): lambda p: _Part(rf"-{_times(p[0], _quotient(p[1], _power(p[2], '2'))).text}", _SIGN),
    ("pow_backward", 3): lambda p: _times(p[0], p[2], _power(p[1], f"{p[2].text} - 1")),
    ("pow_backward_self", 3): lambda p: _times(p[0], p[2], _power(p[1], f"{p[2].text} - 1")),
    ("pow_backward_exponent", 4): lambda p: _times(p[0], p[3], _Part(rf"\ln {p[1].within(_ATOM)}")),
    ("mm_mat1_backward", 6): lambda p: _scaled(_matrix(p[0], _transposed(p[1])), p[5]),
    ("mm_mat2_backward", 6): lambda p: _scaled(_matrix(_transposed(p[1]), p[0]), p[5]),
    ("sigmoid_backward", 2): lambda p: _times(p[0], p[1], _less("1", p[1].within(_PRODUCT))),
    ("tanh_backward", 2): lambda p: _times(p[0], _less("1", _power(p[1], "2").text)),
    ("log1p_backward", 2): lambda p: _quotient(p[0], _Part(f"{p[1].text} + 1", _SUM)),
    ("threshold_backward", 3): _threshold,
    ("_softmax_backward_data", 4): _softmax,
    ("_log_softmax_backward_data", 4): _log_softmax,
    ("where", 3): _where,
    ("sum_backward", 4): lambda p: _Part(rf"\operatorname{{expand}}\left({p[0].text}\right)"),
    ("mul", 2): lambda p: _product(p[0], p[1]),
    ("div", 2): lambda p: _quotient(p[0], p[1]),
    ("neg", 1): lambda p: _Part(f"-{p[0].within(_SIGN)}", _SIGN),
    ("pow", 2): lambda p: _power(p[0], p[1].text),
    ("square", 1): lambda p: _power(p[0], "2"),
    ("reciprocal", 1): lambda p: _quotient(_Part("1"), p[0]),
    ("sqrt", 1): lambda p: _Part(rf"\sqrt{{{p[0].text}}}"),
    ("rsqrt", 1): lambda p: _quotient(_Part("1"), _Part(rf"\sqrt{{{p[0].text}}}")),
    ("abs", 1): lambda p: _Part(rf"\left|{p[0].text}\right|"),
    ("exp", 1): _exponential,
    ("t", 1): lambda p: _transposed(p[0]),
    ("mT", 1): lambda p: _transposed(p[0]),
    ("mH", 1): lambda p: _transposed(p[0]),
    ("transpose", 3): lambda p: _transposed(p[0]),
    ("mm", 2): lambda p: _matrix(p[0], p[1]),
    ("bmm", 2): lambda p: _matrix(p[0], p[1]),
    ("mv", 2): lambda p: _matrix(p[0], p[1]),
    ("matmul", 2): lambda p: _matrix(p[0], p[1]),
    ("ger", 2): lambda p: _matrix(p[0], _transposed(p[1])),
}
"""What stands for a helper or method of that many arguments, the object of a method counted."""


def _call(name: str, parts: list[_Part]) -> _Part:
    if name in _NOTHING and parts and name != "handle_r_to_c":
        return parts[0]
    if name in _SIZES:
        return _Part(latex_text(name), idle=True)
    helper = _HELPERS.get((name, len(parts)))
    if helper is not None:
        return helper(parts)
    shown = [part.text for part in parts if not part.idle]
    if name in _FUNCTIONS and len(parts) == 1:
        return _Part(rf"{_FUNCTIONS[name]}\left({parts[0].text}\right)")
    if not shown:
        raise UnwritableError
    head = latex_text(name.removesuffix("_symint").removeprefix("sym_")).replace(r"\text", r"\operatorname", 1)
    return _Part(rf"{head}\left({', '.join(shown)}\right)")
