"""Watches code that was compiled without us, as it runs: an ordinary script's, or a function of an earlier cell.

NOTE [Why frames are traced]
1. The block of a `with` statement is running when it is entered: its code cannot be replaced any more by code that reports
   its statements. The interpreter's own tracing (`sys.settrace`) can still be turned on for its frame.
2. A line is no statement. So each event is looked up in the regions of the code, which come from the syntax tree, and an
   instrumented cell would report the same: see `regions.py`. Where two statements are on one line, the interpreter is asked
   for an event at each instruction.
3. Only frames of the program's own module are traced, the block's and those that are entered from it; a call of any other
   function costs one look at its frame. That is several times slower than an instrumented cell, for as long as the block
   lasts.
4. A debugger or a measurement of coverage may trace the program, too. It gets the events that it would get.
5. In a function, Python 3.12 and older copies local variables into a dictionary for each event. That copy would keep them
   alive for as long as the frame is, so it is emptied at the end.
"""

import dis
import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from tensorpad.trace.program.cells import Cells, is_call
from tensorpad.trace.program.files import Files, has_fast_locals
from tensorpad.trace.program.probe_points import ProbePoint
from tensorpad.trace.program.regions import Region, Regions

Reached = Callable[[ProbePoint, tuple[Any, ...], FrameType], None]
_YIELDS = frozenset({dis.opmap["YIELD_VALUE"], dis.opmap["RETURN_GENERATOR"]})
_SWALLOW = frozenset(dis.opmap[name] for name in ("FOR_ITER", "SEND", "END_SEND") if name in dis.opmap)
"""Instructions that end an iteration by an exception that goes no further."""
_RESUME = dis.opmap["RESUME"]


class FrameWatch:
    """While entered, reports the statements of a block and of functions of the module `module` that run in this thread.

    `reached` gets each point with the values of its names, and its frame. `moved` is called before that with the block's
    frame when it is there.
    """

    def __init__(self, cells: Cells, files: Files, module: dict[str, Any], reached: Reached) -> None:
        self.moved: Callable[[FrameType], None] = _nothing
        self.closed = False
        self._cells = cells
        self._files = files
        self._module = module
        self._reached = reached
        self._regions: dict[int, tuple[CodeType, Regions | None]] = {}
        self._previous: Any = None
        self._block: WatchedFrame | None = None

    def watch_block(self, frame: FrameType, regions: Regions) -> None:
        """Watch a frame that is running already. To be called before the watch is entered."""
        self._block = WatchedFrame(self, frame, regions, frame.f_trace, block=True)

    def __enter__(self) -> None:
        self._previous = sys.gettrace()
        if self._block is not None:
            self._block.start()
        sys.settrace(self._called)

    def __exit__(self, *_: object) -> None:
        self.stop()
        if self._block is not None:
            self._block.stop()

    def pause(self) -> None:
        """Watch nothing for a while."""
        if sys.gettrace() == self._called:
            sys.settrace(self._previous)

    def stop(self) -> None:
        """Watch nothing any more."""
        self.pause()
        self.closed = True

    def go_on(self) -> None:
        """Watch again."""
        if not self.closed:
            sys.settrace(self._called)

    def flush(self) -> None:
        """The block has ended in the ordinary way: report its last statement, if that has not been."""
        if self._block is not None:
            self._block.leave()

    def report(self, point: ProbePoint, frame: FrameType, block: bool) -> None:
        """A frame has reached a point."""
        if block:
            self.moved(frame)
        local, module = (frame.f_locals if point.names else {}), frame.f_globals
        try:
            values = tuple([local[name] if name in local else module[name] for name in point.names])
        except KeyError:
            return
        self._reached(point, values, frame)

    def _called(self, frame: FrameType, event: str, arg: Any) -> Any:
        chained = None
        if self._previous is not None:
            chained = self._previous(frame, event, arg)
            if sys.gettrace() != self._called:  # one that is written in C puts itself in our place
                sys.settrace(self._called)
        if frame.f_globals is not self._module or self.closed:
            return chained
        watched = frame.f_trace
        if isinstance(watched, WatchedFrame) and watched.watch is self:
            watched.chained = chained
            return watched
        code = frame.f_code
        if is_call(code) or code.co_filename in self._cells.filenames:
            return chained
        regions = self._regions_of(frame)
        if regions is None:
            return chained
        watched = WatchedFrame(self, frame, regions, chained)
        watched.begin(frame)
        return watched

    def _regions_of(self, frame: FrameType) -> Regions | None:
        code = frame.f_code
        known = self._regions.get(id(code))
        if known is None:
            known = self._regions[id(code)] = code, self._files.regions(frame)
        return known[1]


