"""The forbidden acts, by layer: each raises (refused), returns None (nothing to see), or returns what it got away with."""

import ctypes
import errno
import mmap
import os
import platform
import resource
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tensorpad.confinement import filesystem, identity
from tensorpad.protocol.limits import MIB, Limits

_libc = ctypes.CDLL(None, use_errno=True)
_ELSEWHERE: Final = ("192.0.2.1", 9)  # a documentation address, RFC 5737: nothing is sent to it, a route is all it takes
_HERE: Final = ("127.0.0.1", 9)

_NUMBERS: Final[Mapping[str, Mapping[str, int]]] = {
    "x86_64": {
        "socket": 41,
        "execve": 59,
        "ptrace": 101,
        "mount": 165,
        "keyctl": 250,
        "unshare": 272,
        "perf_event_open": 298,
        "process_vm_readv": 310,
        "bpf": 321,
        "userfaultfd": 323,
        "io_uring_setup": 425,
        "pidfd_open": 434,
    },
    "aarch64": {
        "socket": 198,
        "execve": 221,
        "ptrace": 117,
        "mount": 40,
        "keyctl": 219,
        "unshare": 97,
        "perf_event_open": 241,
        "process_vm_readv": 270,
        "bpf": 280,
        "userfaultfd": 282,
        "io_uring_setup": 425,
        "pidfd_open": 434,
    },
}
_CLONE3: Final = 435


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a confined process must not be able to do."""

    description: str
    attempt: Callable[[Limits], str | None]
    refusals: tuple[type[Exception], ...] = (PermissionError,)
    """How a refusal looks; any other error means that something else was in the way, and proves nothing about the layer."""


def exhaust_memory(limits: Limits) -> None:
    """Touch more memory than the control group of a self-test allows."""
    size = 4 * SELF_TEST_MEMORY_BYTES
    with mmap.mmap(-1, min(size, limits.memory_bytes)) as area:
        for start in range(0, len(area), mmap.PAGESIZE):
            area[start] = 1


SELF_TEST_MEMORY_BYTES: Final = 64 * MIB
"""The memory that the control group of a self-test allows beyond what the worker has; small, so that it is quick to fill."""


def _read(path: str) -> Callable[[Limits], str | None]:
    def attempt(_: Limits) -> str | None:
        with open(path, "rb") as file:
            return f"{len(file.read(64))} bytes were read"

    return attempt


def _write(path: str) -> Callable[[Limits], str | None]:
    def attempt(_: Limits) -> str | None:
        with open(path, "x", encoding="ascii"):
            os.unlink(path)
        return "it was written"

    return attempt


def _see_processes(_: Limits) -> str | None:
    if os.getpid() != 1:
        return f"this is process {os.getpid()}"
    os.kill(-1, 0)
    return "other processes can be signalled"


def _see_network(_: Limits) -> str | None:
    names = [name for _, name in socket.if_nameindex()]
    if names != ["lo"]:
        return f"interfaces {', '.join(names)}"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect(_ELSEWHERE)
    return "there is a route"


def _connect(_: Limits) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect(_HERE)
    return "it was connected"


def _signal_parent(_: Limits) -> str | None:
    if (parent := os.getppid()) == 0:
        return None  # it is in another pid namespace, and has no number here
    os.kill(parent, 0)
    return "the parent can be signalled"


def _read_python(_: Limits) -> str | None:
    os.listdir(os.path.dirname(os.__file__))
    return None


def _become_root(_: Limits) -> str | None:
    if os.getuid() != 0:
        os.setresuid(0, 0, 0)
    return "this is root"


def _hold_capabilities(_: Limits) -> str | None:
    held = identity.capabilities()
    return f"capabilities {held:#x}" if held else None


def _change_root(_: Limits) -> str | None:
    os.chroot("/")
    return "the root was changed"


def _open_many(limits: Limits) -> str | None:
    opened: list[int] = []
    try:
        for _ in range(limits.open_files + 1):
            opened.append(os.dup(0))
    finally:
        for descriptor in opened:
            os.close(descriptor)
    return f"{len(opened)} descriptors were opened"


def _grow_file(limits: Limits) -> str | None:
    descriptor = os.memfd_create("act")
    try:
        os.ftruncate(descriptor, limits.scratch_bytes + 1)
    finally:
        os.close(descriptor)
    return "a file of more than the limit was made"


def _map_memory(limits: Limits) -> str | None:
    if resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY:
        return None  # a CUDA worker, whose memory only a control group can limit
    mmap.mmap(-1, limits.memory_bytes + MIB).close()
    return "more memory than the limit was mapped"


def _start_many(limits: Limits) -> str | None:
    """Start threads until one is refused."""
    release = threading.Event()
    started: list[threading.Thread] = []
    try:
        for _ in range(limits.processes + 1):
            thread = threading.Thread(target=release.wait)
            thread.start()
            started.append(thread)
    finally:
        release.set()
        for thread in started:
            thread.join()
    return f"{len(started)} threads were started"


def _make_call(number: int) -> Callable[[Limits], str | None]:
    def attempt(_: Limits) -> str | None:
        # Arguments that no kernel accepts: the call fails without the filter too, but for another reason.
        result = _libc.syscall(ctypes.c_long(number), *(ctypes.c_long(-1) for _ in range(6)))
        code = ctypes.get_errno()
        if result < 0 and code == errno.EPERM:
            raise PermissionError(code, os.strerror(code))
        return f"answered {os.strerror(code) if result < 0 else result}"

    return attempt


def _call_clone3(_: Limits) -> str | None:
    result = _libc.syscall(ctypes.c_long(_CLONE3), None, ctypes.c_long(0))
    code = ctypes.get_errno()
    return None if result < 0 and code == errno.ENOSYS else f"answered {os.strerror(code)}"


ACTS: Final[Mapping[str, tuple[Act, ...]]] = {
    "namespaces": (
        Act("read /etc/passwd", _read("/etc/passwd"), (FileNotFoundError,)),
        Act("write to the root of the file system", _write("/act"), (OSError,)),
        Act("see other processes", _see_processes, (ProcessLookupError, PermissionError)),
        Act("see a network", _see_network, (OSError,)),
    ),
    "uid": (
        Act("become root", _become_root, (OSError,)),
        Act("signal the parent process", _signal_parent),
        # Not forbidden but needed: a user who cannot read Python's files cannot import anything more.
        Act("be kept from Python's own files", _read_python, ()),
    ),
    "capabilities": (
        Act("hold a capability", _hold_capabilities),
        Act("change the root directory", _change_root),
    ),
    "rlimits": (
        Act("open more descriptors than the limit", _open_many, (OSError,)),
        Act("make a file larger than the limit", _grow_file, (OSError,)),
        Act("map more memory than the limit", _map_memory, (OSError, MemoryError)),
    ),
    "cgroup": (Act("start more threads than the limit", _start_many, (RuntimeError,)),),
    "landlock": (
        Act("read a file that is not listed", _read(filesystem.CANARY), (PermissionError, FileNotFoundError)),
        Act("read /etc/passwd", _read("/etc/passwd"), (PermissionError, FileNotFoundError)),
        Act("read /proc/1/environ", _read("/proc/1/environ"), (PermissionError, FileNotFoundError)),
        Act("write to shared memory", _write("/dev/shm/act"), (PermissionError, FileNotFoundError)),
        Act("connect by TCP", _connect),
        Act("signal the parent process", _signal_parent),
    ),
    "seccomp": (
        *(Act(f"call {name}", _make_call(number)) for name, number in _NUMBERS.get(platform.machine(), {}).items()),
        Act("call clone3", _call_clone3),
    ),
}
"""What each layer forbids."""
