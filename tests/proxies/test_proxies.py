"""A service behind nginx and Caddy with the documented settings: HTTPS, below a prefix, stripped and not."""

import re
from urllib.parse import urlsplit

import httpx
import pytest

from tests.proxies.conftest import Site
from tests.support.client import EventStream, until
from tests.support.patience import PATIENCE_S
from tests.support.proxies import CLIENT, NAME


def test_program_runs_and_the_log_has_the_client_that_asked(site: Site) -> None:
    with site.client() as client:
        forged = {
            "X-Forwarded-For": "192.0.2.1",
            "X-Forwarded-Host": "evil.example",
            "X-Request-Id": f"forged-{site.proxy.port}",
        }
        response = client.post("/pad/api/v1/runs", json={"code": "1 + 1"}, headers=forged)
    assert response.json()["cells"][0]["result"]["text"] == "2"
    line = f"id=forged-{site.proxy.port} client={CLIENT} "
    until(lambda: line in site.log.read_text(), "the log names the client")


def test_events_come_while_the_program_runs_and_leaving_ends_it(site: Site) -> None:
    program = {"code": "print('first')\nwhile True: pass"}
    with (
        site.client() as client,
        client.stream("POST", "/pad/api/v1/runs", json=program, headers={"Accept": "text/event-stream"}) as response,
    ):
        names = iter(EventStream(response))
        assert next(names)[0] == "queued"
        assert next(names) == ("stdout", {"cell": 0, "stream": "stdout", "text": "first\n"})
        assert site.backend.running() == 1
    until(lambda: site.backend.running() == 0, "the run of a client that left ends")


def test_page_and_its_files_are_found_below_the_prefix(site: Site) -> None:
    with site.client() as client:
        moved = client.get("/pad")
        assert moved.is_redirect
        assert urlsplit(moved.headers["location"]).path == "/pad/"
        page = client.get("/pad/")
        assert page.status_code == 200
        assert "text/html" in page.headers["content-type"]


def test_long_addresses_and_large_bodies_pass(site: Site) -> None:
    code = "x = torch.ones(2, requires_grad=True)\nout = x.sum()\n"
    with site.client() as client:
        long = client.get("/pad/api/v1/graph.svg", params={"code": code + "#" + "a" * 30_000})
        assert long.status_code == 200, long.text
        assert long.text.startswith("<svg")
        too_long = client.get("/pad/api/v1/graph.svg", params={"code": "a" * 40_000})
        assert (too_long.status_code, too_long.headers["content-type"]) == (414, "application/problem+json")
        assert client.post("/pad/api/v1/runs", json={"code": code + "#" * 250_000}).json()["status"] == "ok"
        too_large = client.post("/pad/api/v1/runs", json={"code": "#" * 600_000})
        assert (too_large.status_code, too_large.headers["content-type"]) == (413, "application/problem+json")


def test_absolute_addresses_are_those_that_the_client_asked(site: Site) -> None:
    root = f"{site.proxy.origin}/pad"
    with site.client() as client:
        link = client.post("/pad/api/v1/snippets", json={"cells": [f"x = {site.proxy.port}"]}).json()["id"]
        page = client.get(f"/pad/s/{link}").text
        embedding = client.get("/pad/oembed", params={"url": f"{root}/s/{link}"})
    assert embedding.status_code == 200, embedding.text
    assert f'src="{root}/embed?' in embedding.json()["html"]
    [picture] = re.findall(r'<meta property="og:image" content="([^"?]*)', page)
    assert picture.startswith(f"{root}/api/v1/")
    assert 'data-root="/pad/"' in page


def test_metrics_are_not_public(site: Site) -> None:
    with site.client() as client:
        assert client.get("/pad/metrics").status_code == 404
    assert site.backend.http.get("/pad/metrics").status_code == 200


@pytest.mark.parametrize("site", ["nginx"], indirect=True)
def test_http_leads_to_https(site: Site) -> None:
    response = httpx.get(f"http://127.0.0.1:{site.proxy.plain_port}/pad/?a=b", headers={"Host": NAME}, timeout=PATIENCE_S)
    assert (response.status_code, response.headers["location"]) == (308, f"https://{NAME}/pad/?a=b")
