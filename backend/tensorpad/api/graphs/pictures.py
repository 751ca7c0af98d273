"""The pictures of one run, drawn one after another and within one time for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence

from msgspec.structs import asdict, replace

from tensorpad.api.ports import Drawer
from tensorpad.api.runs.answer import Display
from tensorpad.graph.model import Graph
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.errors import TensorpadError
from tensorpad.protocol.limits import Limits
from tensorpad.render.errors import DrawTimeout
from tensorpad.render.looks import Look
from tensorpad.render.renderer import Picture, dot_source
from tensorpad.texts import CATALOGUES, Lang


class Pictures:
    """Draws what one run shows. A display that streaming draws is not drawn again for the final answer."""

    def __init__(self, drawer: Drawer, limits: Limits, lang: Lang) -> None:
        self._drawer = drawer
        self._look = Look(lang=lang)
        self._notes = CATALOGUES[lang].displays
        self._draw_s = limits.draw_s
        # A graph may be drawn twice, the second time folded, and may have to wait for another picture before.
        self._budget_s = 3 * limits.draw_s
        self._most = limits.graphs
        # A run with hundreds of pictures must not stand before everybody else's in the line: it has one there at a time.
        self._turn = asyncio.Semaphore()
        self._displays: dict[tuple[int, int], asyncio.Task[Display]] = {}

    async def displays(self, cell: int, records: Sequence[DisplayRecord]) -> tuple[Display, ...]:
        """The displays of a cell, of whose graphs at most `limits.graphs` are drawn."""
        return tuple(await asyncio.gather(*(self.display(cell, index, records) for index in range(len(records)))))

    async def display(self, cell: int, index: int, records: Sequence[DisplayRecord]) -> Display:
        """One display of those that a cell has had by then."""
        record = records[index]
        if record.kind == "graph" and sum(other.kind == "graph" for other in records[:index]) >= self._most:
            return _display(record, None, self._notes["too_many"].format(most=self._most))
        if (cell, index) not in self._displays:
            work = self._draw_display(f"c{cell}d{index}", record) if record.kind == "graph" else self._clean(record)
            self._displays[cell, index] = asyncio.create_task(work)
        return await self._displays[cell, index]

    async def _draw_display(self, prefix: str, record: DisplayRecord) -> Display:
        drawn, note = await self._noted(lambda: self._drawer.draw_display(record.dot, prefix, record.title))
        return _display(record, drawn, note)

    async def _clean(self, record: DisplayRecord) -> Display:
        mime = record.mime
        assert mime is not None, "its check says so"
        cleaned, note = await self._noted(lambda: self._drawer.clean(mime, record.data))
        return _display(replace(record, data=cleaned or ""), None, note)

    async def _noted(self, work: Callable[[], Awaitable[str]]) -> tuple[str | None, str | None]:
        """What is drawn or cleaned, or a note that says why it is not."""
        try:
            async with asyncio.timeout(self._budget_s), self._turn:
                return await work(), None
        except TimeoutError:
            return None, self._notes["too_slow"].format(limit=self._budget_s)
        except DrawTimeout:
            return None, self._notes["too_slow"].format(limit=self._draw_s)
        except TensorpadError as error:  # what Graphviz itself says of the source, in English
            return None, str(error)

    async def graphs(self, graphs: Iterable[Graph]) -> list[Picture]:
        """A picture of each graph; one that cannot be drawn in time has no SVG."""
        until = asyncio.get_running_loop().time() + self._budget_s
        return [await self._draw_graph(graph, until) for graph in graphs]

    def sources(self, graphs: Iterable[Graph]) -> list[Picture]:
        """The source of each graph's picture, which is not drawn."""
        return [Picture(None, dot_source(graph, self._look)) for graph in graphs]

    async def _draw_graph(self, graph: Graph, until: float) -> Picture:
        try:
            async with asyncio.timeout_at(until), self._turn:
                return await self._drawer.draw_graph(graph, self._look)
        except (TimeoutError, TensorpadError):
            # The program has run; its answer is worth more than a picture in it.
            return self.sources([graph])[0]


def undrawn(record: DisplayRecord) -> Display:
    """A display whose picture was not asked for."""
    return _display(replace(record, data=""), None, None)


def _display(record: DisplayRecord, svg: str | None, note: str | None) -> Display:
    return Display(**asdict(record), svg=svg, note=note)
