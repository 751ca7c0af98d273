"""Of the pictures of one run, one at a time stands in the line that all runs share."""

import asyncio
from typing import Any, cast

import pytest
from tensorpad.api.graphs.pictures import Pictures
from tensorpad.api.ports import Drawer
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.limits import Limits

pytestmark = pytest.mark.anyio

DISPLAY = DisplayRecord("graph", "", "digraph {}")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Line:
    """A drawer that counts who stands before it."""

    def __init__(self) -> None:
        self.standing = 0
        self.longest = 0

    async def draw_display(self, dot: str, prefix: str, title: str) -> str:
        return await self._draw(prefix)

    async def draw_graph(self, graph: Any, look: Any) -> Any:
        return await self._draw("g")

    async def _draw(self, drawn: str) -> str:
        self.standing += 1
        self.longest = max(self.longest, self.standing)
        await asyncio.sleep(0)
        self.standing -= 1
        return drawn


async def test_a_run_has_one_picture_in_the_line_however_many_it_shows() -> None:
    line = Line()
    pictures = Pictures(cast(Drawer, line), Limits(), "en")

    *cells, graphs = await asyncio.gather(
        *(pictures.displays(cell, (DISPLAY,) * 5) for cell in range(20)), pictures.graphs(cast(Any, [object()] * 5))
    )

    assert line.longest == 1
    assert [[display.svg for display in cell] for cell in cells] == [
        [f"c{cell}d{place}" for place in range(5)] for cell in range(20)
    ]
    assert len(graphs) == 5


async def test_two_runs_draw_side_by_side() -> None:
    line = Line()
    runs = [Pictures(cast(Drawer, line), Limits(), "en") for _ in range(2)]

    await asyncio.gather(*(run.displays(0, (DISPLAY,) * 5) for run in runs))

    assert line.longest == 2
