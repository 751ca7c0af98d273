"""HEAD and OPTIONS, at every address of the application."""

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts
from tensorpad.app import Site, assemble
from tensorpad.protocol.limits import Limits
from tensorpad.snippets.store import SnippetStore

from tests.support.autograd_records import tutorial
from tests.support.stages import ScriptedDrawer, ScriptedPool, Stage, completed, stage

pytestmark = pytest.mark.anyio

APP = assemble(ScriptedPool(), ScriptedDrawer(), Limits(), SnippetStore(None, 1), site=Site(Path("/nonexistent")))
ROUTES = sorted(
    {context.path or "" for context in iter_route_contexts(APP.routes) if "GET" in (context.methods or ())} - {""}
)
PARTS = {"/assets/{name:path}": "main.js", "/docs/{name:path}": "docs.js", "{path}": "torch.nn", "{slug}": "invalid"}
PASSING = ("x-request-id", "date")
"""Headers that differ from one answer to the next."""


@pytest.fixture
async def everything(tmp_path: Path) -> AsyncIterator[Stage]:
    """An application with pages, stored programs and a graph to draw."""
    for name in ("index.html", "embed.html", "embed.js", "icon.svg", "docs/docs.html", "docs/docs.js", "assets/main.js"):
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<html><head></head></html>" * 5_000)
    async with stage(pages=tmp_path / "static", snippets=tmp_path / "snippets.sqlite3") as opened:
        opened.pool.outcome = completed(trace=tutorial()[0])
        yield opened


async def address(api: Stage, route: str) -> str:
    """An address at which a route answers."""
    stored = await api.client.post("/api/v1/snippets", json={"cells": ["1"]})
    found = PARTS.get(route)
    path = re.sub(r"\{name:path\}", found, route) if found else route
    for part, value in {**PARTS, "{snippet_id}": stored.json()["id"], "{name}": "icon.svg"}.items():
        path = path.replace(part, value)
    return re.sub(r"\{\w+(:\w+)?\}", "x", path) + "?code=1" * path.startswith("/api/v1/graph.")


def lasting(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in PASSING}


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("route", ROUTES)
async def test_head_is_the_answer_of_get_without_its_body(everything: Stage, route: str, encoding: str) -> None:
    path, sent = await address(everything, route), {"Accept-Encoding": encoding}
    before = await everything.client.get(path, headers=sent)
    runs = len(everything.pool.requests)
    head = await everything.client.head(path, headers=sent)
    after = await everything.client.get(path, headers=sent)
    assert head.status_code == before.status_code
    assert head.content == b""
    # A counter may have grown between the two.
    assert lasting(head.headers) in (lasting(before.headers), lasting(after.headers))
    if route.startswith("/api/v1/graph."):
        assert len(everything.pool.requests) == runs == 1


async def test_head_runs_the_program_once_for_the_get_after_it(everything: Stage) -> None:
    head = await everything.client.head("/api/v1/graph.svg?code=1")
    got = await everything.client.get("/api/v1/graph.svg?code=1")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["etag"] == got.headers["etag"]
    assert len(everything.pool.requests) == 1


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/graph.svg", "GET, HEAD, OPTIONS"),
        ("/api/v1/graph", "OPTIONS, POST"),
        ("/openapi.json", "GET, HEAD, OPTIONS"),
        ("/docs", "GET, HEAD, OPTIONS"),
    ],
)
async def test_options_lists_the_methods_of_an_address(everything: Stage, path: str, allowed: str) -> None:
    options = await everything.client.options(path)
    assert (options.status_code, options.headers["allow"], options.content) == (204, allowed, b"")
    refused = await everything.client.patch(path)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    assert allowed in refused.json()["detail"]


async def test_options_of_nothing_is_not_found(everything: Stage) -> None:
    assert (await everything.client.options("/no/such/address")).status_code == 404
