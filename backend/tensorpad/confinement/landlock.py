"""Landlock: which files may be read and written, and no TCP, no abstract sockets, no signals to anyone outside.

What the kernel offers is asked of the kernel: the rights that this version handles are known from its ABI number, and the
self-test tries the acts themselves.
"""

import ctypes
import os
import stat
from collections.abc import Iterable
from typing import Final

from tensorpad.confinement.syscalls import (
    SYS_LANDLOCK_ADD_RULE,
    SYS_LANDLOCK_CREATE_RULESET,
    SYS_LANDLOCK_RESTRICT_SELF,
    syscall,
)

_CREATE_RULESET_VERSION: Final = 1
_RULE_PATH_BENEATH: Final = 1

_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3
_WRITE_FILE: Final = 1 << 1
_TRUNCATE: Final = 1 << 14
_IOCTL_DEV: Final = 1 << 15

_ALL_FILES_BY_ABI: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP: Final = 0b11
_SCOPES: Final = 0b11
_OF_A_FILE: Final = _READ_FILE | _WRITE_FILE | _TRUNCATE | _IOCTL_DEV | 1
_EXECUTE_AND_DEVICES: Final = 1 | 1 << 6 | 1 << 11  # execute, make character device, make block device


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """The version of Landlock in this kernel. Raises OSError if there is none."""
    return syscall(SYS_LANDLOCK_CREATE_RULESET, None, 0, _CREATE_RULESET_VERSION)


def restrict(read: Iterable[str], write: Iterable[str], devices: Iterable[str] = ()) -> None:
    """Restrict this thread and what it starts, for good.

    `read` may be read, `write` read and changed (not executed), `devices` read, written and controlled; paths that do not
    exist are passed over. Needs no_new_privs. Raises OSError if the kernel has no Landlock.
    """
    version = abi()
    handled = _ALL_FILES_BY_ABI[min(version, 5)]
    rules = _Ruleset(handled, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = syscall(SYS_LANDLOCK_CREATE_RULESET, ctypes.byref(rules), size, 0)
    try:
        for paths, rights in (
            (read, _READ_FILE | _READ_DIR),
            (write, handled & ~_EXECUTE_AND_DEVICES),
            (devices, _READ_FILE | _WRITE_FILE | _IOCTL_DEV),
        ):
            for path in paths:
                _allow(ruleset, path, rights & handled)
        syscall(SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _OF_A_FILE
        rule = _PathBeneath(rights, descriptor)
        syscall(SYS_LANDLOCK_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)
