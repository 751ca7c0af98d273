"""Bodies that are made once and sent often: each with its compressed form, and a strong tag for either."""

import asyncio
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.problems import Problem
from tensorpad.protocol.limits import KIB

_COMPRESSED_BYTES = KIB
"""Bodies from this size on are compressed: once, so that it may take its time."""
_AT_ONCE_BYTES = 128 * KIB
_LEVEL = 9
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Body:
    """`packed` is `data` as gzip, if that is worth sending; `digest` is a hash of `data`."""

    data: bytes
    packed: bytes | None
    digest: str

    @property
    def size(self) -> int:
        """The memory that it takes."""
        return len(self.data) + len(self.packed or b"")


async def body(data: bytes, *, compress: bool = True) -> Body:
    """What is to be sent of `data`; `compress` says whether it is text, which compression makes much smaller."""
    if not compress or len(data) < _COMPRESSED_BYTES:
        return _body(data, pack=False)
    if len(data) < _AT_ONCE_BYTES:
        return _body(data, pack=True)
    return await asyncio.to_thread(_body, data, pack=True)


def _body(data: bytes, *, pack: bool) -> Body:
    packed = None
    if pack:
        compressor = zlib.compressobj(_LEVEL, wbits=_GZIP)
        packed = compressor.compress(data) + compressor.flush()
    return Body(data, packed, hashlib.sha256(data).hexdigest()[:32])


def respond(request: Request, body: Body, media_type: str, headers: Mapping[str, str]) -> Response:
    """The body in the form that suits the request, or what says that whoever asks has these bytes already: `unchanged`.

    Each form has a tag of its own: a strong tag is of the bytes that are sent (RFC 9110, section 8.8.3).
    """
    packed = body.packed if negotiation.takes_gzip(request.headers) else None
    tag = f'"{body.digest}"' if packed is None else f'"{body.digest}-gzip"'
    headers = {**headers, "ETag": tag}
    if body.packed is not None:
        headers["Vary"] = ", ".join(part for part in (headers.get("Vary"), "Accept-Encoding") if part)
    if (known := unchanged(request, headers)) is not None:
        return known
    if packed is None:
        return Response(body.data, headers=headers, media_type=media_type)
    return Response(packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=media_type)


def unchanged(request: Request, headers: Mapping[str, str]) -> Response | None:
    """The answer of status 304 to a GET whose If-None-Match names the ETag among these headers; None where it does not.

    Any other method is refused then (RFC 9110, section 13.1.2). Raises Problem 412.
    """
    tag = headers["ETag"]
    # Compared weakly: a proxy may have weakened it on the way.
    named = ",".join(request.headers.getlist("if-none-match")).split(",")
    if not any(member.strip().removeprefix("W/") in (tag.removeprefix("W/"), "*") for member in named):
        return None
    if request.method == "GET":
        return Response(status_code=304, headers=dict(headers))
    # What may be kept of an answer is not to be kept of its refusal.
    kept = {name: value for name, value in headers.items() if name != "Cache-Control"}
    raise Problem("precondition", f"The answer is still {tag}, which If-None-Match names.", headers=kept)
