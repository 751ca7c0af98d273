"""`GET /oembed`: how another site embeds an address of ours that shows a program (oEmbed 1.0, https://oembed.com)."""

from html import escape
from typing import Annotated, Any
from xml.sax.saxutils import escape as escape_xml

import msgspec
from fastapi import APIRouter, Query
from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import addresses, negotiation
from tensorpad.api.openapi import reference
from tensorpad.api.pages.heads import SITE, told
from tensorpad.api.pages.links import Links, ProgramLink
from tensorpad.api.problems import Problem
from tensorpad.protocol.limits import Limits
from tensorpad.render.previews import SIZE
from tensorpad.snippets.store import SnippetStore

_WIDTH, _HEIGHT = 720, 480
"""The size of a frame where its site sets no limit; from then on the page tells the height of its content itself."""
_KEEP_S = 3600
_MEDIA_TYPES = {"json": "application/json", "xml": "text/xml"}
_XML_TYPES = ("text/xml", "application/xml")
_Most = Annotated[int | None, Field(ge=1, le=100_000, strict=False)]


class EmbedQuery(BaseModel):
    """What a site asks, by the names of oEmbed."""

    model_config = ConfigDict(extra="ignore", strict=True)

    url: Annotated[
        str, Field(min_length=1, description="An address of this service that shows a program, whole or from its `/` on.")
    ]
    format: Annotated[
        str | None,
        Field(
            description="`json` or `xml`; default by Accept, else `json`.",
            json_schema_extra={"anyOf": [{"type": "string", "enum": list(_MEDIA_TYPES)}]},
        ),
    ] = None
    maxwidth: Annotated[_Most, Field(description="Greatest width of the frame, in pixels.")] = None
    maxheight: Annotated[_Most, Field(description="Greatest height of the frame, in pixels.")] = None


class Embedding(Struct, frozen=True, omit_defaults=True):
    """How to embed a program: `html` is one `<iframe>`. The thumbnail is left out of a program that no address holds."""

    version: str
    """The version of oEmbed: `1.0`."""
    type: str
    """`rich`: what is embedded is HTML."""
    title: str
    """What the program does, in a few words."""
    description: str
    """What the program does, in a sentence or two."""
    provider_name: str
    """The name of this site."""
    provider_url: str
    """The address of this site."""
    cache_age: int
    """For how many seconds this may be kept."""
    html: str
    """One `<iframe>`."""
    width: int
    """The width of the frame in pixels."""
    height: int
    """The height of the frame in pixels."""
    thumbnail_url: str | None = None
    """The address of a picture of the program, if it is as small as asked for."""
    thumbnail_width: int | None = None
    """The width of the picture in pixels."""
    thumbnail_height: int | None = None
    """The height of the picture in pixels."""


_CONTENT: dict[str, Any] = {
    _MEDIA_TYPES["json"]: {"schema": reference(Embedding)},
    _MEDIA_TYPES["xml"]: {"schema": {"type": "string"}},
}
_DESCRIPTION = """Answers how another site embeds a program that is at an address of this service (oEmbed 1.0, type `rich`).

Addresses that show a program are `/s/{id}`, `/embed` with a program, and `/` with a program in its fragment."""


def oembed_routes(store: SnippetStore, limits: Limits) -> APIRouter:
    """The route that oEmbed's consumers ask."""
    links = Links(store, limits)

    async def oembed(request: Request, query: Annotated[EmbedQuery, Query()]) -> Response:
        """How to embed an address."""
        kind = _format(request, query.format)
        link = await links.at(query.url, addresses.public(request))
        if link is None:
            detail = "There is nothing to embed at this address: it is no link of this service to a program that it has."
            raise Problem("not-found", detail)
        found = _embedding(request, link, query)
        content = _xml(found) if kind == "xml" else msgspec.json.encode(found)
        headers = {"Cache-Control": f"public, max-age={_KEEP_S}", "Vary": "Accept, Accept-Language"}
        return Response(content, headers=headers, media_type=_MEDIA_TYPES[kind])

    router = APIRouter(tags=["service"])
    router.add_api_route(
        "/oembed",
        oembed,
        methods=["GET"],
        summary="How to embed an address",
        description=_DESCRIPTION,
        response_class=Response,
        responses={200: {"description": "How to embed it.", "content": _CONTENT}},
    )
    return router


def _format(request: Request, asked: str | None) -> str:
    """The format that is asked for by name, else by Accept. Raises Problem 501."""
    if asked is None:
        accepted = negotiation.media_type(request, (_MEDIA_TYPES["json"], *_XML_TYPES, "application/json+oembed"))
        return "xml" if accepted in _XML_TYPES else "json"
    if asked not in _MEDIA_TYPES:
        raise Problem("no-format", f"The format is {asked[:40]!r}; this address answers in json and in xml.")
    return asked


def _embedding(request: Request, link: ProgramLink, query: EmbedQuery) -> Embedding:
    lang = negotiation.language(request, link.lang)
    own = told(link, lang)
    width, height = min(query.maxwidth or _WIDTH, _WIDTH), min(query.maxheight or _HEIGHT, _HEIGHT)
    source = addresses.public(request, link.embed)
    html = (
        f'<iframe src="{escape(source)}" title="{escape(own.title)}" width="{width}" height="{height}" '
        'loading="lazy" style="border: 0; max-width: 100%"></iframe>'
    )
    found = Embedding(
        version="1.0",
        type="rich",
        title=own.title,
        description=own.description,
        provider_name=SITE,
        provider_url=addresses.public(request),
        cache_age=_KEEP_S,
        html=html,
        width=width,
        height=height,
    )
    # A site that limits its frames limits the picture in their place too.
    small = (query.maxwidth or SIZE[0]) < SIZE[0] or (query.maxheight or SIZE[1]) < SIZE[1]
    if link.picture is None or small:
        return found
    return msgspec.structs.replace(
        found,
        thumbnail_url=addresses.public(request, link.picture),
        thumbnail_width=SIZE[0],
        thumbnail_height=SIZE[1],
    )


def _xml(embedding: Embedding) -> bytes:
    members: dict[str, Any] = msgspec.to_builtins(embedding)
    written = "".join(f"<{name}>{escape_xml(str(value))}</{name}>" for name, value in members.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{written}</oembed>\n'.encode()
