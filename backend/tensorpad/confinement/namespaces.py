"""Namespaces: what a process can see of the machine.

The template lives in a set of namespaces of its own (as the first process of its pid namespace, over a minimal read-only
root), and each worker in a further set below that.
"""

import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from tensorpad.confinement.syscalls import (
    CLONE_NEWCGROUP,
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    PR_SET_DUMPABLE,
    prctl,
    setns,
    unshare,
)
from tensorpad.protocol.control import WORKER_IDS

_OWN: Final = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP
WORKER_UID: Final = 1000
"""The user that a program sees itself to be."""

_OUTER_IDS: Final = 1_879_048_192


def enter_own() -> None:
    """Enter new namespaces of every kind; the next child is the first process of its pid namespace.

    The process must have one thread. Run by root, `WORKER_IDS` become users that exist nowhere else, so that each worker can
    be given one; run by anyone else, only that user is there. Raises OSError if the kernel refuses.
    """
    workers = f"{WORKER_IDS.start} {_OUTER_IDS} {len(WORKER_IDS)}"
    maps = f"0 0 1\n{workers}" if os.geteuid() == 0 else None
    with _mapper(maps) as map_ids:
        unshare(_OWN | CLONE_NEWPID)
        map_ids()
    socket.sethostname("tensorpad")


def enter_worker() -> None:
    """Enter new namespaces of every kind but pid, as an ordinary user of them who owns them."""
    uid, gid = os.geteuid(), os.getegid()
    # A process that has changed its user is not dumpable, and then its own map files belong to root.
    prctl(PR_SET_DUMPABLE, 1)
    unshare(_OWN)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{WORKER_UID} {uid} 1")
    _write("/proc/self/gid_map", f"{WORKER_UID} {gid} 1")


def fork_first(own: int) -> int:
    """Fork a child that is the first process of a new pid namespace; return as os.fork does.

    `own` is a descriptor of the caller's own pid namespace, to which its later children belong again.
    """
    unshare(CLONE_NEWPID)
    child = os.fork()
    if child != 0:
        setns(own, CLONE_NEWPID)
    return child


@contextmanager
def _mapper(maps: str | None) -> "Generator[_MapIds]":
    """A child that stays behind in the old user namespace, where the right to write our maps is."""
    wait, go = os.pipe()
    target = os.getpid()
    helper = os.fork()
    if helper == 0:
        _map_from_outside(target, wait, go, maps)
    os.close(wait)
    try:
        yield _MapIds(helper, go)
    finally:
        os.close(go)


class _MapIds:
    def __init__(self, helper: int, go: int) -> None:
        self._helper = helper
        self._go = go

    def __call__(self) -> None:
        os.write(self._go, b"!")
        _, status = os.waitpid(self._helper, 0)
        if code := os.waitstatus_to_exitcode(status):
            raise OSError(code, f"the user map was refused: {os.strerror(code)}")


def _map_from_outside(target: int, wait: int, go: int, maps: str | None) -> None:
    try:
        os.close(go)
        if os.read(wait, 1):
            own_uid, own_gid = os.geteuid(), os.getegid()
            if maps is None:
                _write(f"/proc/{target}/setgroups", "deny")
            _write(f"/proc/{target}/uid_map", maps or f"0 {own_uid} 1")
            _write(f"/proc/{target}/gid_map", maps or f"0 {own_gid} 1")
        os._exit(0)
    except OSError as error:
        os._exit(error.errno or 1)


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
