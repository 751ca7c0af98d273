"""oEmbed, as the sites that embed read it."""

import base64
import json
import zlib
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pytest
from tensorpad.app import Site, assemble
from tensorpad.protocol.limits import Limits
from tensorpad.snippets.store import SnippetStore

from tests.support.heads import PageHead
from tests.support.patience import PATIENCE_S
from tests.support.served import served
from tests.support.stages import ScriptedDrawer, ScriptedPool, Stage, stage

pytestmark = pytest.mark.anyio

# It has no types.
micawber: Any = import_module("micawber")

CODE = "import torch\nx = torch.ones(2, 2, requires_grad=True)\nout = (x * 3).mean()\nout.backward()\nx.grad"


@pytest.fixture(params=["", "/pad"], ids=["at the root", "below a prefix"])
async def storing(request: pytest.FixtureRequest, tmp_path: Path, anyio_backend: str) -> AsyncIterator[tuple[Stage, str]]:
    """A service that stores programs, and its public address."""
    async with stage(snippets=tmp_path / "snippets.sqlite3", root_path=request.param) as api:
        yield api, f"http://tensorpad.test{request.param}"


async def asked(api: Stage, url: str, **query: object) -> httpx.Response:
    return await api.client.get("/oembed", params={"url": url, **{name: str(value) for name, value in query.items()}})


def frame(html: str) -> dict[str, str]:
    """The attributes of the one element that the HTML is."""
    [(tag, attributes)] = PageHead(html).elements
    assert tag == "iframe"
    return attributes


def fragment(state: object) -> str:
    """A state as the page writes it into a link."""
    deflater = zlib.compressobj(wbits=-15)
    deflated = deflater.compress(json.dumps(state).encode()) + deflater.flush()
    return "#code/" + base64.urlsafe_b64encode(deflated).decode().rstrip("=")


async def test_a_stored_program_is_embedded_as_one_frame(storing: tuple[Stage, str]) -> None:
    api, public = storing
    snippet = (await api.client.post("/api/v1/snippets", json={"cells": [CODE]})).json()["id"]
    response = await asked(api, f"{public}/s/{snippet}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["access-control-allow-origin"] == "*"
    body: dict[str, Any] = response.json()
    assert (body["version"], body["type"]) == ("1.0", "rich")
    assert (body["provider_name"], body["provider_url"]) == ("Tensorpad", f"{public}/")
    assert body["title"] == "The gradient of out = (x * 3).mean()"
    assert body["cache_age"] > 0
    attributes = frame(body["html"])
    assert attributes["src"] == f"{public}/embed?snippet={snippet}"
    assert attributes["title"] == body["title"]
    assert (attributes["width"], attributes["height"]) == (str(body["width"]), str(body["height"]))
    assert body["thumbnail_url"] == f"{public}/api/v1/preview.png?snippet={snippet}"
    assert (body["thumbnail_width"], body["thumbnail_height"]) == (1200, 630)


async def test_a_frame_is_within_what_its_site_allows(storing: tuple[Stage, str]) -> None:
    api, public = storing
    for maxima, size in (
        ({}, (720, 480)),
        ({"maxwidth": 400}, (400, 480)),
        ({"maxwidth": 2000, "maxheight": 90}, (720, 90)),
        ({"maxwidth": 2000, "maxheight": 2000}, (720, 480)),
    ):
        body = (await asked(api, f"{public}/embed?code=x", **maxima)).json()
        assert (body["width"], body["height"]) == size
        assert (frame(body["html"])["width"], frame(body["html"])["height"]) == tuple(map(str, size))
        # A picture that is larger than allowed may not be named.
        small = min(maxima.get("maxwidth", 1200), 1200) < 1200 or min(maxima.get("maxheight", 630), 630) < 630
        assert ("thumbnail_url" in body) is not small


async def test_an_embedded_page_keeps_its_parameters(storing: tuple[Stage, str]) -> None:
    api, public = storing
    query = f"code={quote(CODE, safe='')}&view=steps&of=out&step=3&mode=edit&theme=dark&lang=zh-CN&controls=none&autoplay=0"
    body = (await asked(api, f"{public}/embed?{query}")).json()
    assert frame(body["html"])["src"] == f"{public}/embed?{query}"
    assert body["title"] == "out = (x * 3).mean() 的梯度"


async def test_links_that_hold_their_program_are_embedded(storing: tuple[Stage, str]) -> None:
    api, public = storing
    link = fragment({"cells": ["import torch", "y = torch.zeros(3)"], "lang": "zh-CN", "view": "memory"})
    for path in ("/", "/embed?view=values"):
        body = (await asked(api, f"{public}{path}{link}")).json()
        assert body["title"] == "y = torch.zeros(3)"
        assert body["description"].startswith("创建 y（3 个元素）。")
        assert frame(body["html"])["src"] == f"{public}/embed{path.removeprefix('/embed').removeprefix('/')}{link}"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/docs",
        "/embed",
        "/embed?cells=[",
        "/embed?code=%ZZ&" + "&".join("a" * 200),
        "/s/abcdefghijklmnopqrst",
        "/s/",
        "/s/a/b",
        "/#code/",
        "/#code/!!!!",
        "/#code/AAAA",
        fragment({"cells": [1]}),
        fragment({"cells": []}),
        fragment({"cells": ["\ud800"]}),
        fragment(["x"]),
        fragment({"cells": ["x" * 300_000]}),
        "/api/v1/runs",
    ],
)
async def test_an_address_that_shows_no_program_is_not_found(storing: tuple[Stage, str], path: str) -> None:
    api, public = storing
    response = await asked(api, f"{public}/{path.removeprefix('/')}" if path else public)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_fragment_that_inflates_without_end_is_not_followed(storing: tuple[Stage, str]) -> None:
    api, public = storing
    response = await asked(api, f"{public}/{fragment({'cells': ['x'], 'more': ' ' * 10_000_000})}")
    assert response.status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.test/embed?code=x",
        "http://tensorpad.test.evil.example/embed?code=x",
        "http://tensorpad.test@evil.example/embed?code=x",
        "ftp://tensorpad.test/embed?code=x",
        "javascript:alert(1)",
        "//tensorpad.test/embed?code=x",
        "/\\tensorpad.test/embed?code=x",
        "http://[::1/embed?code=x",
        "http://tensorpad.test:99999999/embed?code=x",
        "\u202e",
    ],
)
async def test_addresses_of_others_are_not_found(url: str) -> None:
    async with stage() as api:
        assert (await asked(api, url)).status_code == 404


