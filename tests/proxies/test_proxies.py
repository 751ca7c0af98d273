"""A service behind nginx and Caddy with the documented settings: HTTPS, below a prefix, stripped and not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.support.client import Client, EventStream, until
from tests.support.patience import PATIENCE_S
from tests.support.proxies import CLIENT, NAME, Certificate, Proxy, caddy, nginx
from tests.support.service import running_service


@dataclass(frozen=True)
class Site:
    """A service, and the proxy before it."""

    proxy: Proxy
    certificate: Certificate
    backend: Client
    log: Path

    def client(self) -> httpx.Client:
        return self.proxy.client(self.certificate)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    log = tmp_path_factory.mktemp("service") / "log"
    settings = {"TENSORPAD_ROOT_PATH": "/pad", "TENSORPAD_TRUSTED_PROXIES": "127.0.0.1"}
    with running_service(log, settings=settings, timeout_s=PATIENCE_S) as url:
        yield url, log


@pytest.fixture(scope="module", params=["nginx", "nginx strips", "caddy", "caddy strips"])
def site(
    request: pytest.FixtureRequest, service: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    url, log = service
    name, _, strips = request.param.partition(" ")
    folder = tmp_path_factory.mktemp(name)
    certificate = Certificate.made(folder)
    start = {"nginx": nginx, "caddy": caddy}[name]
    backend = urlsplit(url).port or 0
    with Client(url) as client, start(folder, backend, certificate, strips=bool(strips)) as proxy:
        yield Site(proxy, certificate, client, log)


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


def test_metrics_are_not_public(site: Site) -> None:
    with site.client() as client:
        assert client.get("/pad/metrics").status_code == 404
    assert site.backend.http.get("/pad/metrics").status_code == 200


@pytest.mark.parametrize("site", ["nginx"], indirect=True)
def test_http_leads_to_https(site: Site) -> None:
    response = httpx.get(f"http://127.0.0.1:{site.proxy.plain_port}/pad/?a=b", headers={"Host": NAME})
    assert (response.status_code, response.headers["location"]) == (308, f"https://{NAME}/pad/?a=b")
