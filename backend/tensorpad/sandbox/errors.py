"""Exceptions of the program as error records: type, message, exact span, and the traceback.

What the program prints of an exception itself is as Python prints it. The record is for people who do not know the machine.
"""

import traceback
from types import FrameType
from typing import Any

import msgspec

from tensorpad.protocol.records import ErrorRecord, Span
from tensorpad.sandbox.deadline import DeadlineReached
from tensorpad.sandbox.suggestions import suggestion
from tensorpad.sandbox.tracebacks import visible
from tensorpad.trace.base.paths import without_roots
from tensorpad.trace.base.texts import cut, cut_middle
from tensorpad.trace.base.variables import NAME_CHARS, type_name
from tensorpad.trace.program.cells import Cell, Cells


class ErrorRecords:
    """Makes the error records of one run. `shortened`: a text had to be cut."""

    def __init__(self, cells: Cells, text_chars: int, namespace: dict[str, Any]) -> None:
        self.shortened = False
        self._namespace = namespace
        self._cells = cells
        self._limit = text_chars

    def raised(self, error: BaseException, cell: Cell) -> ErrorRecord:
        """The record of an exception that ended a cell while it ran."""
        message = _text(error.code) if isinstance(error, SystemExit) else _message(error)
        span, _ = self.place(error)
        record = self._record(error, message, span, _formatted(error, with_stack=True))
        if span is not None and span.cell != cell.index:
            record = msgspec.structs.replace(record, cell=span.cell)
        return msgspec.structs.replace(record, suggestion=suggestion(error, self._namespace, self._used(error, span)))

    def _used(self, error: BaseException, span: Span | None) -> str:
        """The character of the source after a name that is missing."""
        _, frame = self.place(error)
        cell = None if frame is None else self._cells.of(frame.f_code)
        if cell is None or span is None or not 0 < span.end_line <= len(cell.lines):
            return ""
        return cell.lines[span.end_line - 1][span.end_column :].lstrip()[:1]

    def place(self, error: BaseException) -> tuple[Span | None, FrameType | None]:
        """Where in the program an exception arose: the innermost piece of source and frame of its own."""
        for link in reversed(visible(error.__traceback__)):
            if self._cells.of(link.tb_frame.f_code) is not None:
                return self._cells.span(link.tb_frame.f_code, link.tb_lasti), link.tb_frame
        return None, None

    def refused(self, error: BaseException, cell: Cell, by_parser: bool) -> ErrorRecord:
        """The record of an exception with which the compiler refused a cell.

        `by_parser`: the parser raised it, which counts columns in characters; the compiler counts bytes.
        """
        message = error.msg if isinstance(error, SyntaxError) else _message(error)
        span = _refused_at(error, cell, by_parser)
        record = self._record(error, message, span, _formatted(error, with_stack=False))
        return msgspec.structs.replace(record, refused=True)

    def _record(self, error: BaseException, message: str, span: Span | None, trace: str) -> ErrorRecord:
        text, cut_message = cut(without_roots(message), self._limit)
        shown, cut_trace = cut_middle(without_roots(trace), self._limit)
        self.shortened = self.shortened or cut_message or cut_trace
        name = cut(type_name(type(error)), NAME_CHARS)[0]
        if span is None:
            return ErrorRecord(name, text, None, None, None, None, shown)
        return ErrorRecord(name, text, span.line, span.column, span.end_line, span.end_column, shown)


def is_deadline(error: BaseException | None) -> bool:
    """Whether an exception is the deadline, or was raised while the deadline was being handled."""
    visited: set[int] = set()
    while error is not None and id(error) not in visited:
        if isinstance(error, DeadlineReached):
            return True
        visited.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except DeadlineReached:
        raise
    except BaseException as other:
        return f"(the exception's text could not be made: {type_name(type(other))})"


def _text(value: Any) -> str:
    return _message(value) if isinstance(value, BaseException) else _message(BaseException(value))


def _formatted(error: BaseException, with_stack: bool) -> str:
    try:
        if with_stack:
            lines = traceback.TracebackException(type(error), error, error.__traceback__, compact=True).format()
        else:
            lines = traceback.TracebackException(type(error), error, None).format_exception_only()
        return "".join(lines).rstrip("\n")
    except DeadlineReached:
        raise
    except BaseException as other:  # an exception group may be nested more deeply than can be printed
        return f"{type_name(type(error))}: (the traceback could not be made: {type_name(type(other))})"


def _refused_at(error: BaseException, cell: Cell, by_parser: bool) -> Span | None:
    if isinstance(error, SyntaxError) and error.lineno is not None:
        line, end_line = error.lineno, error.end_lineno or error.lineno
        start, end = max((error.offset or 1) - 1, 0), max((error.end_offset or 0) - 1, 0)
        if not by_parser:
            start, end = cell.column(line, start), cell.column(end_line, end)
        if (end_line, end) <= (line, start):
            end_line, end = line, start + 1
        return Span(cell.index, max(line - cell.before, 1), start, max(end_line - cell.before, 1), end)
    offset = _unspeakable(error, cell.source)
    if offset is None:
        return None
    line = cell.source.count("\n", 0, offset) + 1
    column = offset - (cell.source.rfind("\n", 0, offset) + 1)
    return Span(cell.index, line, column, line, column + 1)


def _unspeakable(error: BaseException, source: str) -> int | None:
    """The index of the character that no Python source may have: a null, or half of a surrogate pair."""
    if isinstance(error, UnicodeEncodeError):
        return error.start
    index = source.find("\0")
    return index if index >= 0 and isinstance(error, SyntaxError | ValueError) else None
