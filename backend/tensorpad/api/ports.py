"""What the API needs of the stages behind it, as protocols, so that a cluster or a test can stand in for them."""

from typing import Protocol

from tensorpad.graph.model import Graph
from tensorpad.pool.isolation import PoolStatus
from tensorpad.pool.runner import Runner
from tensorpad.render.renderer import Picture
from tensorpad.render.themes import GraphStyle, Theme
from tensorpad.texts import Lang


class Pool(Runner, Protocol):
    """A runner that says how it is."""

    def status(self) -> PoolStatus:
        """A snapshot. Raises Unavailable before the first worker is ready."""
        ...


class Drawer(Protocol):
    """Draws graphs, each within its time; see `render.renderer.Renderer` for what is raised."""

    async def draw_graph(
        self, graph: Graph, style: GraphStyle = ..., theme: Theme = ..., title: str | None = ..., lang: Lang = ...
    ) -> Picture:
        """Draw a graph of ours; a picture whose layout took too long has no SVG."""
        ...

    async def draw_graph_png(self, graph: Graph, style: GraphStyle = ..., theme: Theme = ..., lang: Lang = ...) -> bytes:
        """Draw a graph of ours as a bitmap."""
        ...

    async def draw_display(self, dot: str, prefix: str, title: str) -> str:
        """Draw DOT source of a program's own as SVG; ids in it begin with `prefix`."""
        ...
