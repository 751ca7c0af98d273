"""Absolute addresses, from what a request says and what a server believes of it."""

from typing import Any

import pytest
from starlette.requests import Request
from tensorpad.api import addresses


def request(host: str | None, **scope: Any) -> Request:
    headers = [(b"host", host.encode("latin-1"))] if host is not None else []
    own = {"type": "http", "scheme": "http", "server": ("127.0.0.1", 8000), "path": "/", "headers": headers}
    return Request({**own, **scope})


def test_an_address_has_the_host_that_was_asked_the_scheme_of_the_server_and_its_prefix() -> None:
    asked = request("pad.example:8443", scheme="https", root_path="/pad", path="/pad/s/x")
    assert addresses.public(asked, "/s/x?lang=en") == "https://pad.example:8443/pad/s/x?lang=en"
    assert addresses.public(request("[::1]:8000")) == "http://[::1]:8000/"


@pytest.mark.parametrize(
    "host",
    ['x"><script>', "a b", "evil.example/path", "user@evil.example", "a.example:port", "", "a\r\nX: 1", "é.example", None],
)
def test_a_host_that_is_none_is_never_repeated(host: str | None) -> None:
    assert addresses.public(request(host), "/embed") == "http://127.0.0.1:8000/embed"


def test_an_own_address_in_version_6_is_in_brackets() -> None:
    assert addresses.public(request(None, server=("::1", 8000))) == "http://[::1]:8000/"


@pytest.mark.parametrize(
    ("path", "root_path", "route"),
    [
        ("/embed", "", "/embed"),
        ("/embed", "/pad", "/embed"),
        ("/pad/embed", "/pad", "/embed"),
        ("/padding", "/pad", "/padding"),
    ],
)
def test_a_route_is_the_path_without_the_prefix(path: str, root_path: str, route: str) -> None:
    assert addresses.route({"path": path, "root_path": root_path}) == route


def test_a_prefix_is_encoded_as_addresses_have_it() -> None:
    assert addresses.root({"root_path": "/a b/ü/"}) == "/a%20b/%C3%BC"
    assert addresses.root({}) == ""
