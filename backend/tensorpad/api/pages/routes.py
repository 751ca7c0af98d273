"""Routes of the pages and of their files, with the headers that each needs."""

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import addresses, negotiation
from tensorpad.api.pages.files import BuiltFiles, sent, sent_page
from tensorpad.api.pages.heads import head, playground_head
from tensorpad.api.pages.learning import learning_pages
from tensorpad.api.pages.links import Links, ProgramLink, asked_language
from tensorpad.api.pages.template import Head, page
from tensorpad.lessons.library import Library
from tensorpad.protocol.limits import Limits
from tensorpad.snippets.errors import StoreUnavailable
from tensorpad.snippets.store import SnippetStore

BUILT = Path(__file__).parents[2] / "static"
"""Where `make frontend` puts the pages."""

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none'"
)
"""What a page may load. In a sandboxed frame, whose origin is opaque, `'self'` is still where the page came from."""
_HASHED = {"Cache-Control": "public, max-age=31536000, immutable"}
_UNHASHED = {"Cache-Control": "no-cache"}
# Other sites name it for good, so its content changes under one name.
_ELEMENT = {"Cache-Control": "public, max-age=300, stale-while-revalidate=86400"}
# A page names its hashed files, so it is asked for anew each time.
_PAGE = {
    **_UNHASHED,
    "Content-Security-Policy": f"{_POLICY}; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Any page may frame this one, also one that isolates itself and then asks the same of its frames.
_EMBED = {
    **_UNHASHED,
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Embedder-Policy": "require-corp",
}


def page_routes(store: SnippetStore, limits: Limits, folder: Path, library: Library) -> APIRouter:
    """`/`, `/s/{id}`, `/learn`, `/embed`, `/docs` and files; answers 503 with what to do where they were never built."""
    files, links = BuiltFiles(folder), Links(store, limits)

    def shown(request: Request, name: str, own: Head | None, headers: Mapping[str, str], status: int = 200) -> Response:
        """A page, with a head of its own if it has one."""
        html = page(files.text(name), "/", addresses.root(request.scope), own)
        return sent_page(request, html, {**headers, "Vary": "Accept-Language"}, status)

    def about(request: Request, link: ProgramLink | None) -> Head | None:
        """The head of a page about a program."""
        if link is None:
            return None
        return head(request, link, negotiation.language(request, link.lang), limits.address_bytes)

    def playground(request: Request) -> Response:
        """The playground."""
        lang = negotiation.language(request, asked_language(request.query_params.multi_items()))
        return shown(request, "index.html", playground_head(request, lang), _PAGE)

    async def stored(request: Request, snippet_id: str) -> Response:
        """The playground with a stored program. It asks for the program itself, and says so where there is none."""
        try:
            link = await links.stored(snippet_id, request.query_params.multi_items())
        except StoreUnavailable:
            return shown(request, "index.html", None, {**_PAGE, "Retry-After": "2"}, 503)
        return shown(request, "index.html", about(request, link), _PAGE, 404 if link is None else 200)

    async def embed(request: Request) -> Response:
        """A program's results alone, for a frame in somebody else's page. It says itself what is wrong with its address."""
        link = None
        with contextlib.suppress(StoreUnavailable):
            link = await links.embedded(request.query_params.multi_items())
        return shown(request, "embed.html", about(request, link), _EMBED)

    def docs(request: Request) -> Response:
        """The API's documentation for people."""
        return sent_page(request, page(files.text("docs/docs.html"), "/docs", addresses.root(request.scope)), _PAGE)

    def element(request: Request) -> Response:
        """The script that defines `<tensor-pad>`."""
        return sent(request, files.find("embed.js"), _ELEMENT)

    def player(request: Request) -> Response:
        """The page that plays a recording which the page around it sends."""
        html = page(files.text("player/player.html"), "/player", addresses.root(request.scope))
        return sent_page(request, html, _EMBED)

    def below(path: str, headers: Mapping[str, str]) -> Callable[[Request, str], Response]:
        """The files of a folder."""

        def file(request: Request, name: str) -> Response:
            """One of them."""
            return sent(request, files.find(f"{path}{name}"), headers)

        return file

    router = APIRouter(include_in_schema=False)
    for path, endpoint in (
        ("/", playground),
        ("/s/{snippet_id}", stored),
        *learning_pages(library, lambda request, own, status: shown(request, "learn.html", own, _PAGE, status), limits),
        ("/embed", embed),
        ("/embed.js", element),
        ("/player/player.html", player),
        # The names of these are for good, and other sites may have them, too.
        ("/player/{name:path}", below("player/", _ELEMENT)),
        ("/docs", docs),
        # These have a hash of their content in their names.
        ("/assets/{name:path}", below("assets/", _HASHED)),
        ("/docs/{name:path}", below("docs/", _UNHASHED)),
        ("/{name}", below("", _UNHASHED)),
    ):
        router.add_api_route(path, endpoint, methods=["GET"])
    return router
