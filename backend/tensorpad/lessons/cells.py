"""The code cells of a lesson: their options, their tags, and what they are to an exercise."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import yaml

from tensorpad.lessons.lesson import ParsonsLine, SourceCell

CELL = "code-cell"
_OPTION = re.compile(r"^:([\w-]+):[ \t]*(.*)$")
_PART = re.compile(r"(.+)-(start|check|solution|wrong-[a-z])")
_BECAUSE = re.compile(r"^#\? because (.+)$")
_DISTRACTOR = "#~ "
_OPTIONS = ("tags", "label")
_TAGS = ("raises-exception", "remove-cell")


def options_of(content: str) -> tuple[dict[str, str], str, int]:
    """The options on the first lines of a directive, what follows them, and how many lines those were."""
    lines = content.split("\n")
    options: dict[str, str] = {}
    used = 0
    if lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:]):
        # As YAML, which some tools write.
        used = next(place for place, line in enumerate(lines[1:], 1) if line.strip() == "---") + 1
        loaded = _yaml("\n".join(lines[1 : used - 1]))
        given = cast("dict[object, object]", loaded) if isinstance(loaded, dict) else {}
        options = {str(key): yaml.safe_dump(value) for key, value in given.items()}
    else:
        while used < len(lines) and (match := _OPTION.fullmatch(lines[used])):
            options[match[1]] = match[2]
            used += 1
    while used < len(lines) and not lines[used].strip():
        used += 1
    return options, "\n".join(lines[used:]).rstrip(), used


def cell_of(content: str, line: int) -> tuple[SourceCell, list[str]]:
    """A code cell whose fence is on a line, and what is wrong with its options."""
    options, code, used = options_of(content)
    faults = [f"a cell has no option {name}; there are {', '.join(_OPTIONS)}" for name in options if name not in _OPTIONS]
    tags = _yaml(options.get("tags", "[]"))
    label = _yaml(options["label"]) if "label" in options else ""
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in cast("list[object]", tags)):
        faults.append("tags are a list: :tags: [raises-exception]")
        tags = []
    named = tuple(cast("list[str]", tags))
    faults += [f"{tag} is no tag of a lesson's cell; there are {', '.join(_TAGS)}" for tag in named if tag not in _TAGS]
    return SourceCell(line + 1 + used, str(label), named, code), faults


def part_of(label: str) -> tuple[str, str] | None:
    """The exercise that a label belongs to, and as what: `("ex1", "check")`."""
    match = _PART.fullmatch(label)
    return (match[1], match[2]) if match else None


def explained(cell: SourceCell) -> tuple[str, str]:
    """The source of a wrong solution, and what its first line says is wrong."""
    first, _, rest = cell.code.partition("\n")
    match = _BECAUSE.fullmatch(first.strip())
    return (rest, match[1].strip()) if match else (cell.code, "")


def parsons_lines(code: str) -> tuple[ParsonsLine, ...]:
    """The lines of a solution and its distractors, blank lines and gates left out."""
    found: list[ParsonsLine] = []
    for line in code.split("\n"):
        text = line.strip()
        distractor = text.startswith(_DISTRACTOR)
        if not text or (text.startswith("#") and not distractor):
            continue
        # The indentation of a distractor is behind its mark.
        shown = line.strip("\r").replace(_DISTRACTOR, "", 1) if distractor else line
        found.append(ParsonsLine(shown.strip(), (len(shown) - len(shown.lstrip(" "))) // 4, distractor))
    return tuple(found)


def without_distractors(code: str) -> str:
    """The solution of a Parsons problem."""
    return "\n".join(line for line in code.split("\n") if not line.strip().startswith(_DISTRACTOR))


def with_distractors(code: str) -> Mapping[int, str]:
    """The solution of a Parsons problem with one of its distractors in its place: for each, by its line from 0."""
    lines = code.split("\n")
    places = [place for place, line in enumerate(lines) if line.strip().startswith(_DISTRACTOR)]
    return {at: "\n".join(_without(lines, places, at)) for at in places}


def _without(lines: Sequence[str], places: Sequence[int], kept: int) -> Iterator[str]:
    for place, line in enumerate(lines):
        if place == kept:
            yield line.replace(_DISTRACTOR, "", 1)
        elif place not in places:
            yield line


def joined(cells: Sequence[SourceCell]) -> tuple[str, ...]:
    """The sources of cells."""
    return tuple(cell.code for cell in cells)


def _yaml(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return None
