"""Numbers as torch prints them: one format for a group, chosen from its finite, non-zero members.

Source of the rule: `torch._tensor_str._Formatter` with default print options (4 decimals; scientific where the largest is
more than 1000 times the smallest, above 1e8 or below 1e-4). Zeros that every number of the group ends in are dropped.
"""

import math
from collections.abc import Sequence

from tensorpad.protocol.records import Number


def spelled(value: float) -> str:
    """A number that is not finite, as torch spells it."""
    return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")


def real_texts(values: Sequence[Number]) -> list[str]:
    """Each of `values` as text, in one common format."""
    if all(isinstance(value, int) for value in values):
        return [str(value) for value in values]
    numbers = [float(value) for value in values]
    whole = all(number.is_integer() for number in numbers if math.isfinite(number))
    if _needs_exponent(numbers, whole):
        return _scientific(numbers)
    if whole:
        return [_formatted(number, "#.0f") for number in numbers]
    return _trimmed([_formatted(number, ".4f") for number in numbers])


def _needs_exponent(numbers: Sequence[float], whole: bool) -> bool:
    magnitudes = [abs(number) for number in numbers if math.isfinite(number) and number != 0.0]
    smallest, largest = min(magnitudes, default=1.0), max(magnitudes, default=1.0)
    return largest > 1e8 or largest / smallest > 1000.0 or (not whole and smallest < 1e-4)


def _formatted(number: float, form: str) -> str:
    return format(number, form) if math.isfinite(number) else spelled(number)


def complex_texts(values: Sequence[Number]) -> list[str]:
    """Complex numbers as text; `values` has real and imaginary parts in turn."""
    reals, imaginaries = real_texts(values[0::2]), real_texts(values[1::2])
    return [
        f"{real}{'' if imaginary.startswith('-') else '+'}{imaginary}j"
        for real, imaginary in zip(reals, imaginaries, strict=False)
    ]


def _trimmed(numbers: list[str]) -> list[str]:
    finite = [number for number in numbers if "." in number]
    spare = min((len(number) - len(number.rstrip("0")) for number in finite), default=0)
    return [number[: len(number) - spare] if spare and "." in number else number for number in numbers]


def _scientific(numbers: list[float]) -> list[str]:
    pairs = [f"{number:.4e}".split("e") if math.isfinite(number) else [spelled(number), ""] for number in numbers]
    mantissas = _trimmed([mantissa for mantissa, _ in pairs])
    return [
        f"{mantissa}e{exponent}" if exponent else mantissa for mantissa, (_, exponent) in zip(mantissas, pairs, strict=True)
    ]
