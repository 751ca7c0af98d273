"""Where the service is reached: the prefix that a proxy gives it, and absolute addresses for what other sites read."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.types import Scope

HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
"""What a Host header may be: a name, an IPv4 address or an IPv6 address in brackets, and perhaps a port."""


def root(scope: Scope) -> str:
    """The prefix of every path, percent-encoded and without a slash at its end; empty where there is none."""
    return quote(str(scope.get("root_path", "")).rstrip("/"), safe="/-._~")


def route(scope: Scope) -> str:
    """The path without the prefix, which servers and proxies leave in it or take out."""
    path, prefix = str(scope["path"]), str(scope.get("root_path", "")).rstrip("/")
    return path[len(prefix) :] if prefix and path.startswith(f"{prefix}/") else path


def public(request: Request, path: str = "/") -> str:
    """The absolute address of `path` (encoded, with its query), as whoever asks reaches it.

    Scheme and prefix come from the server, which believes forwarded headers of trusted proxies alone. The Host header is
    anybody's: one that is no host is not repeated.
    """
    host = request.headers.get("host", "")
    if not HOST.fullmatch(host):
        name, port = request.scope.get("server") or ("localhost", None)
        name = f"[{name}]" if ":" in name else name
        host = f"{name}:{port}" if port else name
    return f"{request.url.scheme}://{host}{root(request.scope)}{path}"
