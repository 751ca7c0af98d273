"""The formulas of torch's derivatives, which are C++ expressions, as LaTeX.

Sums, products, quotients, calls and methods are understood. Of the helpers that the formulas call, those for a product, a
power or the like are written out (`latex_parts`); others are shown by name, without arguments that are only sizes and types.
Conjugation is left out: the LaTeX is for real numbers. A formula with anything else (conditions, lambdas, lists) has no
LaTeX, only its C++ text.
"""

import re
from typing import Final

from tensorpad.explain.inquiries.latex_parts import PRODUCT, SIGN, SUM, Part, UnwritableError, call, product, quotient
from tensorpad.protocol.notation import latex_name

LONGEST: Final = 400
"""Formulas of more characters are left as text."""
_TOKENS: Final = re.compile(r"\s*(?:(\d+\.?\d*(?:e-?\d+)?)|([A-Za-z_][\w:]*)|(->|\[|[-+*/().,\]]))")

_CONSTANTS: Final = {
    "M_PI": r"\pi",
    "M_LN2": r"\ln 2",
    "M_LN10": r"\ln 10",
    "M_2_SQRTPI": r"\frac{2}{\sqrt{\pi}}",
    "M_SQRT1_2": r"\frac{1}{\sqrt{2}}",
}


def latex_of(formula: str) -> str | None:
    """The formula as LaTeX; None if it has anything that is not understood."""
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
        end, source = 0, source.strip()
        while end < len(source):
            token = _TOKENS.match(source, end)
            if token is None:
                raise UnwritableError
            number, name, sign = token.groups()
            self._tokens.append(("number", number) if number else ("name", name) if name else ("sign", sign))
            end = token.end()
        self._tokens.append(("end", ""))
        self._index = 0

    def all(self) -> Part:
        part = self._sum()
        if self._tokens[self._index][0] != "end":
            raise UnwritableError
        return part

    def _take(self, *signs: str) -> str | None:
        kind, text = self._tokens[self._index]
        if kind == "sign" and text in signs:
            self._index += 1
            return text
        return None

    def _expect(self, sign: str) -> None:
        if self._take(sign) is None:
            raise UnwritableError

    def _sum(self) -> Part:
        part = self._product()
        while sign := self._take("+", "-"):
            right = self._product()
            part = Part(f"{part.text} {sign} {right.within(PRODUCT)}", SUM)
        return part

    def _product(self) -> Part:
        part = self._signed()
        while sign := self._take("*", "/"):
            right = self._signed()
            part = product(part, right) if sign == "*" else quotient(part, right)
        return part

    def _signed(self) -> Part:
        if self._take("-"):
            return Part(f"-{self._signed().within(SIGN)}", SIGN)
        return self._methods()

    def _methods(self) -> Part:
        part = self._primary()
        while self._take(".", "->"):
            kind, name = self._tokens[self._index]
            if kind != "name":
                raise UnwritableError
            self._index += 1
            self._expect("(")
            part = call(name, [part, *self._arguments()])
        return part

    def _primary(self) -> Part:
        kind, text = self._tokens[self._index]
        self._index += 1
        if kind == "number":
            return Part(text.rstrip(".").removesuffix(".0"))
        if (kind, text) == ("sign", "("):
            part = self._sum()
            self._expect(")")
            return part
        if kind != "name":
            raise UnwritableError
        if self._take("("):
            return call(text.rpartition("::")[2], self._arguments())
        if self._take("["):
            index = self._sum()
            self._expect("]")
            return Part(f"{latex_name(text)}_{{{index.text}}}")
        if "::" in text:
            raise UnwritableError
        return Part(_CONSTANTS.get(text) or latex_name(text))

    def _arguments(self) -> list[Part]:
        parts: list[Part] = []
        if self._take(")"):
            return parts
        while True:
            parts.append(self._sum())
            if self._take(")"):
                return parts
            self._expect(",")
