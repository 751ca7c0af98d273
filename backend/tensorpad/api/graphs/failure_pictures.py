"""Problems as pictures, for whoever asks an address of pictures for an image: the image in a page then says what is wrong.

It stands around all other layers, so that whatever they refuse, for whatever reason, can be told so.
"""

import asyncio
import re
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args
from urllib.parse import parse_qsl

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tensorpad.api import addresses, negotiation
from tensorpad.api.graphs.requests import ErrorForm
from tensorpad.api.ports import Drawer
from tensorpad.api.problems import MEDIA_TYPE, ProblemDetails
from tensorpad.protocol.errors import TensorpadError
from tensorpad.render.bitmaps import MAX_WIDTH, MIN_WIDTH
from tensorpad.render.failures import Failure, failure_svg
from tensorpad.render.themes import Theme
from tensorpad.texts import CATALOGUES, Lang

PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_SVG, _PNG = "image/svg+xml", "image/png"
_ADDRESSES = {
    "/api/v1/graph.svg": (_SVG, _PNG),
    "/api/v1/graph": (_SVG, _PNG),
    "/api/v1/graph.png": (_PNG, _SVG),
    "/api/v1/preview.png": (_PNG, _SVG),
}
"""Addresses of pictures, each with the types that a failure can have there, the address's own first."""
_BITMAP_S = 2.0
"""Seconds for a bitmap of a failure, its turn included."""
_WIDTH = re.compile(r"[1-9][0-9]{1,3}")
_STATE = "asked"


@dataclass(frozen=True, slots=True)
class Asked:
    """The form in which a request wants a failure."""

    lang: Lang
    theme: Theme
    errors: ErrorForm = "auto"
    width: int | None = None


def note(request: Request, asked: Asked) -> None:
    """Remember for this layer what stands in the body of a request."""
    setattr(request.state, _STATE, asked)


class FailurePictures:
    """Makes a picture of each problem that is to be one. Its status and other headers stay."""

    def __init__(self, app: ASGIApp, drawer: Drawer) -> None:
        self._app = app
        self._drawer = drawer
        # Nothing limits how many requests fail, so all their bitmaps together have one place in the line of drawings.
        self._turn = asyncio.Semaphore()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        offers = _ADDRESSES.get(addresses.route(scope)) if scope["type"] == "http" else None
        if offers is None:
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        start: Message | None = None
        content = bytearray()

        async def send_or_draw(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and Headers(scope=message).get("content-type") == MEDIA_TYPE:
                start = message
            elif start is None:
                await send(message)
            else:
                content.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    body = await self._picture(scope, start, bytes(content), offers)
                    await send(start)
                    await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, send_or_draw)

    async def _picture(self, scope: Scope, start: Message, content: bytes, offers: tuple[str, str]) -> bytes:
        """What is sent of a problem; `start` gets its headers."""
        headers = MutableHeaders(scope=start)
        headers.add_vary_header("Accept")
        headers.add_vary_header("Accept-Language")
        asked = _asked(scope)
        wanted = _wanted(Headers(scope=scope), asked.errors, offers)
        if wanted is None:
            return content
        failure = _failure(msgspec.json.decode(content, type=ProblemDetails), asked.lang)
        body = failure_svg(failure, asked.theme).encode()
        if wanted == _PNG:
            try:
                async with asyncio.timeout(_BITMAP_S), self._turn:
                    theme: Theme = "light" if asked.theme == "auto" else asked.theme
                    body = await self._drawer.draw_failure(failure, theme, asked.width)
            except (TimeoutError, TensorpadError):
                # A picture of the other kind, written here, is shown all the same: browsers go by the type.
                wanted = _SVG
        headers["Content-Type"] = wanted
        headers["Content-Length"] = str(len(body))
        headers["Content-Security-Policy"] = PICTURE_POLICY
        return body


def _asked(scope: Scope) -> Asked:
    """What the route has noted; else what the address says, as far as that can be read."""
    noted = scope["state"].get(_STATE)
    if isinstance(noted, Asked):
        return noted
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), max_num_fields=None))
    request = Request(scope)

    def one(name: str, allowed: Any, default: Any) -> Any:
        value = query.get(name)
        return value if value in get_args(allowed) else default

    width = query.get("width", "")
    pixels = int(width) if _WIDTH.fullmatch(width) else 0
    return Asked(
        lang=negotiation.language(request, one("lang", Lang, None)),
        theme=one("theme", Theme, "auto"),
        errors=one("errors", ErrorForm, "auto"),
        width=pixels if MIN_WIDTH <= pixels <= MAX_WIDTH else None,
    )


def _wanted(headers: Headers, errors: ErrorForm, offers: tuple[str, str]) -> str | None:
    named = negotiation.image(headers, offers)
    kinds: dict[Literal["auto", "image", "problem"], str | None] = {
        "auto": named,
        "image": named or offers[0],
        "problem": None,
    }
    return kinds[errors]


def _failure(problem: ProblemDetails, lang: Lang) -> Failure:
    texts = CATALOGUES[lang]
    slug = problem.type.rpartition("/")[2]
    fault = problem.errors[0] if slug == "program" and problem.errors else {}
    kind, line, cell = fault.get("type"), fault.get("line"), fault.get("cell")
    message = f"{kind}: {fault['detail']}" if kind and fault.get("status") == "error" else problem.detail
    key: Literal["cell", "line", "alone"] = "cell" if line and cell else "line" if line else "alone"
    place = texts.places[key].format(line=line, cell=cell) if line or cell else ""
    explained = cast("str | None", fault.get("explanation")) or ""
    return Failure(
        heading=texts.headings.get(slug, problem.title),
        place=place,
        message=message,
        advice=explained.replace("`", ""),
        status=f"{problem.status} · Tensorpad",
    )
