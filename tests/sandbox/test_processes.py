"""Attacks with processes and signals."""

import pytest
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.explainer import surprises
from tensorpad.explain.program.sources import Sources
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.control import Profile
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.outcomes import Completed, Crashed, TimedOut

from tests.support.programs import assert_serves, error, run, stdout

pytestmark = pytest.mark.anyio


async def test_a_fork_bomb_meets_its_limit(pool: LocalPool) -> None:
    outcome = await run(pool, "import os\nwhile True:\n    os.fork()", timeout_s=1.0)

    if isinstance(outcome, Completed):
        assert error(outcome).type in ("BlockingIOError", "PermissionError")
    else:
        # Children share the descriptors, and what many of them say at once is no report.
        assert isinstance(outcome, Crashed | TimedOut)
    await assert_serves(pool)


async def test_a_patient_fork_bomb_ends_with_its_program(pool: LocalPool) -> None:
    outcome = await run(
        pool,
        "import os, time\n"
        "def bomb():\n"
        "    while True:\n"
        "        try:\n"
        "            if os.fork() == 0:\n"
        "                os.setsid()\n"
        "        except OSError:\n"
        "            time.sleep(0.01)\n"
        "bomb()",
        timeout_s=1.0,
    )

    assert isinstance(outcome, TimedOut | Crashed)
    await assert_serves(pool)


async def test_a_loader_with_workers_makes_its_batches_without_them_and_says_so(pool: LocalPool) -> None:
    program = (
        "import torch\nfrom torch.utils.data import TensorDataset, DataLoader\n"
        "ds = TensorDataset(torch.arange(6.).reshape(6, 1), torch.arange(6.))\n"
        "for xb, yb in DataLoader(ds, batch_size=4, num_workers=2):\n    print(tuple(xb.shape))"
    )
    outcome = await run(pool, program)
    assert stdout(outcome) == "(4, 1)\n(2, 1)\n", outcome.cells
    assert [cell.stderr for cell in outcome.cells] == [""]

    (notice,) = surprises(Facts(Sources((program,)), outcome.trace, None, None), "en")
    assert (notice.rule, notice.fix) == ("loader_processes", None)
    assert "`num_workers=2`" in notice.text
    assert Sources((program,)).text(notice.span) == "num_workers=2"


async def test_threads_meet_their_limit(pool: LocalPool, limits: Limits) -> None:
    outcome = await run(
        pool,
        "import threading\n"
        "release = threading.Event()\n"
        "count = 0\n"
        "try:\n"
        "    while True:\n"
        "        threading.Thread(target=release.wait, daemon=True).start()\n"
        "        count += 1\n"
        "except RuntimeError:\n"
        "    print(count)",
    )

    assert 0 < int(stdout(outcome)) <= limits.processes + 64
    await assert_serves(pool)


@pytest.mark.parametrize("target", ["-1", "0", "os.getppid()", "1 if os.getpid() != 1 else 2", "os.getpid() + 1"])
async def test_signals_reach_nobody_else(pool: LocalPool, target: str) -> None:
    outcome = await run(pool, f"import os\nos.kill({target}, 9)")

    assert error(outcome).type in ("PermissionError", "ProcessLookupError")
    await assert_serves(pool)


@pytest.mark.parametrize(
    "program",
    [
        "os.execv('/bin/sh', ['sh', '-c', 'true'])",
        "subprocess.run(['ls'])",
        "subprocess.run('ls', shell=True)",
        "os.posix_spawn('/bin/true', ['true'], {})",
    ],
)
async def test_starting_a_program_is_refused(pool: LocalPool, program: str) -> None:
    outcome = await run(pool, f"import os, subprocess\n{program}")

    assert error(outcome).type == "PermissionError"
    await assert_serves(pool)


async def test_a_shell_command_by_the_c_library_does_nothing(pool: LocalPool) -> None:
    outcome = await run(pool, "import os\nprint(os.system('echo reached') != 0)")

    assert stdout(outcome) == "True\n"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("ptrace", 101),
        ("mount", 165),
        ("keyctl", 250),
        ("unshare", 272),
        ("setns", 308),
        ("process_vm_readv", 310),
        ("process_vm_writev", 311),
        ("bpf", 321),
        ("memfd_create", 319),
        ("userfaultfd", 323),
        ("io_uring_setup", 425),
        ("open_by_handle_at", 304),
        ("perf_event_open", 298),
        ("pidfd_open", 434),
        ("pidfd_getfd", 438),
        ("shmget", 29),
        ("sendmsg", 46),
        ("personality", 135),
    ],
)
async def test_a_system_call_that_tensors_have_no_use_for_is_refused(pool: LocalPool, name: str, number: int) -> None:
    outcome = await run(
        pool,
        "import ctypes, errno\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        f"print(libc.syscall({number}, 0, 0, 0, 0, 0, 0), errno.errorcode[ctypes.get_errno()])",
    )

    assert stdout(outcome) == "-1 EPERM\n", name


