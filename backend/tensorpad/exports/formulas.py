"""Formulas of lessons as MathML, which browsers draw without a script or a font of ours."""

import re
from html import escape, unescape

_FORMULA = re.compile(r'<(span|div) class="math" data-tex="([^"]*)">.*?</\1>', re.DOTALL)


def with_formulas(html: str) -> str:
    """The HTML of a lesson with its formulas drawn. One that cannot be drawn stays as its source, as code."""
    return _FORMULA.sub(_drawn, html)


def _drawn(found: re.Match[str]) -> str:
    from latex2mathml.converter import convert  # it reads a table of symbols, which only exports need

    tex = unescape(found[2])
    try:
        return convert(tex, display="block" if found[1] == "div" else "inline")
    except Exception:  # its errors have no common class
        return f"<code>{escape(tex)}</code>"
