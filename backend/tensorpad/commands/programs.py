"""Programs from files: Python, scripts with cells between lines `# %%`, and notebooks."""

import ast
import errno
import os
import re
import sys
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from tensorpad.commands.exits import CommandError, Exit

_MOST_BYTES = 64 * 1024 * 1024
"""Of a file. A notebook contains pictures; what is too large as a program is told by the limits of the service."""
_CELL = re.compile(r"^#\s?%%(.*)$", re.MULTILINE)
_COMMENT = re.compile(r"^# ?", re.MULTILINE)
_MAGIC = re.compile(r"^(\s*)([%!].*)$", re.MULTILINE)


Part = tuple[Literal["code", "markdown"], str]
"""A cell: a program, or text."""


class _NotebookCell(Struct):
    cell_type: str
    source: str | list[str]


class _Notebook(Struct):
    cells: list[_NotebookCell]


def read(name: str) -> list[str]:
    """The cells of a file, of standard input where the name is `-`. Raises CommandError."""
    return [text for kind, text in parts(name) if kind == "code"] or [""]


def parts(name: str) -> list[Part]:
    """The cells of a file with those that are text. Raises CommandError."""
    text = _text(name)
    if name.endswith(".ipynb"):
        return _notebook(name, text)
    return _script(text)


def _text(name: str) -> str:
    shown = "standard input" if name == "-" else name
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        reason = "it is a directory" if error.errno == errno.EISDIR else os.strerror(error.errno or 0).lower()
        raise CommandError(f"{shown} cannot be read: {reason}", Exit.USAGE) from None
    except ValueError:
        # A null character, which no name can have.
        raise CommandError(f"{shown!r} is no name of a file", Exit.USAGE) from None
    if len(data) > _MOST_BYTES:
        raise CommandError(f"{shown} is larger than {_MOST_BYTES >> 20} MiB, and no program", Exit.USAGE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1)
        where = f"byte 0x{data[error.start]:02x} in line {line}, after {column} bytes of it"
        raise CommandError(f"{shown} is not UTF-8: {where}; save it as UTF-8", Exit.USAGE) from None
    return text.replace("\r\n", "\n")


def _script(text: str) -> list[Part]:
    """The cells of a script; one where it has no line `# %%`. What is marked as Markdown is text in comments."""
    marks = list(_CELL.finditer(text))
    if not marks:
        return [("code", text)]
    cells: list[Part] = [("code", text[: marks[0].start()])]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        cell = text[mark.end() + 1 : following.start() if following else len(text)]
        cells.append(("markdown", _COMMENT.sub("", cell)) if "[markdown]" in mark[1].lower() else ("code", cell))
    return [(kind, cell) for kind, cell in cells if cell.strip()]


def _notebook(name: str, text: str) -> list[Part]:
    try:
        notebook = msgspec.json.decode(text, type=_Notebook)
    except (msgspec.DecodeError, RecursionError) as error:
        raise CommandError(f"{name} is no notebook of Jupyter's format 4: {error}", Exit.USAGE) from None
    cells: list[Part] = []
    changed: list[str] = []
    number = 0
    for cell in notebook.cells:
        source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
        if not source.strip():
            continue
        if cell.cell_type == "markdown":
            cells.append(("markdown", source))
        elif cell.cell_type == "code":
            number += 1
            code = _without_magic(source)
            changed += [str(number)] if code != source else []
            cells.append(("code", code))
    if changed:
        told = f"left out the lines that only Jupyter knows (% or !) of code cell {', '.join(changed)}"
        print(f"tensorpad: {name}: {told}", file=sys.stderr)
    return cells


def _without_magic(source: str) -> str:
    """The source with Jupyter's own lines as comments; as it is where Python understands it."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _MAGIC.sub(r"\1# \2", source)
    return source
