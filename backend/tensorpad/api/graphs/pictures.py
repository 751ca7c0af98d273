"""The pictures of one run, drawn one after another and within one time for all of them."""

import asyncio
from collections.abc import Iterable, Sequence

from tensorpad.api.ports import Drawer
from tensorpad.api.runs.schemas import DisplayBody, GraphStyle, Lang, Theme
from tensorpad.graph.model import Graph
from tensorpad.protocol.errors import TensorpadError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import DisplayRecord
from tensorpad.render import classic, dot
from tensorpad.render.errors import DrawingError
from tensorpad.render.renderer import Picture


def dot_source(graph: Graph, style: GraphStyle, theme: Theme, lang: Lang) -> str:
    """A graph as DOT, which takes no layout and so cannot fail."""
    if style == "torchviz":
        return classic.source(graph, lang)
    return dot.source(graph, dot.cards(graph, lang), theme)


class Pictures:
    """Draws what one run shows. A display that streaming draws is not drawn again for the final answer."""

    def __init__(self, drawer: Drawer, limits: Limits) -> None:
        self._drawer = drawer
        # A graph may be drawn twice, the second time folded, and may have to wait for another picture before.
        self._budget_s = 3 * limits.draw_s
        self._most = limits.graphs
        # A run with hundreds of pictures must not stand before everybody else's in the line: it has one there at a time.
        self._turn = asyncio.Semaphore()
        self._displays: dict[tuple[int, int], asyncio.Task[DisplayBody]] = {}

    async def displays(self, cell: int, records: Sequence[DisplayRecord]) -> list[DisplayBody]:
        """The displays of a cell, of which at most `limits.graphs` are drawn."""
        tasks: list[asyncio.Task[DisplayBody]] = []
        for place, record in enumerate(records[: self._most]):
            if (cell, place) not in self._displays:
                self._displays[cell, place] = asyncio.create_task(self._draw_display(f"c{cell}d{place}", record))
            tasks.append(self._displays[cell, place])
        note = f"Only the first {self._most} graphs of a cell are drawn (limits.graphs)."
        return await asyncio.gather(*tasks) + [_display(record, None, note) for record in records[self._most :]]

    async def _draw_display(self, prefix: str, record: DisplayRecord) -> DisplayBody:
        svg, note = None, None
        try:
            async with asyncio.timeout(self._budget_s), self._turn:
                svg = await self._drawer.draw_display(record.dot, prefix, record.title)
        except TimeoutError:
            note = f"It could not be drawn within {self._budget_s:g} s."
        except (DrawingError, TensorpadError) as error:
            note = str(error)
        return _display(record, svg, note)

    async def graphs(self, graphs: Iterable[Graph], lang: Lang) -> list[Picture]:
        """A picture of each graph; one that cannot be drawn in time has no SVG."""
        until = asyncio.get_running_loop().time() + self._budget_s
        return [await self._draw_graph(graph, lang, until) for graph in graphs]

    async def _draw_graph(self, graph: Graph, lang: Lang, until: float) -> Picture:
        try:
            async with asyncio.timeout_at(until), self._turn:
                return await self._drawer.draw_graph(graph, lang=lang)
        except (TimeoutError, DrawingError, TensorpadError):
            # The program has run; its answer is worth more than a picture in it.
            return Picture(None, dot_source(graph, "tensorpad", "light", lang))


def _display(record: DisplayRecord, svg: str | None, note: str | None) -> DisplayBody:
    return DisplayBody(kind="graph", title=record.title, svg=svg, dot=record.dot, note=note)
