"""The composition root: settings in, application out. Importing it has no effect."""

import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI

from tensorpad import __version__
from tensorpad.api import problems
from tensorpad.api.about import about_routes
from tensorpad.api.boundary import Boundary
from tensorpad.api.cache import AnswerCache
from tensorpad.api.compression import Compression
from tensorpad.api.glossary import glossary_routes
from tensorpad.api.graphs.failure_pictures import FailurePictures
from tensorpad.api.graphs.previews import preview_routes
from tensorpad.api.graphs.routes import graph_routes
from tensorpad.api.head import HeadRequests
from tensorpad.api.health import health_routes
from tensorpad.api.inquiries.routes import inquiry_routes
from tensorpad.api.lessons import lesson_routes
from tensorpad.api.making import AnswerMaker
from tensorpad.api.metrics import Metrics
from tensorpad.api.names import name_routes
from tensorpad.api.oembed import oembed_routes
from tensorpad.api.openapi import DESCRIPTION, DescribedAPI
from tensorpad.api.pages.report import report_routes
from tensorpad.api.pages.routes import BUILT, page_routes
from tensorpad.api.ports import Drawer, Pool
from tensorpad.api.proxies import RootPathTaken, put_behind
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.route_names import RouteNames
from tensorpad.api.runs.batch import batch_routes
from tensorpad.api.runs.idempotency import IdempotencyKeys
from tensorpad.api.runs.kept import KeptRuns
from tensorpad.api.runs.kept_routes import kept_routes
from tensorpad.api.runs.registry import RunRegistry
from tensorpad.api.runs.routes import run_routes
from tensorpad.api.runs.runs import Runs
from tensorpad.api.runs.service import Service
from tensorpad.api.snippets import snippet_routes
from tensorpad.api.stages import started
from tensorpad.api.tallies import tally_routes
from tensorpad.lessons.library import Library, library
from tensorpad.pool.isolation import IsolationStatus
from tensorpad.pool.local_pool import LocalPool
from tensorpad.pool.queue import RunQueue
from tensorpad.protocol.limits import MIB, Limits
from tensorpad.render.renderer import Renderer
from tensorpad.settings import ConfigurationError, Settings
from tensorpad.snippets.errors import StoreUnavailable
from tensorpad.snippets.store import SnippetStore
from tensorpad.tallies.question import Questions
from tensorpad.tallies.store import TalliesUnavailable, TallyStore

log = logging.getLogger("tensorpad")

NAMES_CACHE_BYTES = 4 * MIB
PREVIEWS_CACHE_BYTES = 16 * MIB

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Site:
    """What a service shows besides what programs do: the built pages, courses, and how their gates are answered.

    `report` says whether what the counts say is shown.
    """

    pages: Path = BUILT
    library: Library = field(default_factory=library)
    tallies: TallyStore = field(default_factory=lambda: TallyStore(None))
    report: bool = False


SITE = Site()


class IsolationMissing(Exception):
    """Layers of isolation do not hold, and the service would be reachable from other machines."""


def create_app(settings: Settings) -> FastAPI:
    """The service of this machine. Its processes start with its lifespan.

    Raises ConfigurationError if its prefix cannot be told from its own addresses. The lifespan raises Unavailable,
    IsolationMissing, and ConfigurationError if the file of stored programs or of counts is unusable.
    """
    pool, renderer = LocalPool(settings.limits, settings.profile), Renderer(settings.limits)
    store = SnippetStore(settings.snippets_path, settings.limits.snippets)
    tallies = TallyStore(settings.tallies_path)
    shown = Site(library=library(settings.lessons_path), tallies=tallies, report=settings.report == "on")

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with opened(store, settings), counting(shown.tallies), started(pool, renderer):
            require_isolation(settings, pool.status().isolation)
            yield

    app = assemble(pool, renderer, settings.limits, store, lifespan, shown)
    try:
        put_behind(app, settings.root_path, settings.trusted_proxies)
    except RootPathTaken as error:
        raise ConfigurationError(f"TENSORPAD_ROOT_PATH: {error}") from None
    return app


