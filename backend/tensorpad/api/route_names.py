"""Which route a request took, by its template. What is counted is counted by it: addresses are without number."""

import re
from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

NONE = "none"
"""Where there is no route: an address that does not exist, or no request at all."""

_KIND = re.compile(r"/(?:api/v1/)?([a-z]+)")
_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)


class RouteNames:
    """The innermost layer: it has the very scope that the router writes its choice into, and tells the outer ones."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        token = _scope.set(scope)
        try:
            await self._app(scope, receive, send)
        finally:
            _scope.reset(token)
            scope.setdefault("state", {})["route"] = _template(scope)


def route(scope: Scope) -> str:
    """The template of the route that a request took, once it has been answered."""
    return scope.get("state", {}).get("route", NONE)


def kind() -> str:
    """What the request of this moment asks for: the name in its address, as `graph` in `/api/v1/graph.svg`."""
    scope = _scope.get()
    found = _KIND.match(_template(scope)) if scope is not None else None
    return found[1] if found else NONE


def _template(scope: Scope) -> str:
    return getattr(scope.get("route"), "path", NONE)
