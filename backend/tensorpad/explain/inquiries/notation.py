"""Numbers and derivatives as a person reads them, in plain text and in LaTeX."""

import math

from tensorpad.protocol.notation import latex_name
from tensorpad.protocol.records import FullValues, Values

_LISTED = 16
"""Elements up to which values are written out; the page shows the rest in a grid."""
_DIGITS = 5


def number_text(value: float) -> str:
    """A number in at most five significant digits."""
    return "NaN" if math.isnan(value) else f"{value:.{_DIGITS}g}"


def number_latex(value: float) -> str:
    """A number as LaTeX."""
    if math.isnan(value):
        return r"\mathrm{NaN}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    mantissa, _, exponent = f"{value:.{_DIGITS}g}".partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa


def values_text(values: Values) -> str:
    """Values in one line: one number if all are the same, a list if they are few, else their shape."""
    flat = _listed(values)
    if flat is None:
        return f"[{_shape(values, '×')}]"
    if len(set(flat)) == 1:
        return number_text(flat[0])
    return _nested([number_text(value) for value in flat], values.shape)


def values_latex(values: Values) -> str:
    """Values as LaTeX: one number if all are the same, a matrix if they are few, else their shape."""
    flat = _listed(values)
    if flat is None or len(values.shape) > 2:
        if flat is not None and len(set(flat)) == 1:
            return number_latex(flat[0])
        sizes = _shape(values, r" \times ")
        return rf"\left[{sizes}\right]"
    if len(set(flat)) == 1:
        return number_latex(flat[0])
    width = values.shape[len(values.shape) - 1] if values.shape else 1
    cells = [number_latex(value) for value in flat]
    rows = [" & ".join(cells[start : start + width]) for start in range(0, len(cells), width)]
    body = r" \\ ".join(rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def partial_text(of: str, by: str, number: int | None = None) -> str:
    """`∂of/∂by`, and by which of several inputs that are the same."""
    return f"∂{of}/∂{by}" + (f" ({number})" if number is not None else "")


def partial_latex(of: str, by: str, number: int | None = None) -> str:
    """A partial derivative as LaTeX."""
    written = rf"\frac{{\partial {latex_name(of)}}}{{\partial {latex_name(by)}}}"
    return rf"\left.{written}\right|_{{({number})}}" if number is not None else written


def negative(written: str) -> bool:
    """Whether a factor needs brackets."""
    return written.startswith("-") or " + " in written or " - " in written


def _listed(values: Values) -> list[float] | None:
    """Every element, if all are known, and few or the same; else None."""
    if not isinstance(values, FullValues) or values.complex or not values.data:
        return None
    flat = [float(value) for value in values.data]
    return flat if len(flat) <= _LISTED or len(set(flat)) == 1 else None


def _shape(values: Values, times: str) -> str:
    return times.join(str(size) for size in values.shape)


def _nested(cells: list[str], shape: tuple[int, ...]) -> str:
    for size in reversed(shape):
        cells = [f"[{', '.join(cells[start : start + size])}]" for start in range(0, len(cells), size)]
    return cells[0]