@asynccontextmanager
async def opened(store: SnippetStore, settings: Settings) -> AsyncGenerator[None]:
    """The store. If its default file cannot be opened, the service runs without; if a chosen one cannot, it ends."""
    try:
        await store.open()
    except StoreUnavailable as error:
        if "snippets" in settings.model_fields_set:
            raise ConfigurationError(f"TENSORPAD_SNIPPETS: {error}; name a file that can be written, or off") from None
        log.warning("no programs can be stored: %s (TENSORPAD_SNIPPETS names another file)", error)
    try:
        yield
    finally:
        await store.close()


@asynccontextmanager
async def counting(tallies: TallyStore) -> AsyncGenerator[None]:
    """The store of counts. Raises ConfigurationError if the file, which somebody has chosen, cannot be opened."""
    try:
        await tallies.open()
    except TalliesUnavailable as error:
        raise ConfigurationError(f"TENSORPAD_TALLIES: {error}; name a file that can be written, or off") from None
    try:
        yield
    finally:
        await tallies.close()


def require_isolation(settings: Settings, isolation: IsolationStatus) -> None:
    """Raises IsolationMissing, with what to do, unless only this machine can reach the service or the layer is excused."""
    missing = [layer for layer in isolation.layers if not layer.held and layer.name not in settings.allow_missing]
    if settings.loopback or not missing:
        return
    lines = [f"  {layer.name}: {layer.detail} (to do without it: --allow-missing={layer.name})" for layer in missing]
    raise IsolationMissing(
        f"Refusing to listen on {settings.host}: it is reachable from other machines, and these layers of isolation do "
        "not hold:\n" + "\n".join(lines) + "\nListen on 127.0.0.1, or name each layer that may be missing."
    )


def assemble(
    pool: Pool,
    drawer: Drawer,
    limits: Limits,
    store: SnippetStore,
    lifespan: Lifespan | None = None,
    site: Site = SITE,
) -> FastAPI:
    """The routes over given stages."""
    graphs, previews, names = AnswerCache(), AnswerCache(PREVIEWS_CACHE_BYTES), AnswerCache(NAMES_CACHE_BYTES)
    kept = KeptRuns(limits)
    metrics = Metrics(pool, {"graphs": graphs, "previews": previews, "names": names}, kept)
    service = Service(pool, drawer, limits, metrics)
    registry, rate_limit = RunRegistry(), RateLimit(limits.requests_per_minute)
    asked = Questions()
    answering = RunQueue(limits.concurrency, limits.queue, limits.queue_s)
    runs = Runs(service, registry, kept, IdempotencyKeys(limits.kept_s), answering)
    app = DescribedAPI(
        limits,
        title="Tensorpad",
        version=__version__,
        description=DESCRIPTION,
        # The built page has documentation that needs no other host.
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        # The address of a graph contains a person's program, which must not reach other sites.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    for router in (
        run_routes(runs, rate_limit),
        kept_routes(runs, rate_limit),
        batch_routes(runs, rate_limit),
        graph_routes(service, AnswerMaker(graphs, registry, rate_limit), store),
        preview_routes(service, AnswerMaker(previews, registry, rate_limit), store),
        inquiry_routes(service, registry, rate_limit),
        name_routes(service, AnswerMaker(names, registry, rate_limit)),
        snippet_routes(store, limits, RateLimit(limits.snippets_per_minute, what="snippets")),
        about_routes(pool, limits, store),
        health_routes(pool, metrics),
        oembed_routes(store, limits),
        lesson_routes(site.library, site.tallies),
        tally_routes(site.library, site.tallies, asked, limits, RateLimit(limits.tallies_per_minute, what="answers")),
        *((report_routes(site.library, site.tallies, asked),) if site.report else ()),
        glossary_routes(),
        # These take all addresses that are left.
        page_routes(store, limits, site.pages, site.library),
    ):
        app.add_routes(router)
    for error, handler in problems.HANDLERS.items():
        app.add_exception_handler(error, handler)
    app.add_middleware(RouteNames)
    app.add_middleware(Compression)
    app.add_middleware(Boundary, metrics=metrics, address_bytes=limits.address_bytes)
    app.add_middleware(FailurePictures, drawer=drawer)
    app.add_middleware(HeadRequests)
    return app
