"""What the API needs of the stages behind it, as protocols, so that a cluster or a test can stand in for them."""

from typing import Protocol

from tensorpad.graph.model import Graph
from tensorpad.pool.isolation import PoolStatus
from tensorpad.pool.runner import Runner
from tensorpad.protocol.displays import MediaType
from tensorpad.render.failures import Failure
from tensorpad.render.looks import Look
from tensorpad.render.previews import Preview
from tensorpad.render.renderer import Bitmap, Picture
from tensorpad.render.themes import Theme


class Pool(Runner, Protocol):
    """A runner that says how it is."""

    def status(self) -> PoolStatus:
        """A snapshot. Raises Unavailable before the first worker is ready."""
        ...


class Drawer(Protocol):
    """Draws graphs, each within its time; see `render.renderer.Renderer` for what is raised."""

    async def draw_graph(self, graph: Graph, look: Look = ..., title: str | None = ...) -> Picture:
        """Draw a graph of ours; a picture whose layout took too long has no SVG."""
        ...

    async def draw_bitmap(self, graph: Graph, look: Look = ..., width: int | None = ...) -> Bitmap:
        """Draw a graph of ours as PNG, of so many pixels across."""
        ...

    async def draw_failure(self, failure: Failure, theme: Theme, width: int | None = ...) -> bytes:
        """Draw what went wrong as PNG."""
        ...

    async def draw_preview(self, preview: Preview, graph: Graph | None, look: Look) -> bytes:
        """Draw the picture of a program that links show, with its graph, as PNG."""
        ...

    async def draw_display(self, dot: str, prefix: str, title: str) -> str:
        """Draw DOT source of a program's own as SVG; ids in it begin with `prefix`."""
        ...

    async def clean(self, mime: MediaType, data: str) -> str:
        """Make media that a program displays safe to show."""
        ...