class WatchedFrame:
    """The trace function of one frame: where the frame is. `chained` is the function that it would have without us."""

    __slots__ = ("_block", "_frame", "_last", "_opcodes", "_region", "_regions", "chained", "watch")

    def __init__(self, watch: FrameWatch, frame: FrameType, regions: Regions, chained: Any, block: bool = False) -> None:
        self.watch = watch
        self.chained = chained
        self._block = block
        self._frame = frame if block else None
        self._regions = regions
        self._region: Region | None = None
        self._last = -1
        self._opcodes = frame.f_trace_opcodes
        if regions.crowded and not block:
            frame.f_trace_opcodes = True

    def start(self) -> None:
        """Trace the block's frame, which is running."""
        if self._frame is not None:
            self._frame.f_trace_opcodes = self._opcodes or self._regions.crowded
            self._frame.f_trace = self

    def begin(self, frame: FrameType) -> None:
        """A function has been called; or one that yields goes on, which was called before it was watched."""
        code = frame.f_code.co_code
        at = frame.f_lasti
        fresh = not (code[at] == _RESUME and code[at + 1] & 3)
        if fresh and self._regions.entry is not None:
            self.watch.report(self._regions.entry, frame, False)

    def stop(self) -> None:
        """Trace the block's frame no longer, and let go of it."""
        frame, self._frame = self._frame, None
        if frame is None:
            return
        frame.f_trace_opcodes = self._opcodes
        if self.chained is None:
            del frame.f_trace
        else:
            frame.f_trace = self.chained
        if has_fast_locals(frame) and type(frame.f_locals) is dict:
            frame.f_locals.clear()

    def leave(self) -> None:
        """The block has been left, whose frame goes on."""
        if self._frame is not None:
            self._go(self._frame, None)

    def __call__(self, frame: FrameType, event: str, arg: Any) -> Any:
        """An event of the interpreter's."""
        if self.chained is not None and (event != "opcode" or self._opcodes):
            self.chained = self.chained(frame, event, arg)
        if self.watch.closed:
            return self.chained
        if event == ("opcode" if frame.f_trace_opcodes else "line"):
            self._moved(frame)
        elif event == "exception":
            if not (arg[0] is StopIteration and frame.f_code.co_code[frame.f_lasti] in _SWALLOW):
                self._region = None
        elif event == "return" and frame.f_code.co_code[frame.f_lasti] not in _YIELDS:
            self._go(frame, None)
        return self

    def _moved(self, frame: FrameType) -> None:
        at = frame.f_lasti
        found = self._regions.at(at)
        if found is None:
            return
        region, begins = found
        if region is not self._region or (begins and at <= self._last):
            self._go(frame, region)
        self._last = at

    def _go(self, frame: FrameType, region: Region | None) -> None:
        """The frame has left its region in the ordinary way, and comes to another."""
        before, self._region = self._region, region
        around: set[Region] = set() if region is None else set(region.around())
        points: list[ProbePoint | None] = []
        if before is not None:
            points.append(before.after)
            points += [head.untaken for head in before.heads() if head not in around]
            points += [outer.left for outer in before.around() if outer not in around]
        if region is not None:
            if region.entered is not None and before is region.outer:
                points.append(region.entered)
            points.append(region.before)
        for point in points:
            if point is not None:
                self.watch.report(point, frame, self._block)


def _nothing(_: FrameType) -> None:
    """There is nothing to prepare."""
