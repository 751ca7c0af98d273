"""Compression of what is made for one request alone. `api.bodies` compresses by itself what is sent often."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipResponder, IdentityResponder
from starlette.types import ASGIApp, Receive, Scope, Send

from tensorpad.api import negotiation
from tensorpad.protocol.limits import KIB

_COMPRESSED_BYTES = 64 * KIB
"""Bodies from this size on are compressed: less costs more time to compress than to send."""
_LEVEL = 4
"""Of 1 to 9. Level 6 takes twice the time to save a twentieth more."""
_COMPRESSED_ALREADY = tuple(kind for kind in DEFAULT_EXCLUDED_CONTENT_TYPES if kind != "text/event-stream")


class Compression:
    """Compresses large bodies and streams for those who take gzip, whatever route they come from.

    What a stream sends is flushed at once, so that each event is there when it happens.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif negotiation.takes_gzip(Headers(scope=scope)):
            responder = _Responder(
                self._app, _COMPRESSED_BYTES, compresslevel=_LEVEL, exclude_content_types=_COMPRESSED_ALREADY
            )
            await responder(scope, receive, send)
        else:
            await IdentityResponder(self._app, _COMPRESSED_BYTES)(scope, receive, send)


class _Responder(GZipResponder):
    """Weakens a strong tag, which is of the bytes before compression."""

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        headers = MutableHeaders(raw=self.initial_message["headers"])
        if headers.get("etag", "").startswith('"'):
            headers["ETag"] = f"W/{headers['etag']}"
        return await super().apply_compression(body, more_body=more_body)
