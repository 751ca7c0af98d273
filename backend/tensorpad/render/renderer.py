"""Pictures within their time: a few warm drawing processes, each replaced when it overruns, dies or grows old."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from functools import cache
from typing import Concatenate, ParamSpec, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tensorpad.graph.folding import fold
from tensorpad.graph.model import Graph
from tensorpad.protocol.displays import MediaType
from tensorpad.protocol.drawing import CleanRequest, DrawRequest, Inset, PictureFormat
from tensorpad.protocol.errors import Overloaded, Unavailable
from tensorpad.protocol.limits import KIB, Limits
from tensorpad.render import classic, dot, svg
from tensorpad.render.bitmaps import frame
from tensorpad.render.drawing_process import DrawerDied, DrawingProcess
from tensorpad.render.errors import DrawError, DrawingError, DrawTimeout
from tensorpad.render.failures import Failure, failure_dot
from tensorpad.render.looks import PLAIN, Look
from tensorpad.render.previews import GRAPH_FRAME, Preview, graph_inset, preview_dot
from tensorpad.render.sanitiser import UnsafeSvg
from tensorpad.render.text import visible
from tensorpad.render.themes import Theme, palette
from tensorpad.texts import CATALOGUES

P = ParamSpec("P")
T = TypeVar("T")

_DRAWINGS = 2_000
"""Pictures after which a process is replaced, in case the library keeps memory."""
_CLEANED_AT_ONCE_BYTES = 256 * KIB
_FOLDED_NODES = 60
"""Nodes of the second attempt, after a layout that took too long."""


class Picture(Struct, frozen=True):
    """A graph as SVG that is complete in itself and safe to show (None if it could not be drawn), and as DOT source.

    `shown` is the graph in them, if it had to be folded more than the given one: the layout of that took too long.
    """

    svg: str | None
    dot: str
    shown: Graph | None = None


class Bitmap(Struct, frozen=True):
    """A graph as PNG. `shown` is the graph in it, if it had to be folded more than the given one."""

    data: bytes
    shown: Graph | None = None


class Renderer:
    """Draws with `processes` warm processes at a time and one to spare."""

    def __init__(self, limits: Limits, processes: int = 1) -> None:
        self.layers: tuple[str, ...] = ()
        """What confines the drawing processes; empty before one is ready."""
        self._limits = limits
        self._wanted = processes + 1
        self._places = asyncio.Semaphore(processes)
        self._idle: list[DrawingProcess] = []
        self._filled = asyncio.Condition()
        self._starting = 0
        self._waiting = 0
        self._failures = 0
        self._failure = ""
        self._busy = 0
        self._closed = False
        self._starts: set[asyncio.Task[None]] = set()
        self._ends: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the processes and wait for the first. Raises Unavailable if none can be started."""
        self._closed = False
        self._failures = 0
        self._fill()
        drawer = await self._take()
        await self._give_back(drawer)

    async def close(self) -> None:
        """End every process."""
        self._closed = True
        for task in self._starts:
            task.cancel()
        await asyncio.gather(*self._starts, *self._ends, return_exceptions=True)
        idle, self._idle = self._idle, []
        for drawer in idle:
            await drawer.end()
        async with self._filled:
            self._filled.notify_all()

    async def draw(
        self,
        dot: str,
        format: PictureFormat = "svg",
        asked: Callable[[], object] | None = None,
        inset: Inset | None = None,
    ) -> bytes:
        """Draw DOT source. The picture is as Graphviz made it: SVG is not safe to show before `svg.display_svg`.

        `asked` is called while a process is at work, and again if another has to take its place. Raises DrawError,
        DrawTimeout, Overloaded, Unavailable.
        """
        return await self._in_turn(DrawRequest(dot, format, inset), asked)

    async def clean(self, mime: MediaType, data: str) -> str:
        """Media that a program displays, safe to show; an SVG as a picture only (`render.media`).

        Raises DrawError, DrawTimeout, Overloaded, Unavailable.
        """
        return (await self._in_turn(CleanRequest(mime, data))).decode()

    async def _in_turn(self, request: DrawRequest | CleanRequest, asked: Callable[[], object] | None = None) -> bytes:
        if self._waiting >= self._limits.queue:
            raise Overloaded("too many pictures are waiting to be drawn", self._limits.draw_s)
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        try:
            return await self._draw(request, asked)
        finally:
            self._places.release()

    async def draw_graph(self, graph: Graph, look: Look = PLAIN, title: str | None = None) -> Picture:
        """Draw a graph of ours as SVG: if the layout takes too long, once more with fewer nodes, else without a picture.

        Raises Overloaded and Unavailable.
        """

        async def vector(shown: Graph, note: str | None) -> Picture:
            return await self._graph(shown, note, look, title)

        try:
            drawn, shown = await self._in_time(graph, look, vector)
        except (DrawingError, UnsafeSvg):
            return Picture(None, _source(graph, look))
        return drawn if shown is graph else replace(drawn, shown=shown)

    async def draw_bitmap(self, graph: Graph, look: Look = PLAIN, width: int | None = None) -> Bitmap:
        """Draw a graph of ours as PNG, of `width` pixels, on a filled ground; folded as SVG is, if it takes too long.

        Raises DrawError, DrawTimeout, Overloaded, Unavailable.
        """
        look = look.fixed

        async def bitmap(shown: Graph, note: str | None) -> bytes:
            framed = frame(width, note, palette(look.theme).muted)
            return await self.draw(_source(shown, look, framed), "png")

        data, shown = await self._in_time(graph, look, bitmap)
        return Bitmap(data, None if shown is graph else shown)

    async def draw_display(self, dot: str, prefix: str, title: str) -> str:
        """Draw DOT source that a program made, as SVG that is safe to show; its ids begin with `prefix`.

        Raises DrawError, DrawTimeout, Overloaded, Unavailable.
        """
        try:
            return await _beside(svg.display_svg, await self.draw(dot), prefix, visible(title))
        except UnsafeSvg as error:
            raise DrawError(str(error)) from None

    async def draw_failure(self, failure: Failure, theme: Theme, width: int | None = None) -> bytes:
        """Draw what went wrong as PNG. Raises DrawError, DrawTimeout, Overloaded, Unavailable."""
        return await self.draw(failure_dot(failure, theme, width), "png")

    async def draw_preview(self, preview: Preview, graph: Graph | None, look: Look) -> bytes:
        """Draw the picture of a program that links show, with its graph, as PNG. If the graph takes too long, without it.

        Raises DrawError, DrawTimeout, Overloaded, Unavailable.
        """
        look = look.fixed
        if graph is not None:
            with contextlib.suppress(DrawTimeout):
                inset = graph_inset(_source(graph, look, GRAPH_FRAME))
                return await self.draw(preview_dot(preview, look.theme, beside=True), "png", inset=inset)
        return await self.draw(preview_dot(preview, look.theme, beside=False), "png")

    async def _in_time(self, graph: Graph, look: Look, draw: Callable[[Graph, str | None], Awaitable[T]]) -> tuple[T, Graph]:
        """What `draw` makes of the graph, and the graph; if its layout takes too long, one with fewer nodes, and a note."""
        try:
            return await draw(graph, None), graph
        except DrawTimeout:
            if len(graph.nodes) <= _FOLDED_NODES:
                raise
        folded = fold(graph, _FOLDED_NODES)
        note = CATALOGUES[look.lang].picture.hurried
        limit = f"{self._limits.draw_s:g}"
        return await draw(folded, note.format(nodes=len(folded.nodes), all=len(graph.nodes), limit=limit)), folded

    async def _graph(self, shown: Graph, note: str | None, look: Look, title: str | None) -> Picture:
        if look.style == "torchviz":
            source = classic.source(shown, look)
            drawn = await self.draw(source)
            texts = svg.texts(shown, look.lang, title)
            return Picture(await _beside(svg.graph_svg, drawn, shown.id, texts, note=note), source)
        cards = dot.cards(shown, look)

        @cache
        def written() -> tuple[str, svg.Texts]:
            return dot.source(shown, cards, replace(look, theme="light")), svg.texts(shown, look.lang, title)

        # What needs no layout is written while the process draws.
        drawn = await self.draw(dot.skeleton(shown, cards, look), asked=written)
        source, texts = written()
        return Picture(await _beside(svg.graph_svg, drawn, shown.id, texts, cards, look.theme, note), source)

    async def _draw(self, request: DrawRequest | CleanRequest, asked: Callable[[], object] | None) -> bytes:
        # Processes may have died while they were idle, all at once: that says nothing of the source, so others are asked.
        for left in reversed(range(self._wanted + 1)):
            drawer = await self._take()
            keep = False
            try:
                picture = await drawer.draw(request, asked)
                keep = True
                return picture
            except DrawError:
                keep = True
                raise
            except DrawerDied:
                if not left:
                    raise DrawError("Graphviz could not draw this graph") from None
            finally:
                if keep and drawer.drawn < _DRAWINGS:
                    await self._give_back(drawer)
                else:
                    self._replace(drawer)
        raise AssertionError("unreachable")

    async def _take(self) -> DrawingProcess:
        while True:
            while self._idle:
                drawer = self._idle.pop()
                self._busy += 1
                if drawer.alive:
                    return drawer
                self._replace(drawer)
            if self._closed:
                raise Unavailable("the service is stopping")
            if self._failures >= 3 and not self._starting:
                self._failures = 0
                raise Unavailable(f"no drawing process can be started: {self._failure}")
            self._fill()
            async with self._filled:
                if not self._idle:
                    await self._filled.wait()

    async def _give_back(self, drawer: DrawingProcess) -> None:
        self._busy -= 1
        if self._closed:
            await drawer.end()
            return
        self._idle.append(drawer)
        async with self._filled:
            self._filled.notify()

    def _replace(self, drawer: DrawingProcess) -> None:
        self._busy -= 1
        _spawn(drawer.end(), self._ends)
        self._fill()

    def _fill(self) -> None:
        if self._closed:
            return
        while len(self._idle) + self._busy + self._starting < self._wanted and self._failures < 3:
            self._starting += 1
            _spawn(self._start_one(), self._starts)

    async def _start_one(self) -> None:
        drawer: DrawingProcess | None = None
        try:
            drawer = DrawingProcess(self._limits)
            await drawer.ready()
            self.layers = drawer.layers
            self._idle.append(drawer)
            drawer = None
            self._failures = 0
        except (DrawerDied, OSError) as error:
            self._failures += 1
            self._failure = str(error)
        finally:
            self._starting -= 1
            if drawer is not None:
                await drawer.end()
            self._fill()
            async with self._filled:
                self._filled.notify_all()


async def _beside(clean: Callable[Concatenate[bytes, P], str], drawn: bytes, *args: P.args, **kwargs: P.kwargs) -> str:
    """Clean a picture: a small one at once; a large one in a thread, for a megabyte takes a tenth of a second or more."""
    if len(drawn) <= _CLEANED_AT_ONCE_BYTES:
        return clean(drawn, *args, **kwargs)
    return await asyncio.to_thread(clean, drawn, *args, **kwargs)


def _spawn(work: Coroutine[None, None, None], kept: set[asyncio.Task[None]]) -> None:
    task = asyncio.get_running_loop().create_task(work)
    kept.add(task)
    task.add_done_callback(kept.discard)


def dot_source(graph: Graph, look: Look) -> str:
    """A graph as DOT, which takes no layout and so cannot fail."""
    return _source(graph, look.fixed)


def _source(graph: Graph, look: Look, frame: str | None = None) -> str:
    if look.style == "torchviz":
        return classic.source(graph, look, frame)
    return dot.source(graph, dot.cards(graph, look), look, frame)
