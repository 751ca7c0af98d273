"""The built page and its files, with the headers that a page needs."""

from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from tensorpad.api.problems import Problem

BUILT = Path(__file__).parent.parent / "static"
"""Where `make frontend` puts the page."""

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'none'"
)
_HASHED = {"Cache-Control": "public, max-age=31536000, immutable"}
_UNHASHED = {"Cache-Control": "no-cache"}
# A page names its hashed files, so it is asked for anew each time.
_PAGE = {**_UNHASHED, "Content-Security-Policy": _POLICY, "Cross-Origin-Opener-Policy": "same-origin"}


def page_routes(folder: Path = BUILT) -> APIRouter:
    """`/`, `/s/{id}`, `/docs` and the files beside them; answers 503 with what to do where they were never built."""
    root = folder.resolve()

    def page(name: str) -> Response:
        path = root / name
        if not path.is_file():
            detail = "The page has not been built on this machine. Run `make frontend`, then load this address again."
            raise Problem("not-built", detail)
        return FileResponse(path, headers=_PAGE, media_type="text/html")

    def file(name: str, headers: dict[str, str]) -> Response:
        absent = Problem("not-found", f"There is no file {name[:100]!r}.")
        try:
            # Resolved, so that neither `..` nor a link leads out of the folder.
            path = (root / name).resolve()
            if not path.is_relative_to(root) or not path.is_file():
                raise absent
        except (OSError, ValueError):
            # A name that no file can have: too long, or with a null character.
            raise absent from None
        if path.suffix == ".html":
            return FileResponse(path, headers=_PAGE)
        return FileResponse(path, headers=headers)

    def index() -> Response:
        """The playground."""
        return page("index.html")

    def docs() -> Response:
        """The API's documentation for people."""
        return page("docs/docs.html")

    def asset(name: str) -> Response:
        """A file with a hash of its content in its name."""
        return file(f"assets/{name}", _HASHED)

    def docs_file(name: str) -> Response:
        """A file of the documentation."""
        return file(f"docs/{name}", _UNHASHED)

    def root_file(name: str) -> Response:
        """A file beside the page, such as its icon."""
        return file(name, _UNHASHED)

    router = APIRouter(include_in_schema=False)
    for path, endpoint in (
        ("/", index),
        # The page asks for the snippet itself, and says so where there is none.
        ("/s/{snippet_id}", index),
        ("/docs", docs),
        ("/assets/{name:path}", asset),
        ("/docs/{name:path}", docs_file),
        ("/{name}", root_file),
    ):
        router.add_api_route(path, endpoint, methods=["GET", "HEAD"])
    return router
