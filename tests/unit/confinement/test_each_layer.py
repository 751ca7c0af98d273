"""Each layer alone, on a child of the test's own. Together, in real workers, they are tried in tests/sandbox."""

import errno
import mmap
import os
import resource
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from tensorpad.confinement import identity, landlock, resources
from tensorpad.confinement.seccomp import SystemCallFilter
from tensorpad.protocol.limits import MIB, Limits


def in_child(act: Callable[[], None]) -> int:
    """Run something in a child, for what it does cannot be undone. 0 if it passed."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def refused(act: Callable[[], object], *codes: int) -> None:
    with pytest.raises(OSError) as error:  # noqa: PT011 - the code is what is looked at
        act()
    assert error.value.errno in codes


def test_landlock_shows_what_is_listed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "read").mkdir()
    (tmp_path / "read" / "file").write_text("x")
    (tmp_path / "write").mkdir()
    (tmp_path / "other").write_text("x")

    def act() -> None:
        identity.forbid_privileges()
        landlock.restrict([str(tmp_path / "read")], [str(tmp_path / "write")])
        assert (tmp_path / "read" / "file").read_text() == "x"
        (tmp_path / "write" / "new").write_text("x")
        refused((tmp_path / "other").read_text, errno.EACCES)
        refused(lambda: (tmp_path / "read" / "new").write_text("x"), errno.EACCES)
        refused(lambda: os.listdir(tmp_path), errno.EACCES)
        refused(lambda: os.execv("/bin/true", ["true"]), errno.EACCES)

    assert in_child(act) == 0


def test_landlock_keeps_from_tcp() -> None:
    def act() -> None:
        identity.forbid_privileges()
        landlock.restrict([], [])
        with socket.socket() as one:
            refused(lambda: one.connect(("127.0.0.1", 9)), errno.EACCES)

    assert in_child(act) == 0


@pytest.mark.parametrize("processes", [True, False])
def test_seccomp_lets_a_program_fork_only_where_it_may(processes: bool) -> None:
    rules = SystemCallFilter(processes=processes)

    def act() -> None:
        identity.forbid_privileges()
        rules.load()
        if processes:
            child = os.fork()
            if child == 0:
                os._exit(0)
            os.waitpid(child, 0)
        else:
            refused(os.fork, errno.EPERM)

    assert in_child(act) == 0


def test_seccomp_aims_signals_at_the_process_itself_only() -> None:
    rules = SystemCallFilter(processes=True)
    parent = os.getpid()

    def act() -> None:
        identity.forbid_privileges()
        rules.load()
        os.kill(os.getpid(), 0)
        for target in (parent, -1, 0, 1, -os.getpid(), os.getpid() + 1):
            refused(lambda target=target: os.kill(target, 0), errno.EPERM)

    assert in_child(act) == 0


def test_no_capability_is_left_and_none_can_be_gained() -> None:
    def act() -> None:
        identity.drop_capabilities()
        assert identity.capabilities() == 0
        refused(lambda: os.chroot("/"), errno.EPERM)

    assert in_child(act) == 0


def test_memory_beyond_the_limit_is_an_error_of_the_program() -> None:
    def act() -> None:
        limits = Limits(memory_bytes=64 * MIB)
        resources.set_limits(limits, tasks=100, baseline=resources.memory_in_use())
        # Mapped afresh: an allocator may still have room from before the limit.
        mmap.mmap(-1, 32 * MIB).close()
        refused(lambda: mmap.mmap(-1, 65 * MIB), errno.ENOMEM)

    assert in_child(act) == 0


def test_the_report_on_a_program_that_took_all_memory_has_some_left() -> None:
    def act() -> None:
        resources.set_limits(Limits(memory_bytes=64 * MIB), tasks=100, baseline=resources.memory_in_use())
        taken = mmap.mmap(-1, 48 * MIB)
        refused(lambda: mmap.mmap(-1, 32 * MIB), errno.ENOMEM)
        resources.open_reserve()
        mmap.mmap(-1, 32 * MIB).close()
        refused(lambda: mmap.mmap(-1, 128 * MIB), errno.ENOMEM)
        taken.close()

    assert in_child(act) == 0


def test_limits_are_never_raised_above_those_of_the_machine() -> None:
    def act() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (50, 50))
        resources.set_limits(Limits(open_files=200), tasks=100, baseline=None)
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (50, 50)

    assert in_child(act) == 0
