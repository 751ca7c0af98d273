"""A service, and each proxy before it with the settings of docs/proxies.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.support.client import Client
from tests.support.patience import PATIENCE_S
from tests.support.proxies import Certificate, Proxy, caddy, nginx
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
