"""`tensorpad.trace()`: a context manager that traces its block in an ordinary script.

with tensorpad.trace() as trace:
    loss = model(x).sum()
    loss.backward()
trace.save("step.html")
"""

import sys
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from tensorpad.kernel.errors import TraceError
from tensorpad.kernel.interrupts import deferred
from tensorpad.kernel.names import Names
from tensorpad.kernel.run import Traced, TracedRun
from tensorpad.protocol.limits import Limits
from tensorpad.sandbox.tracebacks import visible
from tensorpad.texts import Lang
from tensorpad.trace.program.files import NoSource, mentioned

if TYPE_CHECKING:
    import os
    from typing import Unpack

    from tensorpad.kernel.views import LiveView
    from tensorpad.recordings.page import Look
    from tensorpad.recordings.recording import Recording

_sys: Any = sys


class Trace:
    """A block that is traced, and then what was recorded of it.

    `lang` is the language of its explanations and of its page, by default that of the environment.
    """

    def __init__(self, *, lang: Lang | None = None, limits: Limits | None = None) -> None:
        self._lang: Lang = lang or environment_lang()
        self._limits = limits or Limits()
        self._run: TracedRun | None = None
        self._frame: FrameType | None = None
        self._traced: Traced | None = None
        self._recording: Recording | None = None

    def __enter__(self) -> Self:
        """Begin. Raises TraceError if another trace is running, or the source of the block cannot be found."""
        frame: FrameType = _sys._getframe(1)
        if self._run is not None or self._traced is not None:
            raise TraceError("this trace has been used; call tensorpad.trace() for another")
        names = Names(frame.f_globals, frame, self)
        run = TracedRun(names, self._limits)
        try:
            block, regions = run.files.block(frame)
        except NoSource as error:
            raise TraceError(
                f"tensorpad.trace() needs the source of its block: {error}. "
                "Enter it by a `with` statement in a file or in a notebook's cell."
            ) from None
        names.mention(mentioned(block.nodes), frame)
        run.tracer.cells.floor = frame
        run.watch.watch_block(frame, regions)
        with deferred():
            self._run, self._frame = run, frame
            try:
                run.begin(block, frame)
            except BaseException:
                self._run = self._frame = None
                raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End. An exception of the block's goes on, with the traceback that it would have without us."""
        with deferred():
            run, frame = self._run, self._frame
            self._run = self._frame = None
            if run is not None:
                self._traced = run.end(error, frame)
        if error is not None:
            clean(error)

    @property
    def traced(self) -> Traced:
        """What was recorded. Raises TraceError before the block has ended."""
        if self._traced is None:
            running = self._run is not None
            raise TraceError("the block has not ended" if running else "nothing has been traced: enter it by `with`")
        return self._traced

    @property
    def recording(self) -> "Recording":
        """The recording of the block, made when it is first asked for."""
        if self._recording is None:
            # Loaded only when something is to be shown: a trace that is only looked at needs none of it.
            from tensorpad.kernel.answers import drawing

            self._recording = drawing.recording(self.traced, self._lang, self._limits)
        return self._recording

    def save(self, path: "str | os.PathLike[str]", *, title: str | None = None, **look: "Unpack[Look]") -> None:
        """Write a page (`.html`) that needs nothing else, or a recording (`.tpad`): the suffix decides. `look` is of a page.

        Raises TraceError for another suffix, and OSError.
        """
        from tensorpad.kernel.pages import write

        write(self.recording, path, title=title, **look)

    def show(self, *, title: str | None = None, **look: "Unpack[Look]") -> None:
        """Show it: below the cell in a notebook, else in the browser."""
        from tensorpad.kernel.pages import present

        present(self.recording, title=title, **look)

    def view(self, *, title: str | None = None, **look: "Unpack[Look]") -> "LiveView":
        """What a notebook shows of it, as an object: its `step`, `view` and `of` are those that its reader looks at, and can
        be set. Show it as the last line of a cell. Raises TraceError if `tensorpad[jupyter]` is not installed.
        """
        from tensorpad.kernel.views import LiveView

        return LiveView(self.recording, title=title, **look)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """What a notebook shows of it."""
        from tensorpad.kernel.pages import bundle

        return {"text/plain": repr(self)} if self._traced is None else bundle(self.recording)


def trace(*, lang: Lang | None = None) -> Trace:
    """Trace the block of the `with` statement that enters the result."""
    return Trace(lang=lang)


def environment_lang() -> Lang:
    """The language of the environment, if it is one of ours."""
    import locale

    name = locale.getlocale(locale.LC_MESSAGES)[0] or ""
    return "zh-CN" if name.startswith(("zh", "Chinese")) else "en"


def clean(error: BaseException) -> None:
    """Leave our frames out of the traceback of an exception, and of those that it came from."""
    pending: list[BaseException | None] = [error]
    visited: set[int] = set()
    while pending:
        one = pending.pop()
        if one is None or id(one) in visited:
            continue
        visited.add(id(one))
        shown: TracebackType | None = None
        for link in reversed(visible(one.__traceback__)):
            shown = TracebackType(shown, link.tb_frame, link.tb_lasti, link.tb_lineno)
        one.__traceback__ = shown
        pending += [one.__cause__, one.__context__]
