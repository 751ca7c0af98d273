"""The pictures of one run, drawn one after another and within one time for all of them."""

import asyncio
from collections.abc import Iterable, Sequence

from msgspec.structs import asdict

from tensorpad.api.ports import Drawer
from tensorpad.api.runs.answer import Display
from tensorpad.graph.model import Graph
from tensorpad.protocol.errors import TensorpadError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import DisplayRecord
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
        """The displays of a cell, of which at most `limits.graphs` are drawn."""
        tasks: list[asyncio.Task[Display]] = []
        for index, record in enumerate(records[: self._most]):
            if (cell, index) not in self._displays:
                self._displays[cell, index] = asyncio.create_task(self._draw_display(f"c{cell}d{index}", record))
            tasks.append(self._displays[cell, index])
        note = self._notes["too_many"].format(most=self._most)
        left_out = (_display(record, None, note) for record in records[self._most :])
        return (*await asyncio.gather(*tasks), *left_out)

    async def _draw_display(self, prefix: str, record: DisplayRecord) -> Display:
        svg, note = None, None
        try:
            async with asyncio.timeout(self._budget_s), self._turn:
                svg = await self._drawer.draw_display(record.dot, prefix, record.title)
        except TimeoutError:
            note = self._notes["too_slow"].format(limit=self._budget_s)
        except DrawTimeout:
            note = self._notes["too_slow"].format(limit=self._draw_s)
        except TensorpadError as error:  # what Graphviz itself says of the source, in English
            note = str(error)
        return _display(record, svg, note)

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
    return _display(record, None, None)


def _display(record: DisplayRecord, svg: str | None, note: str | None) -> Display:
    return Display(**asdict(record), svg=svg, note=note)
