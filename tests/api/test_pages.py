"""The built page and its files."""

from pathlib import Path

import pytest

from tests.support.stages import Stage, stage

pytestmark = pytest.mark.anyio

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta
      name="description"
      content="as built"
    />
    <title>{title}</title>
    <link rel="icon" href="./favicon.svg" />
    <script type="module" crossorigin src="./assets/main-abc123.js"></script>
    <link rel="stylesheet" href="/assets/main-abc123.css">
    <link rel="license" href="https://example.org/licence">
  </head>
</html>
"""


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    for name, text in (
        ("index.html", PAGE.format(title="page")),
        ("embed.html", PAGE.format(title="embed")),
        ("embed.js", "customElements.define('tensor-pad', class extends HTMLElement {})"),
        ("docs/docs.html", '<html lang="en"><head><title>docs</title><script src="docs.js"></script></head></html>'),
        ("docs/swagger.js", "1"),
        ("assets/main-abc123.js", "2"),
        ("player/player.html", PAGE.format(title="player")),
        ("player/player.js", "3"),
        ("favicon.svg", "<svg/>"),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "secret").write_text("confidential")
    return folder


async def test_page_that_was_never_built_says_what_to_run(api: Stage) -> None:
    for path in ("/", "/docs", "/embed", "/s/abcdefghijklmnopqrst"):
        response = await api.client.get(path)
        assert response.status_code == 503
        assert "make frontend" in response.json()["detail"]


async def test_page_may_load_only_its_own_and_may_not_be_framed(built: Path) -> None:
    async with stage(pages=built) as api:
        for path, text in (("/", "<title>Tensorpad"), ("/docs", "<title>docs")):
            response = await api.client.get(path)
            assert response.status_code == 200
            assert text in response.text
            policy = response.headers["content-security-policy"]
            for part in (
                "default-src 'self'",
                "script-src 'self'",
                "frame-ancestors 'none'",
                "object-src 'none'",
                "base-uri 'none'",
            ):
                assert part in policy
            assert response.headers["cache-control"] == "no-cache"
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["referrer-policy"]


async def test_hashed_files_are_kept_for_ever_and_others_are_not(built: Path) -> None:
    async with stage(pages=built) as api:
        hashed = await api.client.get("/assets/main-abc123.js")
        assert hashed.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "javascript" in hashed.headers["content-type"]
        assert hashed.headers["access-control-allow-origin"] == "*"
        assert hashed.headers["cross-origin-resource-policy"] == "cross-origin"
        for path in ("/favicon.svg", "/docs/swagger.js"):
            response = await api.client.get(path)
            assert (response.status_code, response.headers["cache-control"]) == (200, "no-cache")
        assert (await api.client.head("/")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../secret",
        "/assets/..%2f..%2fsecret",
        "/..%2fsecret",
        "/assets/%2e%2e/%2e%2e/secret",
        "/assets/",
        "/a%00b",
        f"/{'x' * 300}",
        "/assets/link",
        "/index.html",
        "/docs/docs.html",
    ],
)
async def test_no_path_leads_out_of_the_folder(built: Path, path: str) -> None:
    (built / "assets/link").symlink_to(built.parent / "secret")
    async with stage(pages=built) as api:
        response = await api.client.get(path)
    assert response.status_code == 404
    assert "confidential" not in response.text


async def test_large_files_are_sent_compressed_to_who_can_read_them(built: Path) -> None:
    script = "let x = 1;\n" * 20_000
    (built / "assets/main-abc123.js").write_text(script)
    async with stage(pages=built) as api:
        for accepted in ("gzip", "identity"):
            response = await api.client.get("/assets/main-abc123.js", headers={"Accept-Encoding": accepted})
            assert response.text == script
            assert response.headers.get("content-encoding", "identity") == accepted
            assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_embedded_page_may_be_framed_by_anybody_and_its_files_read_from_any_origin(built: Path) -> None:
    async with stage(pages=built) as api:
        embed, script = await api.client.get("/embed"), await api.client.get("/embed.js")
    assert "<title>embed" in embed.text
    policy = embed.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors" not in policy
    assert "x-frame-options" not in embed.headers
    assert embed.headers["cross-origin-embedder-policy"] == "require-corp"
    for response in (embed, script):
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "set-cookie" not in response.headers


async def test_what_keeps_its_name_is_sent_anew_only_when_it_has_changed(built: Path) -> None:
    async with stage(pages=built) as api:
        for path, file in (
            ("/embed.js", "embed.js"),
            ("/embed", "embed.html"),
            ("/", "index.html"),
            ("/favicon.svg", "favicon.svg"),
        ):
            first = await api.client.get(path)
            kept = {"If-None-Match": f'"other", {first.headers["etag"]}'}
            again = await api.client.get(path, headers=kept)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]
            assert again.headers["cache-control"] == first.headers["cache-control"]
            (built / file).write_text((built / file).read_text() + " ")
            changed = await api.client.get(path, headers=kept)
            assert (changed.status_code, changed.text) == (200, first.text + " ")
        seconds = int(first_number((await api.client.get("/embed.js")).headers["cache-control"]))
        assert 0 < seconds <= 3600


def first_number(text: str) -> str:
    return next(part for part in text.replace("=", " ").replace(",", " ").split() if part.isdigit())


@pytest.mark.parametrize(("root_path", "sent"), [("", ""), ("/pad", ""), ("/pad", "/pad"), ("/a b", "")])
async def test_pages_name_their_files_behind_the_prefix_of_the_service(built: Path, root_path: str, sent: str) -> None:
    prefix = root_path.replace(" ", "%20")
    async with stage(pages=built, root_path=root_path) as api:
        for path in ("/", "/embed", "/s/abcdefghijklmnopqrst"):
            page = await api.client.get(sent + path)
            assert f'<html lang="en" data-root="{prefix}/">' in page.text
            assert f'href="{prefix}/favicon.svg"' in page.text
            assert f'src="{prefix}/assets/main-abc123.js"' in page.text
            assert f'href="{prefix}/assets/main-abc123.css"' in page.text
            assert 'href="https://example.org/licence"' in page.text
        docs = await api.client.get(f"{sent}/docs")
        assert f'src="{prefix}/docs/docs.js"' in docs.text
        opened = await api.client.get(f"{sent}/assets/main-abc123.js")
        assert (opened.text, opened.headers["access-control-allow-origin"]) == ("2", "*")


async def test_player_may_be_framed_and_loaded_by_any_page(built: Path) -> None:
    async with stage(pages=built) as api:
        frame = await api.client.get("/player/player.html")
        script = await api.client.get("/player/player.js")
    assert (frame.status_code, script.status_code) == (200, 200)
    assert "frame-ancestors" not in frame.headers["content-security-policy"]
    # In a sandbox its origin is opaque, so that its own files are another's.
    for answer in (frame, script):
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert answer.headers["access-control-allow-origin"] == "*"
