"""A lesson as a notebook of Jupyter's format 4.5, with all that its file has."""

import json
from pathlib import Path
from typing import Any

import yaml

from tensorpad.lessons.cells import CELL, cell_of
from tensorpad.lessons.lesson import Lesson
from tensorpad.lessons.markup import Markup, directive

_MARKUP = Markup()


def notebook(lesson: Lesson) -> bytes:
    """The notebook as JSON. Its metadata are the front matter, and each code cell keeps its tags and its label."""
    text = lesson.path.read_text(encoding="utf-8").replace("\r\n", "\n")
    lines = text.split("\n")
    tokens = _MARKUP.tokens(text)
    matter = tokens[0] if tokens and tokens[0].type == "front_matter" else None
    cells: list[dict[str, Any]] = []
    done = matter.map[1] + 1 if matter is not None and matter.map else 0
    for token in tokens:
        found = directive(token)
        if found is None or found[0] != CELL or token.map is None:
            continue
        _text(cells, lines[done : token.map[0]])
        cell, _ = cell_of(token.content, token.map[0] + 1)
        marks: dict[str, Any] = {"tags": list(cell.tags)} if cell.tags else {}
        marks |= {"label": cell.label} if cell.label else {}
        outputs: dict[str, Any] = {"execution_count": None, "outputs": []}
        cells.append(_cell(cells, "code", cell.code, marks) | outputs)
        done = token.map[1]
    _text(cells, lines[done:])
    metadata: Any = yaml.safe_load(matter.content) if matter is not None else {}
    made = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def name_of(lesson: Lesson) -> str:
    """What the files of a lesson are called, without a suffix."""
    folder: Path = lesson.path.parent
    return f"{folder.name}.{lesson.lang}"


def _text(cells: list[dict[str, Any]], lines: list[str]) -> None:
    """Add what is between two code cells."""
    text = "\n".join(lines).strip("\n")
    if text.strip():
        cells.append(_cell(cells, "markdown", text, {}))


def _cell(cells: list[dict[str, Any]], kind: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    return {"id": f"cell-{len(cells) + 1}", "cell_type": kind, "metadata": metadata, "source": lines}
