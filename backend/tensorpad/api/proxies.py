"""What stands before the service: proxies that speak for their clients, and the prefix that they serve it below.

Both are plain ASGI callables and come before everything else, so that log, rate limit and addresses see what is true.
"""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from typing import Any, cast

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from tensorpad.api.addresses import HOST


class RootPathTaken(ValueError):
    """The prefix begins like one of the service's own addresses."""


class TrustedProxies:
    """Takes the client's address, the scheme and the host from `X-Forwarded-For`, `-Proto` and `-Host`.

    It does so only where the peer is a trusted proxy; anybody else could write there what they like.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[str]) -> None:
        self._app = app
        self._networks = [ip_network(network) for network in trusted]
        # The walk back through several proxies to the first that is not trusted is uvicorn's.
        self._client_and_scheme: Any = ProxyHeadersMiddleware(cast("Any", app), list(trusted))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or not self._trusts(scope):
            await self._app(scope, receive, send)
            return
        # Of several hosts the last is the one that the nearest proxy wrote.
        host = Headers(scope=scope).get("x-forwarded-host", "").rpartition(",")[2].strip()
        if HOST.fullmatch(host):
            MutableHeaders(scope=scope)["host"] = host
        await self._client_and_scheme(scope, receive, send)

    def _trusts(self, scope: Scope) -> bool:
        try:
            peer = ip_address(scope["client"][0])
        except (TypeError, ValueError):
            # A peer without an address, as on a Unix socket.
            return False
        return any(peer in network for network in self._networks)


class RootPath:
    """Serves below a prefix, whether or not the proxy strips it: behind this, `path` has it, as ASGI wants it."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] == self._root_path:
            await RedirectResponse(f"{self._root_path}/", 308)(scope, receive, send)
            return
        scope["root_path"] = self._root_path
        if not scope["path"].startswith(f"{self._root_path}/"):
            scope["path"] = self._root_path + scope["path"]
            scope["raw_path"] = self._root_path.encode() + scope["raw_path"]
        await self._app(scope, receive, send)


def put_behind(app: FastAPI, root_path: str, trusted: Sequence[str]) -> None:
    """Put the application behind proxies in these networks, below this prefix. Raises RootPathTaken.

    A prefix that began like a route could not be told from it, so that a proxy that strips it would be misunderstood.
    """
    if root_path:
        first = root_path.split("/")[1]
        if first in {route.path.split("/")[1] for route in iter_route_contexts(app.routes) if route.path}:
            raise RootPathTaken(f"{root_path!r} begins like Tensorpad's own addresses /{first}; choose another prefix")
        app.add_middleware(RootPath, root_path=root_path)
    if trusted:
        app.add_middleware(TrustedProxies, trusted=trusted)
