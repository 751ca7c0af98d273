"""Resource limits of the process itself: what holds even if no control group can be made."""

import os
import resource
from dataclasses import dataclass

from tensorpad.protocol.limits import Limits

_CPU_MARGIN_S = 2


@dataclass(frozen=True, slots=True)
class MemoryInUse:
    """Bytes of address space, and of private writable memory, that a process has mapped."""

    mapped: int
    private: int


def set_limits(limits: Limits, tasks: int, baseline: MemoryInUse | None) -> None:
    """Limit this process and its children.

    `tasks` is the number of threads and processes that the user of this process may have. `baseline` is the memory that
    the process had before the program; None leaves memory alone (CUDA reserves huge ranges of addresses).
    """
    _set(resource.RLIMIT_CPU, int(limits.timeout_s + limits.grace_s + limits.report_s) + _CPU_MARGIN_S)
    _set(resource.RLIMIT_FSIZE, limits.scratch_bytes)
    _set(resource.RLIMIT_NOFILE, limits.open_files)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_MSGQUEUE, 0)
    _set(resource.RLIMIT_SIGPENDING, 256)
    _set(resource.RLIMIT_NPROC, tasks)
    if baseline is not None:
        _set(resource.RLIMIT_AS, baseline.mapped + limits.memory_bytes)
        _set(resource.RLIMIT_DATA, baseline.private + limits.memory_bytes)


def _set(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(which, (value, value))


def memory_in_use() -> MemoryInUse:
    """What this process has mapped now; see proc(5), statm."""
    with open("/proc/self/statm", "rb") as file:
        pages = file.read().split()
    page = os.sysconf("SC_PAGE_SIZE")
    return MemoryInUse(int(pages[0]) * page, int(pages[5]) * page)
