"""Attacks by the network: there is none."""

import pytest
from tensorpad.pool.local_pool import LocalPool

from tests.support.programs import assert_serves, error, run, stdout

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "program",
    [
        "socket.create_connection(('127.0.0.1', 8000), timeout=1)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 53))",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b'x', ('::1', 53))",
        "socket.socket(socket.AF_UNIX).connect(chr(0) + 'abstract')",
        "socket.socket(socket.AF_UNIX).bind('named')",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
        "socket.getaddrinfo('example.org', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/', timeout=1)",
    ],
)
async def test_reaching_out_is_refused(pool: LocalPool, program: str) -> None:
    outcome = await run(pool, f"import socket\n{program}")

    assert error(outcome).type in ("PermissionError", "socket.gaierror", "urllib.error.URLError", "OSError")
    await assert_serves(pool)


async def test_an_event_loop_of_the_programs_own_still_works(pool: LocalPool) -> None:
    program = "import asyncio\nasync def main():\n    await asyncio.sleep(0)\n    return 6\nprint(asyncio.run(main()))"
    outcome = await run(pool, program)

    assert stdout(outcome) == "6\n"
