"""The file that a new lesson begins with: a template that passes the check, or the cells of a notebook or script."""

import re
from collections.abc import Sequence
from importlib import resources
from typing import Literal

from tensorpad.lessons.matter import HEADER, PLACEHOLDER, flow
from tensorpad.lessons.reading import PREFIXES
from tensorpad.texts import Lang

Part = tuple[Literal["code", "markdown"], str]
"""A cell: a program, or text."""
_HEADING = re.compile(r"^(#{1,2})(?=\s)")
_TITLE = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
_FENCE = re.compile(r"^\s*(`{3,}|~{3,}|:{3,})")


def template(lang: Lang) -> str:
    """A lesson to be rewritten section by section."""
    return resources.files("tensorpad.lessons").joinpath(f"templates/lesson.{lang}.md").read_text(encoding="utf-8")


def draft(parts: Sequence[Part], name: str, lang: Lang) -> str:
    """A lesson with these cells, all in one section. Its title is the first heading in them, or else `name`."""
    found = next((match for kind, text in parts if kind == "markdown" and (match := _TITLE.search(text))), None)
    title = found[1] if found else name
    example = next(prefix for prefix, stage in PREFIXES[lang].items() if stage == "example")
    matter = {"title": title, "question": PLACEHOLDER, "goals": [PLACEHOLDER], "minutes": 15, "needs": []}
    blocks = ["---", *(f"{key}: {flow(value)}" for key, value in {**HEADER, **matter}.items()), "---", ""]
    blocks += [f"# {title}", "", f"## {example}{': ' if lang == 'en' else '：'}{title}", ""]
    for kind, text in parts:
        shown = _cell(text) if kind == "code" else _lowered(text, found[0] if found else None)
        blocks += [shown, ""] if shown else []
    return "\n".join(blocks)


def _cell(code: str) -> str:
    ticks = max((len(run) for run in re.findall(r"`{3,}", code)), default=2) + 1
    fence = "`" * max(ticks, 3)
    return f"{fence}{{code-cell}} ipython3\n{code.strip(chr(10))}\n{fence}"


def _lowered(text: str, title: str | None) -> str:
    """Text whose headings are below those of sections, without the heading that is the title."""
    fence = ""
    lines: list[str] = []
    for line in text.strip().split("\n"):
        mark = _FENCE.match(line)
        if mark is not None and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if not fence and line == title:
            title = None
            continue
        lines.append(line if fence else _HEADING.sub("###", line))
    return "\n".join(lines).strip()
