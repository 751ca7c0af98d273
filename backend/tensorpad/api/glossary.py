"""`GET /api/v1/glossary`: words of PyTorch, in a language."""

import asyncio
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.bodies import body, respond
from tensorpad.api.openapi import answers
from tensorpad.glossary.terms import Term, terms
from tensorpad.texts import Lang

_LANG = Query(description="Language of the terms; default from Accept-Language.")


class GlossaryResponse(Struct, frozen=True):
    """The words that lessons and explanations use."""

    terms: tuple[Term, ...]
    """The terms, in the order in which a course meets them."""


def glossary_routes() -> APIRouter:
    """The route of the glossary."""

    async def glossary(request: Request, lang: Annotated[Lang | None, _LANG] = None) -> Response:
        """All terms."""
        negotiation.media_type(request, ("application/json",))
        chosen = negotiation.language(request, lang)
        found = GlossaryResponse(await asyncio.to_thread(terms, chosen))
        headers = {"Cache-Control": "no-cache", "Content-Language": chosen, "Vary": "Accept-Language"}
        return respond(request, await body(msgspec.json.encode(found)), "application/json", headers)

    router = APIRouter(prefix="/api/v1", tags=["lessons"])
    router.add_api_route(
        "/glossary",
        glossary,
        methods=["GET"],
        summary="The glossary",
        response_class=Response,
        responses={**answers(GlossaryResponse), 304: {"description": "Unchanged since the ETag in If-None-Match."}},
    )
    return router
