"""The files that a confined process can see: a list for Landlock, and a minimal read-only root made of the same list."""

import os
import site
import sys
from typing import Final

from tensorpad.confinement.syscalls import (
    MS_BIND,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_PRIVATE,
    MS_RDONLY,
    MS_REC,
    make_read_only,
    mount,
    pivot_root,
    unmount,
)
from tensorpad.protocol.control import WORKER_SCRATCH

CANARY: Final = "/canary"
"""A file that everyone may read and that Landlock's list leaves out: the self-test reads it."""

DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_TEMPORARY: Final = "/tmp"
_SHARED_MEMORY: Final = "/dev/shm"
_SYSTEM: Final = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/etc/ld.so.cache", "/etc/localtime")
_ABOUT_THE_PROCESSOR: Final = ("/sys/devices/system/cpu", "/sys/devices/system/node")


def readable() -> tuple[str, ...]:
    """The paths that a program may read: Python, its packages, the shared libraries, facts about the processor."""
    python = (sys.base_prefix, sys.prefix, *site.getsitepackages(), *sys.path)
    wanted = dict.fromkeys(path for path in (*_SYSTEM, *_ABOUT_THE_PROCESSOR, *python) if os.path.exists(path))
    return tuple(path for path in wanted if not any(_is_below(path, other) for other in wanted))


def cuda_devices() -> tuple[str, ...]:
    """The device files through which CUDA reaches its driver; empty if there is none."""
    directory = "/dev"
    return tuple(sorted(f"{directory}/{name}" for name in os.listdir(directory) if name.startswith("nvidia")))


def enter_minimal_root(paths: tuple[str, ...], devices: tuple[str, ...]) -> None:
    """Replace the root by a read-only one with only `paths`, `devices`, `/proc` and directories for private mounts.

    The caller is alone in a mount namespace that it owns, and the first process of a pid namespace. Raises OSError.
    """
    mount("none", "/", None, MS_REC | MS_PRIVATE)
    # What is shown is opened first: the tmpfs that becomes the root is built over a directory that may hide it.
    sources = {path: os.open(path, os.O_PATH | os.O_CLOEXEC) for path in (*paths, *devices) if not _is_system_link(path)}
    new = _TEMPORARY
    mount("tensorpad", new, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=0755")
    for path in filter(_is_system_link, paths):
        os.makedirs(os.path.dirname(new + path), exist_ok=True)
        os.symlink(os.readlink(path), new + path)
    for path, source in sources.items():
        _bind(f"/proc/self/fd/{source}", new + path)
        if path not in devices:
            make_read_only(new + path, recursive=True)
        os.close(source)
    for directory in ("/proc", "/old", _SHARED_MEMORY, WORKER_SCRATCH):
        os.makedirs(new + directory, exist_ok=True)
    if not os.path.exists(new + _TEMPORARY):
        # Where programs expect it. If Tensorpad itself lies below it, they only learn of the scratch directory.
        os.symlink(WORKER_SCRATCH, new + _TEMPORARY)
    with open(new + CANARY, "w", encoding="ascii") as file:
        file.write("This file is for the self-test.\n")
    # A process file system can be mounted only while a whole one can be seen, so before the old root goes.
    mount("proc", f"{new}/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    pivot_root(new, f"{new}/old")
    os.chdir("/")
    unmount("/old")
    os.rmdir("/old")
    make_read_only("/", recursive=False)
    # Python looks for a temporary directory that it can write to while libraries are loaded. Each worker covers it.
    mount("template", WORKER_SCRATCH, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=1m,mode=0700")
    # A place that everyone may write to but for Landlock: the self-test tries it.
    mount("shared", _SHARED_MEMORY, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k,mode=1777")


def mount_private(scratch_bytes: int, *, processes_visible: bool) -> None:
    """Give this process, alone in its mount namespace, a private tmpfs, and hide the processes of others."""
    mount("none", "/", None, MS_REC | MS_PRIVATE)
    flags = MS_NOSUID | MS_NODEV | MS_NOEXEC
    mount("scratch", WORKER_SCRATCH, "tmpfs", flags, f"size={scratch_bytes},nr_inodes=8192,mode=0700")
    if processes_visible:
        mount("proc", "/proc", "proc", flags)
    else:
        mount("none", "/proc", "tmpfs", flags | MS_RDONLY, "size=4k,mode=0555")


def _is_below(path: str, other: str) -> bool:
    return path != other and path.startswith(other.rstrip("/") + "/")


def _is_system_link(path: str) -> bool:
    return os.path.islink(path) and path in _SYSTEM and os.path.realpath(path).startswith("/usr/")


def _bind(source: str, target: str) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "x", encoding="ascii"):
            pass
    mount(source, target, None, MS_BIND | MS_REC)
