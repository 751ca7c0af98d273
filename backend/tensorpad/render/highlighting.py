"""Lines of Python in colours, for pictures. Each is read alone: a string of several lines has its colour at its ends."""

import keyword
import re
from collections.abc import Iterator
from typing import Literal

Role = Literal["ink", "muted", "parameter_ink", "result_ink", "leaf_ink"]
"""A colour of the palette: of names and signs, comments, keywords, strings, numbers."""

_WORD = re.compile(
    r"""(?P<comment>\#.*)
    |(?P<string>[rbfRBF]{0,2}(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?))
    |(?P<name>[^\W\d]\w*)
    |(?P<number>\d[\w.]*)""",
    re.VERBOSE,
)
_KEYWORDS = frozenset(keyword.kwlist)


def highlighted(line: str) -> Iterator[tuple[str, Role]]:
    """The parts of a line in order, each with its colour."""
    end = 0
    for found in _WORD.finditer(line):
        if found.start() > end:
            yield line[end : found.start()], "ink"
        yield found[0], _role(found)
        end = found.end()
    if end < len(line):
        yield line[end:], "ink"


def _role(found: re.Match[str]) -> Role:
    match found.lastgroup:
        case "comment":
            return "muted"
        case "string":
            return "result_ink"
        case "number":
            return "leaf_ink"
        case _:
            return "parameter_ink" if found[0] in _KEYWORDS else "ink"
