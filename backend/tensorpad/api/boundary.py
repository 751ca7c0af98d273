"""The outermost layer of the application: an id for each request, headers that protect, one log line, no leaks.

It is a plain ASGI callable, so that streams pass through it and a client's going away is seen behind it.
"""

import logging
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tensorpad.api import addresses, problems, route_names
from tensorpad.api.metrics import Metrics
from tensorpad.api.problems import Problem
from tensorpad.api.requests import ClientGone

log = logging.getLogger("tensorpad.requests")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_EXPOSED = (
    "X-Request-Id, X-Run-Id, Retry-After, RateLimit, RateLimit-Policy, ETag, Location, Idempotency-Replayed, "
    "Preference-Applied, Tensorpad-Degraded"
)
_ANONYMOUS = frozenset({"/api/v1/lessons/{lesson}/tallies"})
"""Routes whose clients the log does not name."""
_CLIENT_GONE = 499
"""The status in the log, after nginx, of a request whose client left before its answer; nothing is sent."""

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, DELETE",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Type, Idempotency-Key, If-None-Match, Prefer, X-Request-Id"
    ),
    "Access-Control-Max-Age": "86400",
}


_OPEN_FOLDERS = ("/api/", "/assets/", "/player/")
_OPEN = frozenset({"/openapi.json", "/embed", "/embed.js", "/oembed"})


def _crosses_origins(scope: Scope) -> bool:
    """Whether pages of other origins may read this: the API, and all that a program embedded in one consists of."""
    path = addresses.route(scope)
    return path.startswith(_OPEN_FOLDERS) or path in _OPEN


class Boundary:
    """Wraps the routes. CORS is open where nothing knows cookies: on the API and what is embedded."""

    def __init__(self, app: ASGIApp, metrics: Metrics, address_bytes: int) -> None:
        self._app = app
        self._metrics = metrics
        self._address_bytes = address_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _protect(MutableHeaders(scope=message), _crosses_origins(scope), request_id)
            await send(message)

        try:
            if _address_bytes(scope) > self._address_bytes:
                problem = _too_long(self._address_bytes)
                await problems.response(problem, request_id)(scope, receive, send_with_headers)
            elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers and _crosses_origins(scope):
                await send_with_headers({"type": "http.response.start", "status": 204, "headers": _raw(_PREFLIGHT)})
                await send_with_headers({"type": "http.response.body", "body": b""})
            else:
                await self._app(scope, receive, send_with_headers)
        except ClientGone:
            status = _CLIENT_GONE
        except Exception:
            log.exception("fault id=%s method=%s path=%r", request_id, scope["method"], scope["path"])
            if status:
                # The answer has begun and cannot become another; breaking it off is all that says so.
                raise
            problem = problems.from_failure(RuntimeError())
            await problems.response(problem, request_id)(scope, receive, send_with_headers)
        finally:
            self._metrics.responded(route_names.route(scope), status)
            named = scope.get("client") and route_names.route(scope) not in _ANONYMOUS
            client = scope["client"][0] if named else "-"
            elapsed_ms = (time.perf_counter() - started) * 1000
            log.info(
                "request id=%s client=%s method=%s path=%r status=%d ms=%.1f",
                *(request_id, client, scope["method"], scope["path"], status, elapsed_ms),
            )


def _address_bytes(scope: Scope) -> int:
    """Length of the path and query as they were sent, with the mark between them."""
    query: bytes = scope["query_string"]
    return len(scope.get("raw_path") or scope["path"].encode()) + (len(query) + 1 if query else 0)


def _too_long(limit: int) -> Problem:
    detail = f"Path and query are above the limit of {limit} bytes (limits.address_bytes)."
    hint = "Send the program in the body of POST /api/v1/graph, or store it and name it as snippet."
    return Problem("long-address", f"{detail} {hint}")


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def _protect(headers: MutableHeaders, crosses_origins: bool, request_id: str) -> None:
    headers["X-Request-Id"] = request_id
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Referrer-Policy", "no-referrer")
    # What is no page has no business to load or run anything; a page brings a policy of its own.
    headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    if crosses_origins:
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Access-Control-Expose-Headers"] = _EXPOSED
        headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
    else:
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
