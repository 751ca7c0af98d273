"""Stand-ins for the stages behind the API: a runner that plays what a test tells it, and a drawer that draws nothing."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import msgspec
from tensorpad.api.proxies import put_behind
from tensorpad.app import Site, assemble
from tensorpad.graph.model import Graph
from tensorpad.lessons.library import Library, library
from tensorpad.pool.isolation import IsolationStatus, LayerStatus, PoolStatus
from tensorpad.pool.runner import Listener
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import CellOutput, Completed, Environment, Outcome, Timing
from tensorpad.protocol.records import CellRecord, ErrorRecord, ResultRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render.failures import Failure
from tensorpad.render.looks import PLAIN, Look
from tensorpad.render.previews import Preview
from tensorpad.render.renderer import Bitmap, Picture
from tensorpad.render.themes import Theme
from tensorpad.snippets.store import SnippetStore
from tensorpad.tallies.store import TallyStore

ENVIRONMENT = Environment("2.13.0", "3.11.7", "cpu", "strict")
TIMING = Timing(0.5, 1.5)
Script = Callable[[RunRequest, Listener], Awaitable[Outcome]]


def cell(
    *,
    index: int = 0,
    stdout: str = "",
    text: str | None = None,
    error: ErrorRecord | None = None,
    displays: tuple[DisplayRecord, ...] = (),
) -> CellOutput:
    """A cell that came to its end."""
    record = CellRecord(index, "error" if error else "ok", ResultRecord(text, None) if text else None, error)
    return CellOutput(stdout, "", started=True, record=record, displays=displays)


def completed(*cells: CellOutput, trace: TraceRecord | None = None) -> Completed:
    """A program that ran to its end."""
    trace = trace or TraceRecord()
    report = msgspec.msgpack.encode(trace)
    return Completed(
        cells=cells or (cell(),),
        trace=trace,
        timing=TIMING,
        environment=ENVIRONMENT,
        report_bytes=len(report),
        report=msgspec.Raw(report),
    )


@dataclass
class ScriptedPool:
    """Answers each run with `script`, and remembers what was asked."""

    script: Script | None = None
    outcome: Outcome = field(default_factory=completed)
    failure: Exception | None = None
    requests: list[RunRequest] = field(default_factory=list[RunRequest])
    environment: Environment = ENVIRONMENT
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, request: RunRequest, listener: Listener | None = None) -> Outcome:
        """Play the script."""
        self.requests.append(request)
        if self.failure is not None:
            raise self.failure
        if self.script is None:
            return self.outcome
        try:
            return await self.script(request, listener or (lambda _: None))
        except asyncio.CancelledError:
            self.cancelled.set()
            raise

    def status(self) -> PoolStatus:
        """Two parked workers in two layers, of which one is missing."""
        layers = (
            LayerStatus("seccomp", held=True, detail="1 act refused"),
            LayerStatus("cgroup", held=False, detail="no group"),
        )
        return PoolStatus(2, 0, 0, IsolationStatus("strict", layers))


@dataclass
class ScriptedDrawer:
    """Gives a picture that names what was to be drawn, raises `failure`, never ends, or finds no layout.

    `padding` makes bitmaps larger. With `folded` the layout of every graph takes too long.
    """

    failure: Exception | None = None
    endless: bool = False
    layout: bool = True
    folded: bool = False
    padding: bytes = b""
    drawn: list[str] = field(default_factory=list[str])
    looks: list[Look] = field(default_factory=list[Look])

    async def draw_graph(self, graph: Graph, look: Look = PLAIN, title: str | None = None) -> Picture:
        """One graph."""
        self.looks.append(look)
        await self._draw(graph.id)
        svg = f"<svg data-style='{look.style}' data-theme='{look.theme}' lang='{look.lang}'>{title or graph.root_name}</svg>"
        return Picture(svg if self.layout else None, f"digraph {graph.id} {{}}", graph if self.folded else None)

    async def draw_bitmap(self, graph: Graph, look: Look = PLAIN, width: int | None = None) -> Bitmap:
        """One bitmap."""
        self.looks.append(look)
        await self._draw(graph.id)
        data = f"{look.fixed.theme} {width}".encode()
        return Bitmap(b"\x89PNG" + data + self.padding, graph if self.folded else None)

    async def draw_failure(self, failure: Failure, theme: Theme, width: int | None = None) -> bytes:
        """One failure."""
        await self._draw("failure")
        return b"\x89PNG" + f"{failure.heading}|{theme}|{width}".encode()

    async def draw_preview(self, preview: Preview, graph: Graph | None, look: Look) -> bytes:
        """The picture for links, whose bytes name what was to be in it."""
        await self._draw("preview")
        return b"\x89PNG" + repr((preview, graph.root_name if graph else None, look)).encode()

    async def draw_display(self, dot: str, prefix: str, title: str) -> str:
        """One display."""
        await self._draw(prefix)
        return f"<svg id='{prefix}'>{title}</svg>"

    async def clean(self, mime: str, data: str) -> str:
        """Media that are clean."""
        await self._draw(mime)
        return f"clean {data}"

    async def _draw(self, name: str) -> None:
        self.drawn.append(name)
        if self.failure is not None:
            raise self.failure
        if self.endless:
            await asyncio.Event().wait()


@dataclass
class Stage:
    """A client of an application over scripted stages."""

    client: httpx.AsyncClient
    pool: ScriptedPool
    drawer: ScriptedDrawer
    store: SnippetStore

    async def post(self, body: object, **headers: str) -> httpx.Response:
        """Send a run."""
        return await self.client.post(
            "/api/v1/runs", json=body, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )


@asynccontextmanager
async def stage(
    limits: Limits | None = None,
    pages: Path | None = None,
    snippets: Path | None = None,
    *,
    root_path: str = "",
    trusted: Sequence[str] = (),
    peer: str = "127.0.0.1",
    courses: Library | None = None,
    tallies: Path | None = None,
    report: bool = False,
) -> AsyncGenerator[Stage]:
    """An application and its client, whose address is `peer`. Programs are stored in the file `snippets`, if it is given,
    and first answers to gates counted in the file `tallies`.
    """
    pool, drawer, limits = ScriptedPool(), ScriptedDrawer(), limits or Limits()
    store = SnippetStore(snippets, limits.snippets)
    counts = TallyStore(tallies)
    site = Site(pages or Path("/nonexistent"), courses or library(), counts, report)
    app = assemble(pool, drawer, limits, store, site=site)
    put_behind(app, root_path, trusted)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(peer, 50000))
    await store.open()
    await counts.open()
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://tensorpad.test") as client:
            yield Stage(client, pool, drawer, store)
    finally:
        await counts.close()
        await store.close()
