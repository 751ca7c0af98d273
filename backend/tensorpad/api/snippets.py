"""`POST /api/v1/snippets` and `GET /api/v1/snippets/{id}`: programs that are stored on purpose."""

from typing import Annotated, cast

import msgspec
from fastapi import APIRouter
from msgspec import Struct
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.openapi import answers, reads
from tensorpad.api.problems import Problem, invalid
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.requests import RequestBody, check_cells, parse, read_body
from tensorpad.protocol.limits import Limits
from tensorpad.render.themes import Theme
from tensorpad.snippets.snippet import ID_LENGTH, Snippet
from tensorpad.snippets.store import SnippetStore
from tensorpad.texts import Lang

# The content that an id names can be no other.
_FOR_EVER = "public, max-age=31536000, immutable"

_DESCRIPTION = """Stores a program, so that the page at `/s/{id}` opens it and `snippet=` draws its graph.

The id is made from the content: the same program has one id, and a link never comes to lead to another. Answers 201, or 200
where it was stored already. Nothing that is stored can be changed or deleted through the API."""


class SnippetRequest(RequestBody):
    """A program to store, and where its link is to lead."""

    cells: Annotated[
        list[str],
        Field(
            description="Cells of source, one of them at least with code in it.",
            json_schema_extra={
                "contains": {"type": "string", "pattern": r"\S"},
                "x-limits": {"minItems": 1, "maxItems": "cells"},
            },
        ),
    ]
    lang: Annotated[Lang | None, Field(description="Language in which the page opens; default: its reader's.")] = None
    view: Annotated[
        str | None, Field(pattern=r"^[a-z][a-z-]{0,31}$", description="View in which the page opens, such as `memory`.")
    ] = None
    step: Annotated[int | None, Field(ge=0, lt=2**31, description="Step of the timeline at which the page opens.")] = None
    graph: Annotated[str | None, Field(pattern=r"^g[0-9]{1,6}$", description="Id of the graph that the page shows.")] = None
    theme: Annotated[Theme | None, Field(description="Theme of the page and of pictures; default: its reader's.")] = None


class StoredSnippet(Struct, frozen=True):
    """A stored program. `page` is the path of the page that opens it."""

    id: str
    """Id of the program, made from its content."""
    page: str
    """Path of the page that opens it."""
    cells: tuple[str, ...]
    """Its cells of source."""
    lang: Lang | None
    """Language in which the page opens; null: its reader's."""
    view: str | None
    """View in which the page opens."""
    step: int | None
    """Step of the timeline at which the page opens."""
    graph: str | None
    """Id of the graph that the page shows."""
    theme: Theme | None
    """Theme of the page and of pictures; null: its reader's."""


def snippet_routes(store: SnippetStore, limits: Limits, rate_limit: RateLimit) -> APIRouter:
    """Routes that store a program and return one."""

    async def create(request: Request) -> Response:
        """Store a program."""
        negotiation.media_type(request, ("application/json",))
        _require(store)
        headers = rate_limit.admit(request)
        snippet = _snippet(parse(SnippetRequest, await read_body(request, limits.body_bytes)), limits)
        fresh = await store.keep(snippet)
        headers |= {"Location": f"/api/v1/snippets/{snippet.id}", "Cache-Control": "no-store"}
        return _answer(snippet, 201 if fresh else 200, headers)

    async def read(request: Request, snippet_id: str) -> Response:
        """A stored program."""
        negotiation.media_type(request, ("application/json",))
        return _answer(await stored(store, snippet_id), 200, {"Cache-Control": _FOR_EVER})

    router = APIRouter(prefix="/api/v1", tags=["snippets"])
    router.add_api_route(
        "/snippets",
        create,
        methods=["POST"],
        summary="Store a program",
        description=_DESCRIPTION,
        status_code=201,
        responses=answers(StoredSnippet, 200, 201),
        openapi_extra=reads(SnippetRequest),
    )
    router.add_api_route(
        "/snippets/{snippet_id}",
        read,
        methods=["GET"],
        summary="A stored program",
        responses=answers(StoredSnippet),
    )
    return router


async def stored(store: SnippetStore, snippet_id: str) -> Snippet:
    """The snippet of this id. Raises Problem 404 where there is none, and 501 where none are kept."""
    _require(store)
    snippet = await store.find(snippet_id) if len(snippet_id) == ID_LENGTH else None
    if snippet is None:
        raise Problem("not-found", f"No program is stored under the id {snippet_id[:40]!r}.")
    return snippet


def _require(store: SnippetStore) -> None:
    if not store.available:
        raise Problem("no-store", "This service stores no programs. Share a link that holds the program instead.")


def _snippet(body: SnippetRequest, limits: Limits) -> Snippet:
    cells = tuple(body.cells)
    check_cells(cells, limits)
    if not any(cell.strip() for cell in cells):
        raise invalid("There is no code in these cells to store.", pointer="/cells")
    snippet = Snippet(cells, body.lang, body.view, body.step, body.graph, body.theme)
    size = len(snippet.content)
    if size > limits.snippet_bytes:
        detail = f"The program takes {size} bytes, above the limit of {limits.snippet_bytes} (limits.snippet_bytes)."
        raise Problem("too-large", f"{detail} Share a link that holds the program, or store less.")
    return snippet


def _answer(snippet: Snippet, status: int, headers: dict[str, str]) -> Response:
    body = StoredSnippet(
        id=snippet.id,
        page=f"/s/{snippet.id}",
        cells=snippet.cells,
        lang=cast("Lang | None", snippet.lang),
        view=snippet.view,
        step=snippet.step,
        graph=snippet.graph,
        theme=cast("Theme | None", snippet.theme),
    )
    return Response(msgspec.json.encode(body), status_code=status, headers=headers, media_type="application/json")
