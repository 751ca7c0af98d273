"""One graph as a picture or as data: `GET /api/v1/graph.{svg,dot,json,png}` and `POST /api/v1/graph`."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, ClassVar

import msgspec
from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.bodies import respond
from tensorpad.api.cache import AnswerCache
from tensorpad.api.graphs.drawing import Drawing, GraphFormat
from tensorpad.api.graphs.drawing import answer as drawn
from tensorpad.api.graphs.response import DrawnGraph
from tensorpad.api.openapi import reads, reference
from tensorpad.api.problems import invalid
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.requests import Cells, Code, RequestBody, SnippetId, check_cells, default_device, parse, read_body
from tensorpad.api.runs.registry import RunRegistry, new_id
from tensorpad.api.runs.service import Service
from tensorpad.api.snippets import stored
from tensorpad.render.themes import GraphStyle, Theme
from tensorpad.snippets.store import SnippetStore
from tensorpad.texts import Lang

MEDIA_TYPES: dict[GraphFormat, str] = {
    "svg": "image/svg+xml",
    "json": "application/json",
    "dot": "text/vnd.graphviz",
    "png": "image/png",
}
_FORMATS: dict[str, GraphFormat] = {name: kind for kind, name in MEDIA_TYPES.items()}
MAX_AGE_S = 3600
"""How long anyone may keep a graph: it depends on its address alone, until the service is upgraded."""

_Ids = Annotated[list[Annotated[str, Field(max_length=32)]], Field(max_length=400)]
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class GraphRequest(RequestBody):
    """A program and the graph to draw of it: the one with the id `graph`, or that of the tensor `of`.

    Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
    What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
    drawn of a program that fails after it, too.
    """

    one_of: ClassVar = ("code", "cells", "snippet")

    code: Code = None
    cells: Cells = None
    snippet: SnippetId = None
    seed: Annotated[int, Field(ge=0, lt=2**32, description="Seeds torch, NumPy and random, as that of the run did.")] = 0
    of: Annotated[
        str | None,
        Field(
            max_length=1_000,
            description='The graph\'s root, as a name with indices and attributes: `loss`, `ys[0]`, `m.loss`, `d["a"]`; '
            "default: the last graph.",
        ),
    ] = None
    graph: Annotated[str | None, Field(description="Id of the graph in a run of the program.")] = None
    open: Annotated[
        _Ids, Field(default_factory=list, description="Ids of nodes that are to be shown: no folded node hides them.")
    ]
    closed: Annotated[_Ids, Field(default_factory=list, description="Ids of module groups that are to be folded.")]
    style: Annotated[GraphStyle, Field(description="`torchviz` draws as that library does.")] = "tensorpad"
    theme: Annotated[Theme, Field(description="`auto` follows the reader's system, where the format can.")] = "auto"
    lang: Annotated[Lang | None, Field(description="Language of titles; default from Accept-Language.")] = None


class GraphQuery(GraphRequest):
    """The same in an address, where numbers are text."""

    model_config = ConfigDict(strict=False)


def graph_routes(
    service: Service, registry: RunRegistry, rate_limit: RateLimit, cache: AnswerCache, store: SnippetStore
) -> APIRouter:
    """Routes of one graph as a picture, DOT or JSON, by address or by body."""

    async def program(wanted: GraphRequest, **where: str) -> tuple[str, ...]:
        if [wanted.code, wanted.cells, wanted.snippet].count(None) != 2:
            raise invalid("Give the program as code or as cells, or a stored one as snippet; one of the three.", **where)
        if wanted.code is not None or wanted.cells is not None:
            cells = (wanted.code,) if wanted.code is not None else tuple(wanted.cells or ())
            check_cells(cells, service.limits)
            return cells
        return (await stored(store, wanted.snippet or "")).cells

    async def answer(
        request: Request, wanted: GraphRequest, cells: tuple[str, ...], kind: GraphFormat, vary: str
    ) -> Response:
        drawing = Drawing(
            cells=cells,
            seed=wanted.seed,
            graph=wanted.graph,
            of=wanted.of,
            open=tuple(sorted(set(wanted.open))),
            closed=tuple(sorted(set(wanted.closed))),
            style=wanted.style,
            theme=wanted.theme,
            lang=negotiation.language(request, wanted.lang),
            format=kind,
            device=default_device(service.pool),
        )
        key = _key(drawing, service.pool.environment.torch)
        headers = {
            "Cache-Control": f"public, max-age={MAX_AGE_S}",
            "Vary": vary,
            "Content-Security-Policy": _PICTURE_POLICY,
        }
        found = cache.get(key)
        if found is None:
            # Who waits for a graph that is being made already causes no run.
            limited = {} if cache.making(key) else rate_limit.admit(request)
            headers.update(limited)
            found = await registry.watch(new_id(), cache.make(key, lambda: drawn(service, drawing)), request.receive)
        return respond(request, found.body, MEDIA_TYPES[kind], headers)

    def getter(kind: GraphFormat) -> Callable[..., Awaitable[Response]]:
        async def get(request: Request, query: Annotated[GraphQuery, Query()]) -> Response:
            return await answer(request, query, await program(query, parameter="code"), kind, "Accept-Language")

        get.__name__ = f"graph_{kind}"
        return get

    async def post(request: Request) -> Response:
        media_type = negotiation.media_type(request, tuple(MEDIA_TYPES.values()))
        wanted = parse(GraphRequest, await read_body(request, service.limits.body_bytes))
        cells = await program(wanted, pointer="/code")
        return await answer(request, wanted, cells, _FORMATS[media_type], "Accept, Accept-Language")

    router = APIRouter(prefix="/api/v1", tags=["graphs"])
    for kind in MEDIA_TYPES:
        router.add_api_route(
            f"/graph.{kind}",
            getter(kind),
            methods=["GET"],
            summary=f"A program's graph as {kind.upper()}",
            response_class=Response,
            responses={200: _documented(kind), 304: {"description": "Unchanged since the ETag in If-None-Match."}},
        )
    everything = {name: content for kind in MEDIA_TYPES for name, content in _documented(kind)["content"].items()}
    router.add_api_route(
        "/graph",
        post,
        methods=["POST"],
        summary="A program's graph in the format that Accept names",
        response_class=Response,
        responses={200: {"description": "The graph.", "content": everything}},
        openapi_extra=reads(GraphRequest),
    )
    return router


def _documented(kind: GraphFormat) -> dict[str, Any]:
    contents: dict[GraphFormat, dict[str, Any]] = {"json": {"schema": reference(DrawnGraph)}, "png": {}}
    return {"description": "The graph.", "content": {MEDIA_TYPES[kind]: contents.get(kind, {"schema": {"type": "string"}})}}


def _key(drawing: Drawing, torch: str) -> str:
    """A name of the request: a seeded program always draws the same graph with the same torch."""
    return hashlib.sha256(msgspec.json.encode([torch, drawing])).hexdigest()
