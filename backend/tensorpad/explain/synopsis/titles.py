"""The title that an author gave a program: its first comment, or its docstring."""

import ast
import re
from collections.abc import Sequence

from tensorpad.explain.synopsis.acts import Fault
from tensorpad.explain.synopsis.parsing import Unreadable, parsed

_CELL_MARK = re.compile(r"%%\s*(\[\w+\])?")
_SETTING = re.compile(r"!|.*-\*-|(vim?|type|pyright|ruff|noqa|fmt|pylint|flake8|mypy)\s*:", re.IGNORECASE)
_DECORATION = re.compile(r"^[\s\-=#*_~]+|[\s\-=#*_~]+$")
_CHARS = 90
_DOCSTRING = re.compile(r'[rR]?("""|\'\'\'|"|\')(.*?)(?:\1|$)', re.DOTALL)


def given_title(cells: Sequence[str]) -> str | None:
    """The title at the program's very start; None if there is none. A comment may be about its statement alone."""
    first = next((cell for cell in cells if cell.strip()), "").lstrip()
    docstring = _DOCSTRING.match(first)
    if docstring is not None:
        return _title(docstring[2].strip().partition("\n")[0])
    lines = [line.strip() for line in first.splitlines()]
    for index, line in enumerate(lines):
        if not line.startswith("#"):
            return None
        text = line.lstrip("#")
        if _SETTING.match(text.strip()):
            continue
        title = _title(_CELL_MARK.sub("", text, count=1))
        if title is not None:
            return title if _stands_alone(lines, index) or _is_only_comment(cells) else None
    return None


def _stands_alone(lines: Sequence[str], index: int) -> bool:
    """Whether a comment is about more than the statement below it."""
    below = lines[index + 1] if index + 1 < len(lines) else ""
    return not below or below.startswith(("#", "import ", "from "))


def _is_only_comment(cells: Sequence[str]) -> bool:
    return sum(line.lstrip().startswith("#") for cell in cells for line in cell.splitlines()) == 1


def _title(text: str) -> str | None:
    """The text without what frames it; None if it says nothing, or is code that was commented out."""
    line = _DECORATION.sub("", " ".join(text[: 4 * _CHARS].split()))
    letters = sum(character.isalpha() for character in line)
    if letters < 2 or _is_code(line):
        return None
    line = line.rstrip(".。:：")
    return line if len(line) <= _CHARS else f"{line[: _CHARS - 1].rstrip()}…"


def _is_code(line: str) -> bool:
    if not re.search(r"[=(.\[]|^(import|from|del|assert)\b", line) or re.search(r"[(\[{]{20}", line):
        return False
    try:
        trees = parsed([line])
    except Unreadable:
        return False
    return not isinstance(trees, Fault) and bool(trees[0].body) and not isinstance(trees[0].body[0], ast.AnnAssign)
