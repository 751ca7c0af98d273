"""The built files: found without leaving their folder, and sent anew only when they have changed."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from tensorpad.api.bodies import unchanged
from tensorpad.api.problems import Problem


class BuiltFiles:
    """The files that `make frontend` puts into `folder`. They are read as they are now: a build may follow the start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def find(self, name: str) -> Path:
        """The file of this name. Raises Problem 404, also for a page, which is sent at its own address alone."""
        absent = Problem("not-found", f"There is no file {name[:100]!r}.")
        try:
            # Resolved, so that neither `..` nor a link leads out of the folder.
            path = (self._folder / name).resolve()
            if not path.is_relative_to(self._folder) or path.suffix == ".html" or not path.is_file():
                raise absent
        except (OSError, ValueError):
            # A name that no file can have: too long, or with a null character.
            raise absent from None
        return path

    def text(self, name: str) -> str:
        """The text of a page. Raises Problem 503 where the pages were never built."""
        try:
            return (self._folder / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            detail = "The page has not been built on this machine. Run `make frontend`, then load this address again."
            raise Problem("not-built", detail) from None


def sent(request: Request, path: Path, headers: Mapping[str, str]) -> Response:
    """A file, or 304 where whoever asks has it."""
    found = path.stat()
    tag = _tag(f"{found.st_mtime_ns}-{found.st_size}".encode())
    headers = {**headers, "ETag": tag}
    return unchanged(request, headers) or FileResponse(path, headers=headers)


def sent_page(request: Request, html: str, headers: Mapping[str, str], status: int = 200) -> Response:
    """A page that was made for this request, or 304 where whoever asks has the same."""
    content = html.encode()
    tag = _tag(content)
    headers = {**headers, "ETag": tag}
    if status == 200 and (known := unchanged(request, headers)) is not None:
        return known
    return Response(content, status_code=status, headers=headers, media_type="text/html")


def _tag(content: bytes) -> str:
    # Weak, for it stands for the compressed form too.
    return f'W/"{hashlib.sha256(content).hexdigest()[:24]}"'
