"""One graph as a picture or as data: `GET /api/v1/graph.{svg,dot,json,png}` and `POST /api/v1/graph`."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.bodies import respond
from tensorpad.api.cache import Answer
from tensorpad.api.graphs.drawing import answer as draw
from tensorpad.api.graphs.failure_pictures import PICTURE_POLICY, Asked, note
from tensorpad.api.graphs.failures import Failing, Failures
from tensorpad.api.graphs.programs import program
from tensorpad.api.graphs.requests import Drawing, GraphFormat, GraphQuery, GraphRequest, Program, check_limits, drawing
from tensorpad.api.graphs.response import DrawnGraph
from tensorpad.api.making import AnswerMaker
from tensorpad.api.openapi import reads, reference
from tensorpad.api.requests import default_device, parse, read_body
from tensorpad.api.runs.service import Service
from tensorpad.snippets.store import SnippetStore

MEDIA_TYPES: dict[GraphFormat, str] = {
    "svg": "image/svg+xml",
    "json": "application/json",
    "dot": "text/vnd.graphviz",
    "png": "image/png",
}
_FORMATS: dict[str, GraphFormat] = {name: kind for kind, name in MEDIA_TYPES.items()}
MAX_AGE_S = 3600
"""How long anyone may keep a graph: it depends on its address alone, until the service is upgraded."""
_UNCHANGED = {"description": "Unchanged since the ETag in If-None-Match."}
DEGRADED = "Tensorpad-Degraded"
"""Header that says what is worse in an answer than it could be: `layout-time` (folded), `undrawn`."""


def graph_routes(service: Service, maker: AnswerMaker, store: SnippetStore) -> APIRouter:
    """Routes of one graph as a picture, DOT or JSON, by address or by body."""
    failures = Failures()

    async def answer(request: Request, wanted: GraphRequest, kind: GraphFormat, vary: str, *, by_body: bool) -> Response:
        note(request, _asked(request, wanted, None))
        check_limits(wanted, service.limits, by_body=by_body)
        where = {"pointer": "/code"} if by_body else {"parameter": "code"}
        found = await program(wanted, store, service.limits, **where)
        asked = _asked(request, wanted, found)
        note(request, asked)
        device = default_device(service.pool)
        wish = drawing(wanted, found, asked.lang, kind, device, service.limits)
        made, headers = await make(request, wish)
        headers |= {
            "Cache-Control": f"public, max-age={MAX_AGE_S}" if made.degraded is None else "no-store",
            "Vary": vary,
            "Content-Security-Policy": PICTURE_POLICY,
        }
        if made.degraded is not None:
            headers[DEGRADED] = made.degraded
        return respond(request, made.body, MEDIA_TYPES[kind], headers)

    async def make(request: Request, wish: Drawing) -> tuple[Answer, dict[str, str]]:
        """The answer, kept or made anew, with the headers of a run that it costs. Raises the failure of a moment ago."""
        torch = service.pool.environment.torch
        failing = Failing(drawing=_key(torch, wish), program=_key(torch, wish.program, wish.graph, wish.of, wish.look.lang))
        work = failures.watching(failing, lambda: draw(service, wish))
        return await maker.answer(request, failing.drawing, work, lambda: failures.find(failing))

    def getter(kind: GraphFormat) -> Callable[..., Awaitable[Response]]:
        async def get(request: Request, query: Annotated[GraphQuery, Query()]) -> Response:
            return await answer(request, query, kind, "Accept-Language", by_body=False)

        get.__name__ = f"graph_{kind}"
        return get

    async def post(request: Request) -> Response:
        media_type = negotiation.media_type(request, tuple(MEDIA_TYPES.values()))
        wanted = parse(GraphRequest, await read_body(request, service.limits.body_bytes))
        return await answer(request, wanted, _FORMATS[media_type], "Accept, Accept-Language", by_body=True)

    router = APIRouter(prefix="/api/v1", tags=["graphs"])
    for kind in MEDIA_TYPES:
        router.add_api_route(
            f"/graph.{kind}",
            getter(kind),
            methods=["GET"],
            summary=f"A program's graph as {kind.upper()}",
            response_class=Response,
            responses={200: _documented(kind), 304: _UNCHANGED},
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


def _asked(request: Request, wanted: GraphRequest, program: Program | None) -> Asked:
    """How a failure is told: what the request does not say, a stored program may."""
    return Asked(
        lang=negotiation.language(request, wanted.lang or (program.lang if program else None)),
        theme=wanted.theme or (program.theme if program else None) or "auto",
        errors=wanted.errors,
        width=wanted.width,
    )


def _key(*parts: object) -> str:
    """A name of what is asked for: a seeded program always draws the same graph with the same torch."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
