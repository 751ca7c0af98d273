"""Resource limits of the process itself: what holds even if no control group can be made."""

import os
import resource
from dataclasses import dataclass

from tensorpad.protocol.limits import MIB, Limits

_CPU_MARGIN_S = 2
_REPORT_BYTES = 64 * MIB
"""Memory that a program does not get, so that a worker can report on one that has taken all it may."""
_MEMORY = (resource.RLIMIT_AS, resource.RLIMIT_DATA)


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
        for which, before in zip(_MEMORY, (baseline.mapped, baseline.private), strict=True):
            _set(which, before + limits.memory_bytes, reserve=_REPORT_BYTES)


def open_reserve() -> None:
    """The program has ended: take the memory that was kept for the report on it."""
    for which in _MEMORY:
        _, hard = resource.getrlimit(which)
        resource.setrlimit(which, (hard, hard))


def _set(which: int, value: int, reserve: int = 0) -> None:
    _, most = resource.getrlimit(which)
    hard = value + reserve
    if most != resource.RLIM_INFINITY:
        hard = min(hard, most)
    resource.setrlimit(which, (min(value, hard), hard))


def memory_in_use() -> MemoryInUse:
    """What this process has mapped now; see proc(5), statm."""
    with open("/proc/self/statm", "rb") as file:
        pages = file.read().split()
    page = os.sysconf("SC_PAGE_SIZE")
    return MemoryInUse(int(pages[0]) * page, int(pages[5]) * page)
