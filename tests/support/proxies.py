"""nginx and Caddy with the settings of docs/proxies.md, in front of a service on this machine."""

import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.support.documents import of_kind
from tests.support.patience import PATIENCE_S
from tests.support.ports import free_port

NAME = "pad.example.org"
CLIENT = "127.0.0.2"
"""The address that requests come from: another than the proxy's own, which is trusted."""


@dataclass(frozen=True)
class Certificate:
    """A certificate for `NAME` that nobody has signed but itself."""

    certificate: Path
    key: Path

    @classmethod
    def made(cls, folder: Path) -> "Certificate":
        """A new one."""
        new = cls(folder / "certificate.pem", folder / "key.pem")
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
                *("-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
                *("-keyout", str(new.key), "-out", str(new.certificate)),
            ],
            check=True,
            capture_output=True,
        )
        return new

    def serving(self) -> ssl.SSLContext:
        """What a server needs that has it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def trusted(self) -> ssl.SSLContext:
        """What a client needs that trusts it."""
        return ssl.create_default_context(cafile=str(self.certificate))


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs, with the port of HTTPS and that of its redirect from HTTP.

    Caddy's own redirect needs port 80 of this machine, and is left off.
    """

    port: int
    plain_port: int | None

    @property
    def origin(self) -> str:
        """Scheme, name and port."""
        return f"https://{NAME}:{self.port}"

    def client(self, certificate: Certificate, **options: Any) -> httpx.Client:
        """A client of the proxy that finds it by its name, which no name server knows."""

        def by_name(request: httpx.Request) -> None:
            request.extensions["sni_hostname"] = NAME

        transport = httpx.HTTPTransport(verify=certificate.trusted(), local_address=CLIENT)
        hooks: dict[str, list[Callable[..., Any]]] = {"request": [by_name]}
        base_url, headers = f"https://127.0.0.1:{self.port}", {"Host": f"{NAME}:{self.port}"}
        return httpx.Client(
            transport=transport, base_url=base_url, headers=headers, event_hooks=hooks, timeout=PATIENCE_S, **options
        )


def documented(language: str) -> str:
    """The settings that the document gives in this language."""
    [fence] = [fence for fence in of_kind("proxy") if fence.language == language]
    return fence.text


def changed(text: str, *changes: tuple[str, str]) -> str:
    """The text with each of these in the other's place; every one must be there."""
    for old, new in changes:
        assert old in text, f"docs/proxies.md has no {old!r} any more"
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(folder: Path, backend: int, certificate: Certificate, *, strips: bool) -> Generator[Proxy]:
    """nginx before the service at the port `backend`, with another port and certificate than documented."""
    proxy = Proxy(free_port(), free_port())
    settings = changed(
        documented("nginx"),
        ("listen 443 ssl", f"listen 127.0.0.1:{proxy.port} ssl"),
        ("listen 80", f"listen 127.0.0.1:{proxy.plain_port}"),
        ("/etc/ssl/certs/pad.example.org.pem", str(certificate.certificate)),
        ("/etc/ssl/private/pad.example.org.key", str(certificate.key)),
        ("proxy_pass http://127.0.0.1:8000", f"proxy_pass http://127.0.0.1:{backend}{'/' if strips else ''}"),
    )
    temporary = "\n".join(
        f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        # The folder is the tests' own, and so is the user that may write into it.
        f"{'user root;' if os.geteuid() == 0 else ''}\n"
        f"daemon off; pid {folder / 'nginx.pid'}; error_log stderr; worker_processes 1;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}\n{settings}}}\n"
    )
    with _running([_program("nginx"), "-e", "stderr", "-p", str(folder), "-c", "nginx.conf"], folder, proxy):
        yield proxy


@contextmanager
def caddy(folder: Path, backend: int, certificate: Certificate, *, strips: bool) -> Generator[Proxy]:
    """Caddy before the service at the port `backend`, with another port and certificate than it would take."""
    proxy = Proxy(free_port(), None)
    pair = f"{certificate.certificate} {certificate.key}"
    settings = changed(
        documented("caddy"),
        (
            "pad.example.org {",
            f"{NAME}:{proxy.port} {{\n\tbind 127.0.0.1\n\ttls {pair}",
        ),
        ("127.0.0.1:8000", f"127.0.0.1:{backend}"),
        ("handle /pad/*", "handle_path /pad/*" if strips else "handle /pad/*"),
    )
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    (folder / "Caddyfile").write_text(options + settings)
    with _running(
        [_program("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], folder, proxy
    ):
        yield proxy


def _program(name: str) -> str:
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    assert found, f"{name} is not installed; `make proxies` installs it, or says how"
    return found


@contextmanager
def _running(command: list[str], folder: Path, proxy: Proxy) -> Generator[None]:
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env={"HOME": str(folder)}, stdout=output, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + PATIENCE_S
        while not _listens(proxy.port):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


def _listens(port: int) -> bool:
    try:
        httpx.get(f"http://127.0.0.1:{port}/")
    except httpx.ConnectError:
        return False
    except httpx.TransportError:
        return True
    return True
