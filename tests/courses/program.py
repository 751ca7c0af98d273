"""One program of a course, as a test knows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

_CELL: Final = re.compile(r"^# %%.*\n", re.MULTILINE)


@dataclass(frozen=True)
class CourseProgram:
    """A program; `# %%` in its `source` begins a new cell.

    `notices` are the only ones that it may get: the rule and the source that each marks, and why what it says is true.
    `displays` is the number of figures, tables and pictures that it shows.
    """

    source: str
    notices: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    displays: int = 0

    @property
    def cells(self) -> tuple[str, ...]:
        """The sources of its cells."""
        return tuple(part for part in _CELL.split(self.source.lstrip("\n")) if part.strip())


INLINE: Final = {("line_ignored", "%matplotlib inline"): "figures are shown without it, and the line does nothing"}
"""The notice of a program that begins as nearly all notebooks do."""
