"""The same program in plain Python and in the program runner, with everything that it printed."""

import contextlib
import io
import linecache
import sys
import traceback
import types
import warnings
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import torch
from tensorpad.protocol import frames
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.inquiries import Answer, Inquiry
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import CellDone, CellStarted, Displayed, Finished, Report, RunRequest
from tensorpad.protocol.records import CellRecord
from tensorpad.protocol.traces import TraceRecord, check
from tensorpad.sandbox.program import run_program
from tensorpad.sandbox.seeds import seed_all
from tensorpad.trace.base.paths import without_roots

LIMITS = Limits()


@dataclass
class Course:
    """What a program reported and printed, in order. What was printed stands between the reports."""

    reports: list[Report] = field(default_factory=list[Report])
    printed: str = ""

    @property
    def cells(self) -> list[CellRecord]:
        return [report.cell for report in self.reports if isinstance(report, CellDone)]

    @property
    def cell(self) -> CellRecord:
        (cell,) = self.cells
        return cell

    @property
    def displays(self) -> list[list[DisplayRecord]]:
        """What each cell displayed."""
        found: list[list[DisplayRecord]] = []
        for report in self.reports:
            if isinstance(report, CellStarted):
                found.append([])
            elif isinstance(report, Displayed):
                found[-1].append(report.display)
        return found

    @property
    def trace(self) -> TraceRecord:
        (finished,) = [report for report in self.reports if isinstance(report, Finished)]
        assert self.reports[-1] is finished
        return finished.trace

    @property
    def answer(self) -> Answer | None:
        """What was answered to the one inquiry; None if nothing was asked."""
        return next(iter(self.trace.answers), None)


def run(*cells: str, limits: Limits = LIMITS, inquiry: Inquiry | None = None, **options: Any) -> Course:
    """Run a program; every report has been through its encoding, and the trace through the parent's checks."""
    course = Course()
    reader: frames.FrameReader[Report] = frames.FrameReader(Report, limits.frame_bytes)
    options.setdefault("timeout_s", 60.0)
    if inquiry is not None:
        options["inquiries"] = (inquiry,)

    def report(message: Report) -> None:
        course.reports.extend(reader.feed(frames.encode(message)))

    # A program of the worker's own process may leave gradients switched off; here others run after it.
    with _printing() as printed, torch.enable_grad():
        run_program(RunRequest(cells=cells, **options), limits, report)
    course.printed = printed.getvalue()
    check(course.trace, limits)
    return course


def plainly(source: str, seed: int = 0) -> str:
    """What the program prints, its own traceback included, when nothing but Python runs it."""
    module = types.ModuleType("__main__")
    before = sys.modules["__main__"]
    linecache.cache["<cell 1>"] = (len(source), None, source.splitlines(keepends=True), "<cell 1>")
    sys.modules["__main__"] = module
    try:
        with _printing() as printed:
            seed_all(seed)
            code = compile(source, "<cell 1>", "exec", dont_inherit=True)
            try:
                exec(code, module.__dict__)
            except Exception as error:
                trace = error.__traceback__
                lines = traceback.format_exception(error.with_traceback(trace and trace.tb_next))
                print(without_roots("".join(lines).rstrip("\n")))
        return printed.getvalue()
    finally:
        sys.modules["__main__"] = before


def traced(source: str) -> str:
    """As `plainly`, in the program runner with the trace on."""
    course = run(source)
    error = course.cell.error
    return course.printed + (error.traceback + "\n" if error is not None else "")


@contextlib.contextmanager
def _printing() -> Generator[io.StringIO]:
    printed = io.StringIO()
    module: Any = warnings
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed), warnings.catch_warnings():
        # As a fresh Python has them; the test run's own turn warnings into errors and collect them.
        module._showwarnmsg_impl, module.showwarning = _print_warning, module._showwarning_orig
        warnings.resetwarnings()
        warnings.simplefilter("ignore", DeprecationWarning)
        yield printed


def _print_warning(message: Any) -> None:
    text = warnings.formatwarning(message.message, message.category, message.filename, message.lineno, message.line)
    sys.stderr.write(text)
