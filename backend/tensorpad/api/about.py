"""`GET /api/v1/about`: what this service is, runs on, allows, and how it isolates programs."""

from dataclasses import asdict, dataclass
from importlib.metadata import version

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from tensorpad import __version__
from tensorpad.api.ports import Pool
from tensorpad.api.runs.schemas import EnvironmentBody
from tensorpad.protocol.limits import Limits
from tensorpad.snippets.store import SnippetStore
from tensorpad.texts import Lang

LANGUAGES: tuple[Lang, ...] = ("en", "zh-CN")


@dataclass(frozen=True, slots=True)
class LayerBody:
    """One layer of isolation: whether the start-up self-test found it to hold, and why not."""

    name: str
    held: bool
    detail: str


@dataclass(frozen=True, slots=True)
class IsolationBody:
    """The isolation of every worker."""

    profile: str
    layers: list[LayerBody]


@dataclass(frozen=True, slots=True)
class AboutBody:
    """What this service is. `limits` holds every limit by its name; a name ends in its unit.

    `snippets` says whether programs can be stored here.
    """

    version: str
    versions: dict[str, str]
    environment: EnvironmentBody
    limits: dict[str, float]
    isolation: IsolationBody
    languages: list[Lang]
    snippets: bool


def describe(pool: Pool, limits: Limits, *, snippets: bool) -> AboutBody:
    """What the service is just now. Raises Unavailable before the first worker is ready."""
    environment = pool.environment
    isolation = pool.status().isolation
    return AboutBody(
        version=__version__,
        versions={
            "tensorpad": __version__,
            "torch": environment.torch,
            "python": environment.python,
            "pygraphviz": version("pygraphviz"),
        },
        environment=EnvironmentBody(environment.torch, environment.python, environment.device, environment.isolation),
        limits=asdict(limits),
        isolation=IsolationBody(
            isolation.profile,
            [LayerBody(layer.name, layer.held, layer.detail) for layer in isolation.layers],
        ),
        languages=list(LANGUAGES),
        snippets=snippets,
    )


def about_routes(pool: Pool, limits: Limits, store: SnippetStore) -> APIRouter:
    """The route."""

    async def about() -> Response:
        """Versions, limits, device and isolation."""
        content = msgspec.json.encode(describe(pool, limits, snippets=store.available))
        return Response(content, media_type="application/json", headers={"Cache-Control": "no-cache"})

    router = APIRouter(tags=["service"])
    router.add_api_route("/api/v1/about", about, summary="What this service is", responses={200: {"model": AboutBody}})
    return router
