"""Who a worker is to the kernel: a user of its own, without any capability, that can gain none."""

import ctypes
import os

from tensorpad.confinement.syscalls import (
    PR_CAP_AMBIENT,
    PR_CAP_AMBIENT_CLEAR_ALL,
    PR_CAPBSET_DROP,
    PR_CAPBSET_READ,
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    prctl,
)

_libc = ctypes.CDLL(None, use_errno=True)
_CAPABILITY_VERSION_3 = 0x20080522


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def become(uid: int) -> None:
    """Become the user and group `uid`, for good. Raises PermissionError without the right to."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def drop_capabilities() -> None:
    """Give up every capability, the means to gain one, and being traced or dumped."""
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    number = 0
    while True:
        try:
            held = prctl(PR_CAPBSET_READ, number)
        except OSError:
            break  # past the last capability that this kernel knows
        if held:
            try:
                prctl(PR_CAPBSET_DROP, number)
            except PermissionError:
                break  # without CAP_SETPCAP; no_new_privs below makes the bounding set moot
        number += 1
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    empty = (_CapabilityData * 2)()
    if _libc.capset(ctypes.byref(header), empty) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    forbid_privileges()
    prctl(PR_SET_DUMPABLE, 0)


def forbid_privileges() -> None:
    """Forbid gaining privileges by exec, which Landlock and seccomp require of an ordinary process."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def capabilities() -> int:
    """The union of this thread's effective, permitted and inheritable capabilities, as a bit mask."""
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    sets = (_CapabilityData * 2)()
    if _libc.capget(ctypes.byref(header), sets) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    low, high = (word.effective | word.permitted | word.inheritable for word in sets)
    return low | high << 32


def may_become_others() -> bool:
    """Whether this process may change its user and group."""
    set_gid, set_uid = 1 << 6, 1 << 7
    return capabilities() & (set_gid | set_uid) == set_gid | set_uid


def tasks_of(uid: int) -> int:
    """How many threads of this user the visible `/proc` shows."""
    count = 0
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                if entry.stat().st_uid == uid:
                    count += len(os.listdir(f"/proc/{entry.name}/task"))
            except OSError:
                continue  # it ended meanwhile
    return count
