"""Pieces of LaTeX, and what each C++ function that torch's formulas call is in LaTeX."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tensorpad.protocol.notation import latex_text

SUM, PRODUCT, SIGN, ATOM = range(4)
"""How tightly a piece binds."""
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
"""Methods whose results are no values."""


class UnwritableError(Exception):
    """The expression has something that is not understood."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of LaTeX, how tightly it binds, and whether it is only about sizes or types."""

    text: str
    binding: int = ATOM
    idle: bool = False

    def within(self, binding: int) -> str:
        """The text as part of something that binds so tightly."""
        return self.text if self.binding >= binding else rf"\left({self.text}\right)"


Parts = Sequence[Part]


def product(left: Part, right: Part) -> Part:
    """`left · right`. A minus sign at the beginning needs no brackets, one in the middle does."""
    return Part(rf"{left.within(PRODUCT)} \cdot {right.within(ATOM)}", PRODUCT)


def quotient(above: Part, below: Part) -> Part:
    """A fraction."""
    return Part(rf"\frac{{{above.text}}}{{{below.text}}}")


def _power(base: Part, exponent: str) -> Part:
    # A base that has an exponent of its own cannot take a second one.
    inner = base.text if base.binding == ATOM and "^" not in base.text else rf"\left({base.text}\right)"
    return Part(f"{inner}^{{{exponent}}}")


def _matrix(left: Part, right: Part) -> Part:
    return Part(rf"{left.within(ATOM)} \, {right.within(ATOM)}", PRODUCT)


def _transposed(matrix: Part) -> Part:
    return _power(matrix, r"\top")


def _scaled(part: Part, factor: Part) -> Part:
    return part if factor.text == "1" else product(factor, part)


def _times(*factors: Part) -> Part:
    part = factors[0]
    for factor in factors[1:]:
        part = product(part, factor)
    return part


def _less(left: str, right: str) -> Part:
    return Part(f"{left} - {right}", SUM)


def _softmax(parts: Parts) -> Part:
    grad, result, dim = parts[0], parts[1], parts[2]
    inner = _times(grad, result).text
    return product(result, _less(grad.within(PRODUCT), rf"\sum_{{{dim.text}}} {inner}"))


def _log_softmax(parts: Parts) -> Part:
    grad, result, dim = parts[0], parts[1], parts[2]
    return _less(grad.within(PRODUCT), rf"e^{{{result.text}}} \cdot \sum_{{{dim.text}}} {grad.within(PRODUCT)}")


def _where(parts: Parts) -> Part:
    condition, chosen, other = parts[0], parts[1], parts[2]
    cases = rf"{chosen.text} & \text{{where }} {condition.text} \\ {other.text} & \text{{elsewhere}}"
    return Part(rf"\begin{{cases}} {cases} \end{{cases}}")


def _exponential(parts: Parts) -> Part:
    return Part(f"e^{{{parts[0].text}}}")


def _threshold(parts: Parts) -> Part:
    return _where([Part(f"{parts[1].text} > {parts[2].text}"), parts[0], Part("0")])


_HELPERS: Final[dict[tuple[str, int], Callable[[Parts], Part]]] = {
    ("handle_r_to_c", 2): lambda p: p[1],
    ("maybe_multiply", 2): lambda p: product(p[0], p[1]),
    ("mul_tensor_backward", 3): lambda p: product(p[0], p[1]),
    ("div_tensor_self_backward", 3): lambda p: quotient(p[0], p[1]),
    ("div_tensor_other_backward", 3): lambda p: Part(rf"-{_times(p[0], quotient(p[1], _power(p[2], '2'))).text}", SIGN),
    ("pow_backward", 3): lambda p: _times(p[0], p[2], _power(p[1], f"{p[2].text} - 1")),
    ("pow_backward_self", 3): lambda p: _times(p[0], p[2], _power(p[1], f"{p[2].text} - 1")),
    ("pow_backward_exponent", 4): lambda p: _times(p[0], p[3], Part(rf"\ln {p[1].within(ATOM)}")),
    ("mm_mat1_backward", 6): lambda p: _scaled(_matrix(p[0], _transposed(p[1])), p[5]),
    ("mm_mat2_backward", 6): lambda p: _scaled(_matrix(_transposed(p[1]), p[0]), p[5]),
    ("sigmoid_backward", 2): lambda p: _times(p[0], p[1], _less("1", p[1].within(PRODUCT))),
    ("tanh_backward", 2): lambda p: _times(p[0], _less("1", _power(p[1], "2").text)),
    ("log1p_backward", 2): lambda p: quotient(p[0], Part(f"{p[1].text} + 1", SUM)),
    ("threshold_backward", 3): _threshold,
    ("_softmax_backward_data", 4): _softmax,
    ("_log_softmax_backward_data", 4): _log_softmax,
    ("where", 3): _where,
    ("sum_backward", 4): lambda p: Part(rf"\operatorname{{expand}}\left({p[0].text}\right)"),
    ("mul", 2): lambda p: product(p[0], p[1]),
    ("div", 2): lambda p: quotient(p[0], p[1]),
    ("neg", 1): lambda p: Part(f"-{p[0].within(SIGN)}", SIGN),
    ("pow", 2): lambda p: _power(p[0], p[1].text),
    ("square", 1): lambda p: _power(p[0], "2"),
    ("reciprocal", 1): lambda p: quotient(Part("1"), p[0]),
    ("sqrt", 1): lambda p: Part(rf"\sqrt{{{p[0].text}}}"),
    ("rsqrt", 1): lambda p: quotient(Part("1"), Part(rf"\sqrt{{{p[0].text}}}")),
    ("abs", 1): lambda p: Part(rf"\left|{p[0].text}\right|"),
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
"""The LaTeX of a helper or method by its number of arguments; the object of a method is one of them."""


def call(name: str, parts: list[Part]) -> Part:
    """A call of a function or method. Raises UnwritableError if only sizes or types are left of it."""
    if name in _NOTHING and parts and name != "handle_r_to_c":
        return parts[0]
    if name in _SIZES:
        return Part(latex_text(name), idle=True)
    helper = _HELPERS.get((name, len(parts)))
    if helper is not None:
        return helper(parts)
    shown = [part.text for part in parts if not part.idle]
    if name in _FUNCTIONS and len(parts) == 1:
        return Part(rf"{_FUNCTIONS[name]}\left({parts[0].text}\right)")
    if not shown:
        raise UnwritableError
    head = latex_text(name.removesuffix("_symint").removeprefix("sym_")).replace(r"\text", r"\operatorname", 1)
    return Part(rf"{head}\left({', '.join(shown)}\right)")
