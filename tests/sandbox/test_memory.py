"""Attacks on memory: taking too much, and looking for what others left."""

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.outcomes import Completed, OutOfMemory

from tests.support.programs import assert_serves, error, run, stdout

pytestmark = pytest.mark.anyio

MARK = 0x5EC4E75EC4E75EC4


@pytest.mark.parametrize(
    "program",
    [
        "[0] * 10**10",
        "bytearray(10**10)",
        "import torch; torch.zeros(10**10)",
        "import numpy; numpy.ones(10**10)",
        "x = []\nwhile True:\n    x.append(bytearray(10**7))",
        "import torch\nx = []\nwhile True:\n    x.append(torch.ones(10**6))",
        "'x' * 10**10",
    ],
)
async def test_too_much_memory_is_an_error_of_the_program(pool: LocalPool, program: str) -> None:
    outcome = await run(pool, program)

    if not isinstance(outcome, OutOfMemory):
        assert error(outcome).type in ("MemoryError", "RuntimeError", "numpy._core._exceptions._ArrayMemoryError")
    await assert_serves(pool)


@pytest.mark.parametrize("profile", ["strict"], indirect=True)  # elsewhere there is no second process to hide it in
async def test_memory_that_no_resource_limit_sees_ends_the_program(pool: LocalPool, limits: Limits) -> None:
    """Many processes, each below its own limit: only the control group adds them up."""
    outcome = await run(
        pool,
        "import os, time\n"
        "for _ in range(8):\n"
        "    if os.fork() == 0:\n"
        f"        kept = bytearray(os.urandom(1)) * {limits.memory_bytes // 3}\n"
        "        time.sleep(60)\n"
        "while True:\n"
        "    os.wait()\n",
        timeout_s=2.0,
    )

    assert not isinstance(outcome, Completed)
    await assert_serves(pool)


@pytest.mark.parametrize("profile", ["strict"], indirect=True)  # elsewhere it is the operator who gives it a size
async def test_filling_the_private_directory_ends_in_an_error(pool: LocalPool, limits: Limits) -> None:
    outcome = await run(
        pool,
        "for i in range(100):\n"
        f"    with open(str(i), 'wb') as file:\n        file.write(bytes({limits.scratch_bytes // 8}))",
    )

    assert error(outcome).type == "OSError"
    await assert_serves(pool)


async def test_uninitialised_memory_shows_nothing_of_an_earlier_run(pool: LocalPool) -> None:
    secret = f"import torch\nkept = [torch.full((n,), {MARK}, dtype=torch.int64) for n in (1, 10, 1000, 10**5, 10**6)]"
    look = (
        "import torch\n"
        "found = 0\n"
        "for n in (1, 3, 10, 100, 1000, 10**4, 10**5, 10**6, 10**7):\n"
        "    for _ in range(20 if n < 10**6 else 2):\n"
        f"        found += int((torch.empty(n, dtype=torch.int64) == {MARK}).sum())\n"
        "print(found)"
    )
    for _ in range(3):
        await run(pool, secret)
        assert stdout(await run(pool, look)) == "0\n"


async def test_nothing_of_one_run_is_seen_by_the_next(pool: LocalPool) -> None:
    leave = "import torch, sys, builtins\nbuiltins.left = 1\nsys.left = 1\ntorch.left = 1\nopen('left', 'w').write('x')"
    look = "import torch, sys, builtins, os\nprint([hasattr(m, 'left') for m in (builtins, sys, torch)], os.listdir('.'))"
    await run(pool, leave)

    for _ in range(3):
        assert stdout(await run(pool, look)) == "[False, False, False] []\n"
