"""The built page and its files."""

from pathlib import Path

import pytest

from tests.support.stages import Stage, stage

pytestmark = pytest.mark.anyio


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    for name, text in (
        ("index.html", "<title>page</title>"),
        ("docs/docs.html", "<title>docs</title>"),
        ("docs/swagger.js", "1"),
        ("assets/main-abc123.js", "2"),
        ("favicon.svg", "<svg/>"),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "secret").write_text("confidential")
    return folder


async def test_page_that_was_never_built_says_what_to_run(api: Stage) -> None:
    for path in ("/", "/docs"):
        response = await api.client.get(path)
        assert response.status_code == 503
        assert "make frontend" in response.json()["detail"]


async def test_page_may_load_only_its_own_and_may_not_be_framed(built: Path) -> None:
    async with stage(pages=built) as api:
        for path, text in (("/", "<title>page"), ("/docs", "<title>docs")):
            response = await api.client.get(path)
            assert response.status_code == 200
            assert response.text.startswith(text)
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
