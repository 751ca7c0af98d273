"""Addresses of any length, as they come through a real HTTP server."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.support.patience import PATIENCE_S

LIMIT = 32 * 1024


def answered(url: str, address: bytes) -> tuple[bytes, bytes]:
    """Status line and body of what the service says to a GET of this address."""
    target = urlsplit(url)
    with socket.create_connection((target.hostname or "", target.port or 0), timeout=PATIENCE_S) as connection:
        connection.sendall(b"GET " + address + b" HTTP/1.1\r\nHost: tensorpad\r\nConnection: close\r\n\r\n")
        with connection.makefile("rb") as answer:
            head, _, body = answer.read().partition(b"\r\n\r\n")
    return head.partition(b"\r\n")[0], body


def test_address_up_to_the_limit_is_served(server_url: str) -> None:
    path = b"/healthz?x="
    assert answered(server_url, path + b"a" * (LIMIT - len(path)))[0] == b"HTTP/1.1 200 OK"


@pytest.mark.parametrize("length", [LIMIT + 1, 65_535, 65_536, 1_000_000, 8_000_000])
@pytest.mark.parametrize("prefix", [b"/healthz?x=", b"/", b"http://tensorpad/healthz?x="])
def test_address_above_the_limit_is_a_problem_however_long(server_url: str, prefix: bytes, length: int) -> None:
    status, body = answered(server_url, prefix + b"a" * length)
    assert status.startswith(b"HTTP/1.1 414 ")
    assert b'"type":"/problems/long-address"' in body
    assert b"limit of 32768 bytes" in body
