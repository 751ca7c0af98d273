"""What common elementwise functions of torch are in SymPy's terms, and how Python's numbers are written exactly.

This table serves closed forms only. Whatever is not in it has none; whatever is in it is still evaluated and compared with
autograd before it is shown.
"""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

_LARGEST = 10**6
_EXPONENT = 64
_DENOMINATOR = 1_000


class Unwritable(Exception):
    """There is no closed form that could be written."""


def number(value: float) -> Any:
    """A Python number in SymPy: exact if it is a whole number or a short fraction of a power of two."""
    import sympy

    if isinstance(value, bool) or not math.isfinite(value) or abs(value) > _LARGEST:
        raise Unwritable
    fraction = Fraction(value)
    if fraction.denominator <= _DENOMINATOR:
        return sympy.Rational(fraction.numerator, fraction.denominator)
    return sympy.Float(repr(value))


def apply(name: str, operands: list[Any], options: Mapping[str, Any]) -> Any:
    """The function of that public name (`torch.Tensor.__rsub__`) of SymPy expressions. Raises Unwritable."""
    short = name.rpartition(".")[2].strip("_")
    function = _functions().get((short, len(operands)))
    if function is None:
        raise Unwritable
    if short in ("add", "sub", "subtract") and set(options) == {"alpha"}:
        alpha = options["alpha"]
        if not isinstance(alpha, int | float):
            raise Unwritable
        operands = [operands[0], number(alpha) * operands[1]]
    elif any(value is not None and value is not False for value in options.values()):
        raise Unwritable
    return function(*operands)


_known: dict[tuple[str, int], Callable[..., Any]] = {}


def _functions() -> dict[tuple[str, int], Callable[..., Any]]:
    if _known:
        return _known
    import sympy

    s: Any = sympy

    def power(base: Any, exponent: Any) -> Any:
        if exponent.is_number and abs(exponent) > _EXPONENT:
            raise Unwritable
        return base**exponent

    def sigmoid(x: Any) -> Any:
        return 1 / (1 + s.exp(-x))

    def positive(value: Any, x: Any) -> Any:
        return s.Piecewise((value, x > 0), (0, True))

    unary: dict[str, Callable[[Any], Any]] = {
        **{name: getattr(s, name) for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "erf")},
        **{name: getattr(s, name) for name in ("asin", "acos", "atan", "asinh", "acosh", "atanh")},
        **{f"arc{name}": getattr(s, f"a{name}") for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
        "neg": lambda x: -x,
        "negative": lambda x: -x,
        "positive": lambda x: x,
        "abs": s.Abs,
        "absolute": s.Abs,
        "square": lambda x: x**2,
        "rsqrt": lambda x: 1 / s.sqrt(x),
        "reciprocal": lambda x: 1 / x,
        "exp2": lambda x: 2**x,
        "expm1": lambda x: s.exp(x) - 1,
        "log1p": lambda x: s.log(1 + x),
        "log2": lambda x: s.log(x, 2),
        "log10": lambda x: s.log(x, 10),
        "sigmoid": sigmoid,
        "expit": sigmoid,
        "relu": lambda x: positive(x, x),
        "silu": lambda x: x * sigmoid(x),
        "logsigmoid": lambda x: -s.log(1 + s.exp(-x)),
        "softplus": lambda x: s.log(1 + s.exp(x)),
        "clone": lambda x: x,
        "contiguous": lambda x: x,
    }
    binary: dict[str, Callable[[Any, Any], Any]] = {
        "add": lambda a, b: a + b,
        "radd": lambda a, b: b + a,
        "sub": lambda a, b: a - b,
        "subtract": lambda a, b: a - b,
        "rsub": lambda a, b: b - a,
        "mul": lambda a, b: a * b,
        "multiply": lambda a, b: a * b,
        "rmul": lambda a, b: b * a,
        "div": lambda a, b: a / b,
        "divide": lambda a, b: a / b,
        "true_divide": lambda a, b: a / b,
        "truediv": lambda a, b: a / b,
        "rdiv": lambda a, b: b / a,
        "rtruediv": lambda a, b: b / a,
        "pow": power,
        "float_power": power,
        "rpow": lambda a, b: power(b, a),
    }
    _known.update({(name, 1): function for name, function in unary.items()})
    _known.update({(name, 2): function for name, function in binary.items()})
    return _known
