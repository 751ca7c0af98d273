"""What other sites read of the page of a program: Open Graph, cards, and links to oEmbed."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from tensorpad.texts import CATALOGUES, Lang

from tests.support.heads import PageHead
from tests.support.stages import Stage, stage

pytestmark = pytest.mark.anyio

FRONTEND = Path(__file__).parents[2] / "frontend"
PAGE = (
    '<!doctype html><html lang="en"><head><meta name="description" content="as built"><title>as built</title></head>'
    "<body></body></html>"
)
CODE = "import torch\nx = torch.ones(2, 2, requires_grad=True)\nout = (x * 3).mean()\nout.backward()\nx.grad"
TITLE = "The gradient of out = (x * 3).mean()"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for name in ("index.html", "embed.html"):
        (tmp_path / name).write_text(PAGE)
    return tmp_path


@pytest.fixture(params=["", "/pad"], ids=["at the root", "below a prefix"])
async def storing(request: pytest.FixtureRequest, pages: Path, anyio_backend: str) -> AsyncIterator[tuple[Stage, str]]:
    """A service that stores programs, and its public address."""
    async with stage(pages=pages, snippets=pages / "snippets.sqlite3", root_path=request.param) as api:
        yield api, f"http://tensorpad.test{request.param}"


async def stored(api: Stage, *cells: str, **fields: object) -> str:
    response = await api.client.post("/api/v1/snippets", json={"cells": cells, **fields})
    return response.json()["id"]


async def head(api: Stage, path: str, status: int = 200, **headers: str) -> PageHead:
    response = await api.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert response.status_code == status
    return PageHead(response.text)


async def test_the_page_of_a_stored_program_tells_what_it_does(storing: tuple[Stage, str]) -> None:
    api, public = storing
    snippet = await stored(api, CODE)
    found = await head(api, f"/s/{snippet}")
    assert found.title == f"{TITLE} · Tensorpad"
    assert found.tags.count("title") == 1
    metas = found.metas
    assert metas["description"] == metas["og:description"] == metas["twitter:description"]
    assert metas["description"].startswith(
        "Makes x (2 × 2, requires grad), computes out = (x * 3).mean(), runs out.backward()"
    )
    assert len(metas["description"]) > 60
    assert metas["og:title"] == metas["twitter:title"] == TITLE
    assert (metas["og:site_name"], metas["og:type"], metas["og:locale"]) == ("Tensorpad", "website", "en_US")
    assert metas["og:url"] == f"{public}/s/{snippet}"
    assert metas["og:image"] == metas["twitter:image"] == f"{public}/api/v1/preview.png?snippet={snippet}"
    assert (metas["og:image:width"], metas["og:image:height"]) == ("1200", "630")
    assert (metas["og:image:type"], metas["og:image:alt"]) == ("image/png", TITLE)
    assert metas["twitter:card"] == "summary_large_image"
    for kind, name in (("application/json+oembed", "json"), ("text/xml+oembed", "xml")):
        address = urlsplit(found.alternates[kind])
        assert f"{address.scheme}://{address.netloc}{address.path}" == f"{public}/oembed"
        assert parse_qs(address.query) == {"url": [f"{public}/s/{snippet}"], "format": [name]}


@pytest.mark.parametrize(("path", "lang"), [("/", "en"), ("/?lang=zh-CN", "zh-CN")])
async def test_the_playground_tells_what_it_is_and_shows_the_program_that_it_opens_with(
    storing: tuple[Stage, str], path: str, lang: Lang
) -> None:
    api, public = storing
    found = await head(api, path)
    metas, words = found.metas, CATALOGUES[lang].synopsis
    assert found.title == "Tensorpad"
    assert metas["og:title"] == metas["twitter:title"] == words.playground_title
    assert metas["description"] == metas["og:description"] == metas["twitter:description"] == words.playground
    assert metas["og:url"] == f"{public}/"
    picture = urlsplit(metas["og:image"])
    assert f"{picture.scheme}://{picture.netloc}{picture.path}" == f"{public}/api/v1/preview.png"
    asked = parse_qs(picture.query)
    assert asked["lang"] == [lang]
    opening = (FRONTEND / "src" / "app" / "examples" / "autograd.ts").read_text(encoding="utf-8")
    assert all(json.dumps(cell) in opening for cell in asked["cells"])
    assert len(asked["cells"]) == 3


async def test_an_embedded_program_is_told_from_its_address(storing: tuple[Stage, str]) -> None:
    api, public = storing
    path = f"/embed?view=memory&code={quote(CODE)}&of=out&junk=1"
    found = await head(api, path)
    assert found.metas["og:title"] == TITLE
    assert found.metas["og:url"] == f"{public}/embed?code={quote(CODE, safe='')}&view=memory&of=out"
    picture = urlsplit(found.metas["og:image"])
    assert parse_qs(picture.query) == {"code": [CODE], "of": ["out"]}
    cells = ["import torch\nx = torch.ones(3)", "x"]
    of_cells = await head(api, f"/embed?cells={quote(json.dumps(cells))}&theme=dark")
    assert of_cells.metas["description"].startswith("Makes x (3 elements) and shows x.")
    assert parse_qs(urlsplit(of_cells.metas["og:image"]).query) == {"cells": cells, "theme": ["dark"]}
    snippet = await stored(api, "y = torch.zeros(4)")
    assert (await head(api, f"/embed?snippet={snippet}")).metas["og:title"] == "y = torch.zeros(4)"


async def test_language_is_that_of_the_link_then_of_the_program_then_of_the_reader(storing: tuple[Stage, str]) -> None:
    api, _ = storing
    plain, chinese = await stored(api, CODE), await stored(api, CODE, lang="zh-CN")
    for path, accepted, locale in (
        (f"/s/{plain}", "", "en_US"),
        (f"/s/{plain}", "zh-CN,en;q=0.5", "zh_CN"),
        (f"/s/{chinese}", "en", "zh_CN"),
        (f"/s/{chinese}?lang=en", "zh-CN", "en_US"),
        (f"/s/{plain}?lang=zh-CN", "en", "zh_CN"),
        (f"/s/{plain}?lang=fr", "zh-CN", "zh_CN"),
        ("/embed?code=x&lang=zh-CN", "en", "zh_CN"),
    ):  # fmt: skip
        response = await api.client.get(path, headers={"Accept-Language": accepted})
        assert "accept-language" in response.headers["vary"].lower()
        found = PageHead(response.text)
        assert found.metas["og:locale"] == locale, path
        assert dict(found.elements)["html"]["lang"] == locale.replace("_US", "").replace("_", "-")
    assert (await head(api, f"/s/{chinese}")).metas["description"].startswith("创建 x（2 × 2，要求梯度）")


async def test_an_unknown_program_is_not_found_but_has_the_page(storing: tuple[Stage, str]) -> None:
    api, _ = storing
    for path in ("/s/abc", "/s/abcdefghijklmnopqrst", "/s/%00"):
        found = await head(api, path, 404)
        assert found.title == "as built"
        assert found.alternates == {}
        assert "og:title" not in found.metas
        assert (await api.client.head(path)).status_code == 404


async def test_a_known_program_answers_head(storing: tuple[Stage, str]) -> None:
    api, _ = storing
    path = f"/s/{await stored(api, CODE)}"
    whole, asked = await api.client.get(path), await api.client.head(path)
    assert (asked.status_code, asked.content, asked.headers["etag"]) == (200, b"", whole.headers["etag"])


async def test_embedded_page_without_a_readable_program_is_as_built(storing: tuple[Stage, str]) -> None:
    api, _ = storing
    for query in (
        "",
        "?cells=[",
        "?cells=[1]",
        "?cells=[]",
        '?cells=["%5Cud800"]',
        "?snippet=abcdefghijklmnopqrst",
        "?snippet=",
    ):
        found = await head(api, f"/embed{query}")
        assert (found.title, found.alternates) == ("as built", {})


async def test_page_works_while_the_store_does_not(pages: Path) -> None:
    async with stage(pages=pages, snippets=pages / "snippets.sqlite3") as api:
        snippet = await stored(api, CODE)
        with closing(sqlite3.connect(pages / "snippets.sqlite3")) as other:
            other.execute("DROP TABLE snippet")
        found = await api.client.get(f"/s/{snippet}")
        embedded = await api.client.get(f"/embed?snippet={snippet}")
    assert found.status_code == 503
    assert embedded.status_code == 200
    assert PageHead(found.text).title == PageHead(embedded.text).title == "as built"
    assert "retry-after" in found.headers


HOSTILE = (
    '# "><script>alert(1)</script><meta property="og:title" content="forged\n',
    "# </title></head><script>alert(1)</script>\n",
    "# '; DROP --> <!-- <b> & &amp; &quot; \\1 \\g<0> {0}\n",
    "# \u202etitle\u2066 \u200b\x07\ufffe\ud83d\ude00\n".encode("utf-16", "surrogatepass").decode("utf-16"),
)


@pytest.mark.parametrize("comment", HOSTILE)
async def test_no_program_breaks_out_of_the_head_of_its_page(pages: Path, comment: str) -> None:
    async with stage(pages=pages) as api:
        clean = await head(api, f"/embed?code={quote('# Title')}")
        found = await head(api, f"/embed?code={quote(comment)}&of=%22%3E%3Cscript%3E&theme=%22")
    assert found.tags == clean.tags
    assert [list(attributes) for _, attributes in found.elements] == [list(attributes) for _, attributes in clean.elements]
    title = found.metas["og:title"]
    assert title
    assert title in found.title
    assert all(character.isprintable() for character in title)


async def test_a_host_that_is_none_is_in_no_address(pages: Path) -> None:
    async with stage(pages=pages) as api:
        found = await head(api, "/embed?code=x", host='evil"><script>')
    assert "evil" not in str(found.elements)
    assert urlsplit(found.metas["og:url"]).path == "/embed"


async def test_a_program_that_no_address_holds_has_no_picture_and_no_discovery(pages: Path) -> None:
    code = "x = 1  # 名\n" * 800
    async with stage(pages=pages) as api:
        found = await head(api, f"/embed?code={quote(code)}")
    assert found.metas["og:title"] == "A Python program"
    assert "text/xml+oembed" not in found.alternates