async def test_an_address_from_its_path_on_is_ours(storing: tuple[Stage, str]) -> None:
    api, public = storing
    body = (await asked(api, "/embed?code=x")).json()
    assert body == (await asked(api, f"{public}/embed?code=x")).json()
    assert frame(body["html"])["src"] == f"{public}/embed?code=x"


async def test_an_address_with_https_is_ours_though_a_proxy_did_not_say_so(storing: tuple[Stage, str]) -> None:
    api, public = storing
    response = await asked(api, f"{public.replace('http://tensorpad', 'https://TensorPad')}/embed?code=x")
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 422),
        ({"url": ""}, 422),
        ({"url": "{}/embed?code=x", "maxwidth": "wide"}, 422),
        ({"url": "{}/embed?code=x", "maxheight": "0"}, 422),
        ({"url": "{}/embed?code=x", "maxwidth": "-5"}, 422),
        ({"url": "{}/embed?code=x", "format": "yaml"}, 501),
        ({"url": "{}/embed?code=x", "format": ""}, 501),
        ({"url": "{}/embed?code=x", "callback": "f", "dnt": "1"}, 200),
    ],
)
async def test_wrong_parameters_are_named(storing: tuple[Stage, str], query: dict[str, str], status: int) -> None:
    api, public = storing
    response = await api.client.get("/oembed", params={name: value.format(public) for name, value in query.items()})
    assert response.status_code == status
    if status != 200:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["access-control-allow-origin"] == "*"


async def test_xml_says_the_same_as_json_whatever_the_program_says(storing: tuple[Stage, str]) -> None:
    api, public = storing
    for title in ("A < B & \"C\" ]]> 'D'", "</title><script>", "\x0c\u202e\ufffe & <", "变量"):
        url = f"{public}/embed?code={quote(f'# {title}', safe='')}"
        body = (await asked(api, url)).json()
        response = await asked(api, url, format="xml")
        assert response.headers["content-type"].startswith("text/xml")
        root = ElementTree.fromstring(response.content)
        assert root.tag == "oembed"
        assert {member.tag: member.text for member in root} == {name: str(value) for name, value in body.items()}
        assert frame(body["html"])["title"] == body["title"]


async def test_format_may_be_asked_for_by_accept(storing: tuple[Stage, str]) -> None:
    api, public = storing
    for accept, kind in (("text/xml", "text/xml"), ("application/xml", "text/xml"), ("*/*", "application/json")):
        response = await api.client.get("/oembed", params={"url": f"{public}/embed?code=x"}, headers={"Accept": accept})
        assert response.headers["content-type"].startswith(kind)
    refused = await api.client.get("/oembed", params={"url": f"{public}/embed?code=x"}, headers={"Accept": "image/png"})
    assert refused.status_code == 406


async def test_head_answers_as_get_does(storing: tuple[Stage, str]) -> None:
    api, public = storing
    response = await api.client.head("/oembed", params={"url": f"{public}/embed?code=x"})
    assert (response.status_code, response.content) == (200, b"")


def test_a_consumer_of_others_making_finds_and_reads_it(tmp_path: Path) -> None:
    (tmp_path / "embed.html").write_text('<html lang="en"><head><title>as built</title></head></html>')
    limits = Limits()
    app = assemble(ScriptedPool(), ScriptedDrawer(), limits, SnippetStore(None, limits.snippets), site=Site(tmp_path))
    with served(app) as address:
        url = f"{address}/embed?code={quote(CODE, safe='')}"
        discovered = PageHead(httpx.get(url, timeout=PATIENCE_S).text).alternates["application/json+oembed"]
        registry = micawber.ProviderRegistry()
        registry.register(rf"{address}/\S*", micawber.Provider(discovered.partition("?")[0]))
        found = registry.request(url, maxwidth=600)
        text = micawber.parse_text(url, registry)
    assert (found["type"], found["width"]) == ("rich", 600)
    assert frame(found["html"])["src"] == url
    assert "<iframe" in text
