"""Behind a proxy: the prefix, and whose word is taken for who asks and by which address."""

import logging
from collections.abc import AsyncIterator
from urllib.parse import urljoin

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send
from tensorpad.api.proxies import RootPath, TrustedProxies
from tensorpad.app import create_app
from tensorpad.protocol.limits import Limits
from tensorpad.settings import ConfigurationError, load

from tests.support.stages import Stage, stage

pytestmark = pytest.mark.anyio

PROXY = "10.0.0.5"
CLIENT = "203.0.113.9"


@pytest.fixture
async def prefixed(anyio_backend: str) -> AsyncIterator[Stage]:
    async with stage(root_path="/pad") as opened:
        yield opened


@pytest.mark.parametrize("prefix", ["", "/pad"], ids=["stripped by the proxy", "kept by the proxy"])
async def test_every_kind_of_address_is_served_below_the_prefix(prefixed: Stage, prefix: str) -> None:
    ran = await prefixed.client.post(f"{prefix}/api/v1/runs", json={"code": "1"})
    assert (ran.status_code, ran.headers["access-control-allow-origin"]) == (200, "*")
    for path in ("/healthz", "/metrics", "/problems/not-found", "/openapi.json", "/api/v1/about"):
        assert (await prefixed.client.get(prefix + path)).status_code == 200, path
    missing = await prefixed.client.get(f"{prefix}/api/v1/nothing")
    assert missing.status_code == 404
    preflight = {"Access-Control-Request-Method": "POST", "Origin": "https://course.example"}
    assert (await prefixed.client.options(f"{prefix}/api/v1/runs", headers=preflight)).status_code == 204


async def test_description_names_the_prefix_as_its_server(prefixed: Stage) -> None:
    for path in ("/openapi.json", "/pad/openapi.json"):
        # The client's own address has the prefix, whatever the proxy passes on.
        [server] = (await prefixed.client.get(path)).json()["servers"]
        assert urljoin("https://pad.example.org/pad/openapi.json", server["url"]) == "https://pad.example.org/pad/"


async def test_prefix_without_its_slash_leads_to_the_page(prefixed: Stage) -> None:
    response = await prefixed.client.get("/pad")
    assert (response.status_code, response.headers["location"]) == (308, "/pad/")


async def test_what_only_begins_like_the_prefix_is_no_address(prefixed: Stage) -> None:
    assert (await prefixed.client.get("/paddle/healthz")).status_code == 404
    assert (await prefixed.client.get("/pad/pad/healthz")).status_code == 404


@pytest.mark.parametrize("root_path", ["/api", "/s/pad", "/docs", "/metrics"])
def test_prefix_that_begins_like_an_address_of_ours_is_refused(root_path: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^TENSORPAD_ROOT_PATH: .*begins like"):
        create_app(load(root_path=root_path, snippets="off"))


async def seen(peer: str, trusted: tuple[str, ...], root_path: str = "", **headers: str) -> dict[str, object]:
    """Who asks, and by which address, as the application sees it."""
    answers: list[dict[str, object]] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        assert request.client
        answers.append({"client": request.client.host, "base": str(request.base_url), "url": str(request.url)})
        await JSONResponse({})(scope, receive, send)

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_: object) -> None:
        return

    raw = [(b"host", b"127.0.0.1:8000")]
    raw += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "scheme": "http", "method": "GET", "path": "/s/x", "raw_path": b"/s/x", "query_string": b""}
    inner = RootPath(application, root_path) if root_path else application
    await TrustedProxies(inner, trusted)({**scope, "client": (peer, 1), "headers": raw}, receive, send)
    return answers[0]


FORWARDED = {"x_forwarded_for": CLIENT, "x_forwarded_proto": "https", "x_forwarded_host": "pad.example.org"}


async def test_trusted_proxy_says_who_asks_and_by_which_address() -> None:
    assert await seen(PROXY, ("10.0.0.0/24",), "/pad", **FORWARDED) == {
        "client": CLIENT,
        "base": "https://pad.example.org/pad/",
        "url": "https://pad.example.org/pad/s/x",
    }


async def test_nobody_else_is_believed() -> None:
    assert await seen("10.0.1.5", ("10.0.0.0/24",), **FORWARDED) == {
        "client": "10.0.1.5",
        "base": "http://127.0.0.1:8000/",
        "url": "http://127.0.0.1:8000/s/x",
    }


async def test_client_cannot_put_an_address_before_the_one_that_the_proxy_saw() -> None:
    forged = {**FORWARDED, "x_forwarded_for": f"192.0.2.1, {CLIENT}, 10.0.0.7"}
    assert (await seen(PROXY, ("10.0.0.0/24",), **forged))["client"] == CLIENT


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("evil.example, pad.example.org:8443", "https://pad.example.org:8443/"),
        ("[2001:db8::1]:8443", "https://[2001:db8::1]:8443/"),
        ("pad.example.org/path", "https://127.0.0.1:8000/"),
        ("a b", "https://127.0.0.1:8000/"),
        ("", "https://127.0.0.1:8000/"),
    ],
)
async def test_host_is_the_last_that_was_added_if_it_is_one(host: str, base: str) -> None:
    assert (await seen(PROXY, (PROXY,), **{**FORWARDED, "x_forwarded_host": host}))["base"] == base


async def test_log_and_rate_limit_know_the_client_behind_the_proxy(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "tensorpad.requests")
    async with stage(Limits(requests_per_minute=1), trusted=(PROXY,), peer=PROXY) as opened:
        answers = [await opened.post({"code": "1"}, X_Forwarded_For=client) for client in (CLIENT, CLIENT, "203.0.113.10")]
    assert [answer.status_code for answer in answers] == [200, 429, 200]
    assert [record.getMessage().split("client=")[1].split()[0] for record in caplog.records] == [
        CLIENT,
        CLIENT,
        "203.0.113.10",
    ]
