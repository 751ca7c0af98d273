"""Attacks with output, and attacks on the report: what a worker says is not to be trusted."""

import asyncio
import platform

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.outcomes import Completed, Crashed, OutputLimit, TimedOut

from tests.support.programs import ENDLESS_S, SEND, assert_serves, error, run, stdout
from tests.support.turns import HELD_S, held_s

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "program",
    [
        "while True: print('x' * 100)",
        "import os\nwhile True: os.write(1, b'x' * 1000)",
        "import sys\nwhile True: sys.stderr.write('x' * 1000)",
        "import warnings\nwhile True: print(end='x')",
    ],
)
async def test_printing_without_end_is_ended_at_the_limit(pool: LocalPool, limits: Limits, program: str) -> None:
    outcome = await run(pool, program)

    assert isinstance(outcome, OutputLimit)
    assert outcome.limit_bytes == limits.output_bytes
    assert sum(len(cell.stdout) + len(cell.stderr) for cell in outcome.cells) == limits.output_bytes
    await assert_serves(pool)


async def test_bytes_that_are_no_text_are_shown_as_such(pool: LocalPool) -> None:
    outcome = await run(pool, "import os\nos.write(1, b'a\\xff\\xfe\\x00b')")

    assert stdout(outcome) == "a\ufffd\ufffd\x00b"


async def test_a_surrogate_is_printed_as_an_escape(pool: LocalPool) -> None:
    assert stdout(await run(pool, "print('\\ud800')")) == "\\ud800\n"


async def test_noise_on_every_descriptor_is_a_crash_or_nothing(pool: LocalPool) -> None:
    outcome = await run(
        pool,
        "import os\n"
        "for descriptor in range(64):\n"
        "    try:\n"
        "        os.write(descriptor, b'\\xff' * 64)\n"
        "    except OSError:\n"
        "        pass\n",
    )

    assert isinstance(outcome, Crashed | OutputLimit)
    await assert_serves(pool)


FORGE = (
    SEND
    + """
import struct
from tensorpad.protocol.frames import encode
from tensorpad.protocol.messages import CellDone, CellStarted, Finished, Ready
from tensorpad.protocol.records import CellRecord, ResultRecord, TensorRecord, VariableRecord, FullValues
from tensorpad.protocol.traces import TraceRecord
"""
)


@pytest.mark.parametrize(
    "forgery",
    [
        "send(encode(CellStarted(7)))",
        "send(encode(CellDone(CellRecord(5, 'ok', None, None))))",
        "send(encode(Ready('9', '9', False)))",
        "send(struct.pack('<I', 2**32 - 1))",
        "send(struct.pack('<I', 4) + b'junk')",
        "send(encode({'type': 'finished', 'trace': {'tensors': [[[[1]]]]}}))",
        "send(encode(b'')[:2]); os._exit(0)",
        "send(struct.pack('<I', 100000) + b'\\x91' * 100000)",
        "send(encode(Finished(TraceRecord(variables=(VariableRecord('a', 'b', 'c', 't9'),)))))",
    ],
)
async def test_a_forged_report_that_does_not_fit_is_a_crash(pool: LocalPool, forgery: str) -> None:
    outcome = await run(pool, FORGE + forgery, "print('unreached')")

    assert isinstance(outcome, Crashed | OutputLimit), outcome
    await assert_serves(pool)


async def test_a_forged_report_that_fits_is_only_the_forgers_own(pool: LocalPool) -> None:
    forged = await run(
        pool,
        FORGE
        + "send(encode(CellDone(CellRecord(0, 'ok', ResultRecord('forged', None), None))))\n"
        + "send(encode(Finished(TraceRecord())))\nwhile True: pass",
    )
    assert isinstance(forged, Completed)
    assert forged.cells[0].record is not None

    honest = await run(pool, "6")
    assert honest.cells[0].record is not None
    assert honest.cells[0].record.result is not None
    assert honest.cells[0].record.result.text == "6"


async def test_closing_every_descriptor_is_a_typed_end(pool: LocalPool) -> None:
    outcome = await run(pool, "import os\nos.closerange(0, 1024)", timeout_s=ENDLESS_S)

    assert isinstance(outcome, Crashed | TimedOut)
    await assert_serves(pool)


@pytest.mark.parametrize("code", [0, 1, 77])
async def test_leaving_by_exit_is_a_crash_that_says_so(pool: LocalPool, code: int) -> None:
    outcome = await run(pool, f"import os\nprint('before')\nos._exit({code})")

    assert isinstance(outcome, Crashed)
    assert outcome.exit_code == code
    assert outcome.cells[0].stdout == "before\n"
    await assert_serves(pool)


@pytest.mark.parametrize(
    ("program", "signal"),
    [
        ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
        ("import ctypes\nctypes.CFUNCTYPE(None)(0)()", "SIGSEGV"),
        ("import os\nos.abort()", "SIGABRT"),
        ("import os\nos.kill(os.getpid(), 9)", "SIGKILL"),
        ("import faulthandler\nfaulthandler._stack_overflow()", "SIGSEGV"),
    ],
)
async def test_a_crash_is_named_by_its_signal(pool: LocalPool, program: str, signal: str) -> None:
    outcome = await run(pool, program)

    if pool.status().isolation.profile == "strict" and signal in ("SIGABRT", "SIGKILL"):
        # The first process of a pid namespace gets no fatal signal from inside: a kill does nothing, and the C library's
        # abort ends in a fault instead.
        assert isinstance(outcome, Completed) if signal == "SIGKILL" else isinstance(outcome, Crashed), outcome
    else:
        assert isinstance(outcome, Crashed)
        assert outcome.signal == signal
    await assert_serves(pool)


async def test_recursion_without_end_is_an_error(pool: LocalPool) -> None:
    outcome = await run(pool, "def f(): return f()\nf()")

    assert error(outcome).type == "RecursionError"


TRICKLE = """
import ctypes, mmap, os, struct
FD = %d
if FD == 4:
    os.write(4, struct.pack('<I', 2**24 - 1))
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
start = ctypes.addressof(ctypes.c_char.from_buffer(page))
# movabs rsi, page + 2048; mov edx, 1; mov edi, FD; mov eax, 1 (write); syscall; and again
code = b'\\x48\\xbe' + struct.pack('<Q', start + 2048) + b'\\xba\\1\\0\\0\\0\\xbf' + struct.pack('<I', FD)
code += b'\\xb8\\1\\0\\0\\0\\x0f\\x05\\xeb'
page.write(code + struct.pack('b', -(len(code) + 1)))
ctypes.CFUNCTYPE(None)(start)()
"""


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the attack is machine code")
@pytest.mark.parametrize("descriptor", [1, 4])
async def test_a_byte_at_a_time_without_end_does_not_hold_the_event_loop(pool: LocalPool, descriptor: int) -> None:
    attack = asyncio.ensure_future(run(pool, TRICKLE % descriptor, timeout_s=1.0))
    assert await held_s(attack) < HELD_S

    assert isinstance(await attack, TimedOut | OutputLimit)
    await assert_serves(pool)
