"""The instructions that call torch, and a call that looks as if it were made from there."""

from types import CodeType, FrameType, FunctionType
from typing import Any

from tensorpad.protocol.records import Span
from tensorpad.trace.base.internals import handle_torch_function_code
from tensorpad.trace.program.cells import CALL, Cells

# One line, so that one line number applies to all of it.
_template: Any = eval("lambda function, args, kwargs: function(*args) if kwargs is None else function(*args, **kwargs)", {})
_TEMPLATE: CodeType = _template.__code__.replace(co_consts=(*_template.__code__.co_consts, CALL))


class CallSite:
    """One instruction that calls torch. `call(function, args, kwargs)` calls in its name.

    NOTE [Calls in the name of the caller]
    1. With a function mode active, torch passes each operation to our Python code, which makes the real call. So our frame
       would be the one that torch's own warnings are about: they would name our file and line, and Python would count
       "shown once already" in our module instead of in the program's cell.
    2. Therefore the real call is made by a one-line function that has the caller's file name, line, name and globals. One is
       made for each call site, and kept.
    3. `sandbox.tracebacks` recognises such frames by the last constant of their code, and leaves them out.
    """

    __slots__ = ("call", "code", "expression", "known", "span")

    def __init__(self, frame: FrameType) -> None:
        self.code = frame.f_code
        code = _TEMPLATE.replace(
            co_filename=self.code.co_filename,
            co_firstlineno=frame.f_lineno or 1,
            co_name=self.code.co_name,
            co_qualname=self.code.co_qualname,
        )
        self.call: Any = FunctionType(code, frame.f_globals)
        self.known = False
        self.span: Span | None = None
        self.expression: str | None = None


class CallSites:
    """Every call site that was seen."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        # A site keeps its code object, so an id in here is never that of another.
        self._sites: dict[tuple[int, int], CallSite] = {}

    def of(self, frame: FrameType) -> CallSite:
        """The site at which a frame is now."""
        key = (id(frame.f_code), frame.f_lasti)
        site = self._sites.get(key)
        if site is None:
            site = self._sites[key] = CallSite(frame)
        return site

    def own(self, frame: FrameType, at: CallSite | None = None) -> tuple[FrameType | None, CallSite]:
        """The frame of a cell's code at or around `frame`, and the site at which it is now, with span and expression.

        If there is no such frame, the site is that of `frame`, without either. `at` is the site of `frame`, if it is known.
        """
        own = self._cells.nearest(frame)
        site = at if at is not None and (own is None or own is frame) else self.of(own or frame)
        if own is None:
            return None, site
        if not site.known:
            site.known = True
            site.span = self._cells.span(own.f_code, own.f_lasti)
            cell = self._cells.of(own.f_code)
            if site.span is not None and cell is not None:
                site.expression = cell.text(site.span)
        return own, site


def caller(frame: FrameType) -> FrameType:
    """The frame that called torch, behind those with which a library function asks for overrides."""
    while frame.f_code is handle_torch_function_code:
        outer = frame.f_back and frame.f_back.f_back
        if outer is None:
            break
        frame = outer
    return frame
