"""The front matter of a lesson: what it is called, what it asks, and the header that notebook tools need."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

import yaml

from tensorpad.lessons.lesson import Heading

HEADER: Mapping[str, Any] = {
    "file_format": "mystnb",
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "jupytext": {
        "notebook_metadata_filter": "all",
        "text_representation": {"extension": ".md", "format_name": "myst"},
    },
}
"""What makes other tools read a lesson as a notebook, and lose none of its keys."""
KEYS = ("title", "question", "goals", "minutes", "needs")
PLACEHOLDER = "?"
"""The question and the goals of a lesson that was begun from a notebook, until its author writes them."""
_KEY = re.compile(r"^(\w+):", re.MULTILINE)
_FIRST = 2
"""The line of a file that the text of its front matter begins on."""

Fault = tuple[int, str]
"""A line of the file, and what is wrong there."""


def lines_of(text: str) -> dict[str, int]:
    """The line in the file of each key."""
    return {match[1]: text.count("\n", 0, match.start()) + _FIRST for match in _KEY.finditer(text)}


def heading_of(text: str, slug: str, number: int) -> tuple[Heading, list[Fault]]:
    """What the front matter says of a lesson, and what is wrong with it."""
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = _FIRST + (mark.line if mark is not None else 0)
        return _heading({}, slug, number), [(line, f"the front matter is no YAML: {getattr(error, 'problem', error)}")]
    if not isinstance(loaded, dict):
        return _heading({}, slug, number), [(1, "the front matter is missing: a lesson begins with --- and its keys")]
    found = cast("dict[str, Any]", loaded)
    return _heading(found, slug, number), list(_faults(found, lines_of(text)))


def _faults(found: dict[str, Any], lines: dict[str, int]) -> Iterator[Fault]:
    for key, wanted in HEADER.items():
        if key not in found:
            yield 1, f"the front matter has no {key}; write {key}: {flow(wanted)}"
        elif not _has(found[key], wanted):
            yield lines.get(key, 1), f"{key} must have {flow(wanted)}, or notebook tools read another thing"
    for key in sorted(found.keys() - HEADER.keys() - set(KEYS)):
        yield lines.get(key, 1), f"{key} is no key of a lesson; there are {', '.join(KEYS)}"
    for key in KEYS:
        if key not in found:
            yield 1, f"the front matter has no {key}"
    for key in ("title", "question"):
        if key in found and not (isinstance(found[key], str) and found[key].strip()):
            yield lines.get(key, 1), f"{key} must be a text"
    for key in ("goals", "needs"):
        if key in found and not _is_list(found[key]):
            yield lines.get(key, 1), f"{key} must be a list of texts, such as [a, b]"
    if found.get("goals") == []:
        yield lines.get("goals", 1), "goals must name what one can do after the lesson"
    if "minutes" in found and not (type(found["minutes"]) is int and 0 < found["minutes"] <= 240):
        yield lines.get("minutes", 1), "minutes must be a whole number from 1 to 240"


def _heading(found: dict[str, Any], slug: str, number: int) -> Heading:
    title, question, minutes = found.get("title"), found.get("question"), found.get("minutes")
    return Heading(
        slug=slug,
        number=number,
        title=title if isinstance(title, str) else slug,
        question=question if isinstance(question, str) else "",
        goals=_texts(found.get("goals")),
        minutes=minutes if type(minutes) is int and minutes > 0 else 0,
        needs=_texts(found.get("needs")),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(cast("list[str]", value)) if _is_list(value) else ()


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in cast("list[object]", value))


def _has(found: object, wanted: object) -> bool:
    """Whether all that is wanted is found; a tool may have written more."""
    if isinstance(wanted, dict):
        if not isinstance(found, dict):
            return False
        given, asked = cast("dict[str, object]", found), cast("dict[str, object]", wanted)
        return all(_has(given.get(key), value) for key, value in asked.items())
    return found == wanted


def flow(value: object) -> str:
    """A value as front matter has it, on one line."""
    return (
        yaml.safe_dump(value, default_flow_style=True, sort_keys=False, width=1000, allow_unicode=True)
        .strip()
        .removesuffix("\n...")
    )
