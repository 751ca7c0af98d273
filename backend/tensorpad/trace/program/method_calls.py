"""Where the calls of methods begin that are laid out over several lines.

The compiler places such a call at the method's name, so that a traceback shows the line of that very call. Its source
begins where the object does.
"""

import ast
from functools import cached_property

Place = tuple[int, int]
"""A line from 1, and a column from 0 in UTF-8 bytes."""


class MethodCalls:
    """The method calls of one source."""

    def __init__(self, source: str) -> None:
        self._source = source

    def beginning(self, start: Place, end: Place) -> Place:
        """Where a piece of source begins that the compiler has from `start` to `end`."""
        return self._beginnings.get((start, end), start)

    @cached_property
    def _beginnings(self) -> dict[tuple[Place, Place], Place]:
        found: dict[tuple[Place, Place], Place] = {}
        try:
            nodes = list(ast.walk(ast.parse(self._source)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return found  # what runs was compiled, perhaps from less than the whole
        for node in nodes:
            match node:
                case ast.Call(func=ast.Attribute(end_lineno=int(line), end_col_offset=int(column), attr=name) as function):
                    if function.value.end_lineno != line:
                        start = (line, column - len(name.encode()))
                        found[start, (node.end_lineno or line, node.end_col_offset or column)] = (
                            node.lineno,
                            node.col_offset,
                        )
                case _:
                    pass
        return found