async def test_a_program_cannot_undo_its_confinement(pool: LocalPool) -> None:
    outcome = await run(
        pool,
        "import os, resource\n"
        "for act in (\n"
        "    lambda: os.setuid(0),\n"
        "    lambda: os.setresuid(0, 0, 0),\n"
        "    lambda: os.chroot('/'),\n"
        "    lambda: resource.setrlimit(resource.RLIMIT_CPU, (10**6, 10**6)),\n"
        "    lambda: resource.prlimit(1 if os.getpid() != 1 else 2, resource.RLIMIT_CPU, (1, 1)),\n"
        "):\n"
        "    try:\n"
        "        act()\n"
        "        print('done')\n"
        "    except (OSError, ValueError):\n"
        "        pass\n",
    )

    assert isinstance(outcome, Completed)
    assert stdout(outcome) == ""


async def test_a_child_that_is_left_behind_does_not_outlive_the_run(pool: LocalPool, profile: Profile) -> None:
    outcome = await run(
        pool,
        "import os, time\n"
        "try:\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        os.closerange(0, 64)\n"
        "        time.sleep(600)\n"
        "    print('forked')\n"
        "except PermissionError:\n"
        "    print('refused')",
    )

    # With a pid namespace the child dies with its first process; without one there is nothing to end it, so it is not born.
    assert stdout(outcome) == ("forked\n" if profile == "strict" else "refused\n")
    await assert_serves(pool)


ASK = """
import ctypes, errno, fcntl, os, socket, struct
libc = ctypes.CDLL(None, use_errno=True)
one, other = socket.socketpair()
file = os.open(os.__file__, os.O_RDONLY)
somebody = os.getppid() or 1
"""


@pytest.mark.parametrize(
    "request_",
    [
        "fcntl.fcntl(one, fcntl.F_SETOWN, somebody)",
        "fcntl.fcntl(one, 10, 9)",  # F_SETSIG: SIGKILL
        "fcntl.fcntl(one, 15, struct.pack('ii', 1, somebody))",  # F_SETOWN_EX: a process
        "fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)",
        "fcntl.fcntl(os.open('/usr/lib', os.O_RDONLY), fcntl.F_NOTIFY, fcntl.DN_ACCESS)",
        "fcntl.ioctl(one, 0x8901, struct.pack('i', somebody))",  # FIOSETOWN
        "fcntl.ioctl(one, 0x8902, struct.pack('i', somebody))",  # SIOCSPGRP
        "fcntl.ioctl(one, 0x5452, struct.pack('i', 1))",  # FIOASYNC
        "fcntl.ioctl(0, 0x5412, b'x')",  # TIOCSTI
        "os.sched_setaffinity(somebody, {0})",
    ],
)
async def test_the_kernel_is_not_made_to_signal_or_bind_others(pool: LocalPool, request_: str) -> None:
    outcome = await run(pool, ASK + request_)

    assert error(outcome).type == "PermissionError"


async def test_what_tensor_programs_ask_of_descriptors_still_works(pool: LocalPool) -> None:
    outcome = await run(
        pool,
        ASK + "os.set_blocking(one.fileno(), False)\nos.set_inheritable(file, True)\nos.isatty(0)\n"
        "own = open('lock', 'w')\nfcntl.lockf(own, fcntl.LOCK_EX)\nfcntl.flock(own, fcntl.LOCK_EX)\n"
        "os.sched_setaffinity(0, os.sched_getaffinity(0))\nprint(os.dup(file) > 2)",
    )

    assert stdout(outcome) == "True\n"


async def test_the_engine_runs_in_threads_and_deep_below_itself(pool: LocalPool) -> None:
    # It would not, had the process that workers are forked from run it before.
    outcome = await run(
        pool,
        "import threading\n"
        "class Deep(torch.autograd.Function):\n"
        "    depth = 0\n"
        "    @staticmethod\n"
        "    def forward(ctx, x):\n"
        "        return x.clone()\n"
        "    @staticmethod\n"
        "    def backward(ctx, g):\n"
        "        Deep.depth += 1\n"
        "        if Deep.depth < 80:  # beyond 60 torch goes on in a thread of its own\n"
        "            with torch.enable_grad():\n"
        "                Deep.apply(torch.ones(1, requires_grad=True)).backward()\n"
        "        return g\n"
        "Deep.apply(torch.ones(1, requires_grad=True)).backward()\n"
        "x = torch.ones(2, requires_grad=True)\n"
        "thread = threading.Thread(target=lambda: (x * x).sum().backward())\n"
        "thread.start()\n"
        "thread.join()\n"
        "print(Deep.depth, x.grad.tolist())",
    )

    assert stdout(outcome) == "80 [2.0, 2.0]\n"
