"""The statements of code that is not instrumented: to which of them an instruction belongs, and what is reported of it.

The points are those that `instrumentation.py` would put into the source (`probe_points.py` makes both).
"""

import ast
from collections.abc import Iterator
from types import CodeType
from typing import Any

from tensorpad.trace.program import probe_points
from tensorpad.trace.program.cells import Cell, first_line
from tensorpad.trace.program.probe_points import ProbePoint
from tensorpad.trace.program.syntax import FUNCTIONS, always_leaves, bodies

_Place = tuple[int, int]
_CASES = (ast.Try, ast.TryStar, ast.Match)


class Region:
    """A simple statement, or the head of a compound one with what is in it.

    `before` is reported when the program comes to it, `after` when the program leaves it in the ordinary way, `left` when it
    leaves it with all that is in it. `entered` is reported when the program comes to it from its `outer` region, whose head
    has bound names. `untaken` is reported when the program goes on without the body. `part` says that it is a case or a
    handler of the statement around it.
    """

    __slots__ = ("after", "before", "end", "entered", "inner", "left", "outer", "part", "start", "untaken")

    def __init__(self, start: _Place, end: _Place, outer: "Region | None") -> None:
        self.start = start
        self.end = end
        self.outer = outer
        self.inner: list[Region] = []
        self.part = False
        self.before: ProbePoint | None = None
        self.after: ProbePoint | None = None
        self.left: ProbePoint | None = None
        self.entered: ProbePoint | None = None
        self.untaken: ProbePoint | None = None

    def heads(self) -> "Iterator[Region]":
        """It, and the statement that it is a case or handler of."""
        yield self
        if self.part and self.outer is not None:
            yield self.outer

    def around(self) -> "Iterator[Region]":
        """It, and the regions that it is in, innermost first."""
        region: Region | None = self
        while region is not None:
            yield region
            region = region.outer


class Regions:
    """The regions of one code object. `entry` is reported when a function begins.

    `crowded` says that two of them are on one line, so that events of lines do not tell them apart.
    """

    def __init__(self, code: CodeType, body: list[Any], cell: Cell, scope: str, entry: ProbePoint | None) -> None:
        self.entry = entry
        self._cell = cell
        self._scope = scope
        self._all: list[Region] = []
        top = self._body(body, None)
        self._by_instruction = [_at(top, position) for position in code.co_positions()]
        lines = [region.start[0] for region in self._all]
        self.crowded = len(set(lines)) < len(lines)

    def at(self, instruction: int) -> "tuple[Region | None, bool] | None":
        """The region of an instruction (a byte offset), and whether it may be the first that runs there.

        None if the instruction has no place in the source: it belongs to what ran before it.
        """
        index = instruction // 2
        found = self._by_instruction[index] if 0 <= index < len(self._by_instruction) else None
        if found is None:
            return None
        before = self._by_instruction[index - 1] if index else None
        return found[0], before is None or before[0] is not found[0]

    def declare_outer(self, local: set[str]) -> None:
        """Say which names are the code's own; of others that it binds it has declared that they are global."""
        for region in self._all:
            for point in (region.before, region.after, region.left, region.entered, region.untaken):
                if point is not None:
                    point.outer = frozenset({*point.names, *point.gone} - local)

    def _body(self, body: list[Any], outer: Region | None, entered: ProbePoint | None = None) -> list[Region]:
        regions = [self._statement(node, outer) for node in body]
        if regions:
            regions[0].entered = entered
        return regions

    def _add(self, node: Any, end: Any, outer: Region | None) -> Region:
        line = first_line(node)
        column: int = node.col_offset if line == node.lineno else 0
        region = Region((line, column), (end.end_lineno, end.end_col_offset), outer)
        self._all.append(region)
        return region

    def _statement(self, node: Any, outer: Region | None) -> Region:
        cell, scope = self._cell, self._scope
        region = self._add(node, node, outer)
        if isinstance(node, ast.Return):
            region.before = probe_points.at(node, cell, scope)
        elif probe_points.is_simple(node):
            region.after = None if probe_points.is_silent(node) else probe_points.after(node, cell, scope)
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            for owner, field in bodies(node):
                self._part(node, owner, field, region)
        if isinstance(node, (ast.If, ast.While)) and not node.orelse:
            region.untaken = probe_points.at_head(node, node, "orelse", cell, scope)
        elif isinstance(node, ast.Match):
            region.untaken = probe_points.without_a_case(node, cell, scope)
        elif isinstance(node, (ast.Try, ast.TryStar)) and not always_leaves(node):
            region.left = probe_points.after_try(node, scope)
        return region

    def _part(self, node: Any, owner: Any, field: str, region: Region) -> None:
        """A body, `field` of `owner`, of a statement; handlers and cases have heads of their own."""
        body = getattr(owner, field)
        if owner is not node and isinstance(node, _CASES):
            head = owner.pattern if isinstance(owner, ast.match_case) else owner
            part = self._add(head, body[-1], region)
            part.part = True
            region.inner.append(part)
            region = part
        point = probe_points.at_head(node, owner, field, self._cell, self._scope)
        region.inner += self._body(body, region, point)


def _at(regions: list[Region], position: tuple[int | None, int | None, int | None, int | None]) -> Any:
    """The innermost region at a position, in a tuple, which has None for a position outside of all."""
    line, _, column, _ = position
    if line is None:
        return None
    found: Region | None = None
    place = line, column
    while True:
        for region in regions:
            inside = region.start <= place < region.end if column is not None else region.start[0] <= line <= region.end[0]
            if inside:
                found, regions = region, region.inner
                break
        else:
            return (found,)
