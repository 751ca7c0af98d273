"""`GET /api/v1/about`: what this service is, runs on, allows, and how it isolates programs."""

from dataclasses import asdict
from importlib.metadata import version

import msgspec
from fastapi import APIRouter
from msgspec import Struct
from starlette.responses import Response

from tensorpad import __version__
from tensorpad.api.openapi import answers
from tensorpad.api.ports import Pool
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.outcomes import Environment
from tensorpad.protocol.packages import importable
from tensorpad.snippets.store import SnippetStore
from tensorpad.texts import Lang

LANGUAGES: tuple[Lang, ...] = ("en", "zh-CN")


class LayerHeld(Struct, frozen=True):
    """One layer of isolation: whether the start-up self-test found it to hold, and why not."""

    name: str
    """Name of the layer."""
    held: bool
    """Whether everything that it forbids was refused."""
    detail: str
    """What was tried, or why it does not hold."""


class Isolation(Struct, frozen=True):
    """The isolation of every worker."""

    profile: str
    """`strict`, or `container` where there are no namespaces."""
    layers: tuple[LayerHeld, ...]
    """Each layer, as the self-test at the start found it."""


class About(Struct, frozen=True):
    """What this service is. `limits` holds every limit by its name; a name ends in its unit.

    `snippets` says whether programs can be stored here.
    """

    version: str
    """Version of Tensorpad."""
    versions: dict[str, str]
    """Versions of Tensorpad and of what it runs on, by name."""
    packages: dict[str, str]
    """Versions of the packages that programs can import beside Python's own library, by name."""
    environment: Environment
    """Where programs run."""
    limits: dict[str, float]
    """Every limit by its name, which ends in its unit: `_s` seconds, `_bytes` bytes; the rest are counts."""
    isolation: Isolation
    """How programs are isolated."""
    languages: tuple[Lang, ...]
    """Languages of texts."""
    snippets: bool
    """Whether programs can be stored here."""


def describe(pool: Pool, limits: Limits, *, snippets: bool) -> About:
    """What the service is just now. Raises Unavailable before the first worker is ready."""
    environment = pool.environment
    isolation = pool.status().isolation
    return About(
        version=__version__,
        versions={
            "tensorpad": __version__,
            "torch": environment.torch,
            "python": environment.python,
            "pygraphviz": version("pygraphviz"),
        },
        packages=importable(),
        environment=environment,
        limits=asdict(limits),
        isolation=Isolation(
            isolation.profile,
            tuple(LayerHeld(layer.name, layer.held, layer.detail) for layer in isolation.layers),
        ),
        languages=LANGUAGES,
        snippets=snippets,
    )


def about_routes(pool: Pool, limits: Limits, store: SnippetStore) -> APIRouter:
    """`/api/v1/about`: versions, limits, device and isolation."""

    async def about() -> Response:
        """Versions, limits, device and isolation."""
        content = msgspec.json.encode(describe(pool, limits, snippets=store.available))
        return Response(content, media_type="application/json", headers={"Cache-Control": "no-cache"})

    router = APIRouter(tags=["service"])
    router.add_api_route("/api/v1/about", about, summary="What this service is", responses=answers(About))
    return router
