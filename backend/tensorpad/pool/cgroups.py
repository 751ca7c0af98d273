"""Control groups: the memory and the processes of each worker, counted and limited by the kernel.

Facts from the kernel's `Documentation/admin-guide/cgroup-v1/memory.rst`, `pids.rst` and `cgroup-v2.rst`. The service makes
one group for itself below the one that it was started in, and one below that for each worker.

The kernel takes milliseconds over each of these calls, for it waits until every processor has seen the change; so the event
loop leaves them to a thread.
"""

import contextlib
import fcntl
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tensorpad.protocol.limits import MIB, Limits

OVERHEAD_BYTES: Final = 192 * MIB
"""What a group allows beyond a program's limit: pages of the warm interpreter that the worker writes to, and its report."""

_REMOVALS: Final = 50
_REMOVAL_PAUSE_S: Final = 0.02
"""Nothing reports when the kernel has released a group's dead members, so the removal is tried again."""
_PREFIX: Final = "tensorpad-"
_SERVICE: Final = "-service"
"""What is behind the name of a service's groups in the name of the group that it is in itself, in version 2."""
_MOUNTS: Final = Path("/proc/self/mountinfo")
_MEMBERSHIP: Final = Path("/proc/self/cgroup")


class ControlGroupsMissing(OSError):
    """No control group can be made here; the message says why."""


@dataclass(frozen=True, slots=True)
class _Hierarchy:
    """The directory of the service's groups, and how one says memory and processes there."""

    directory: Path
    memory_limit: str | None
    memory_kills: str
    processes_limit: str | None
    swap_limit: str | None


class ControlGroup:
    """The group (one directory in each hierarchy) of one worker."""

    def __init__(self, directories: list[tuple[_Hierarchy, Path]]) -> None:
        self._directories = directories

    def add(self, pid: int) -> None:
        """Put a process in. Raises OSError."""
        for _, path in self._directories:
            (path / "cgroup.procs").write_text(str(pid))

    def memory_killed(self) -> bool:
        """Whether the kernel has killed a process of the group for its memory."""
        for hierarchy, path in self._directories:
            if hierarchy.memory_limit is None:
                continue
            with contextlib.suppress(OSError):
                for line in (path / hierarchy.memory_kills).read_text().splitlines():
                    name, _, count = line.partition(" ")
                    if name == "oom_kill" and int(count) > 0:
                        return True
        return False

    def remove(self) -> None:
        """Remove the group, waiting a little for the kernel to release dead members."""
        for _, path in self._directories:
            for _ in range(_REMOVALS):
                try:
                    path.rmdir()
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(_REMOVAL_PAUSE_S)
                else:
                    break


class ControlGroups:
    """Makes groups for workers. Its creation raises ControlGroupsMissing if the machine lets it make none."""

    def __init__(self, mounts: Path = _MOUNTS, membership: Path = _MEMBERSHIP) -> None:
        self._hierarchies: list[_Hierarchy] = []
        self._held: list[int] = []
        try:
            for hierarchy in _hierarchies(_mounts(mounts), membership.read_text().splitlines()):
                self._held.append(_prepare(hierarchy))
                self._hierarchies.append(hierarchy)
        except OSError as error:
            self.close()
            raise ControlGroupsMissing(error.errno, f"{error.strerror}: {error.filename}") from error
        if not self._hierarchies:
            raise ControlGroupsMissing(0, "no hierarchy offers the memory and pids controllers")

    def make(self, name: str, memory_bytes: int, limits: Limits) -> ControlGroup:
        """A new group with a limit on memory and on processes. Raises OSError."""
        directories: list[tuple[_Hierarchy, Path]] = []
        for hierarchy in self._hierarchies:
            path = hierarchy.directory / name
            path.mkdir()
            directories.append((hierarchy, path))
            if hierarchy.memory_limit:
                (path / hierarchy.memory_limit).write_text(str(memory_bytes))
                if hierarchy.swap_limit:
                    # A kernel without swap accounting has no such file; there memory is all that is limited.
                    with contextlib.suppress(OSError):
                        (path / hierarchy.swap_limit).write_text(
                            "0" if hierarchy.swap_limit.endswith("max") else str(memory_bytes)
                        )
            if hierarchy.processes_limit:
                (path / hierarchy.processes_limit).write_text(str(limits.processes))
        return ControlGroup(directories)

    def close(self) -> None:
        """Remove the service's own groups, which are empty by now."""
        for hierarchy in self._hierarchies:
            with contextlib.suppress(OSError):
                hierarchy.directory.rmdir()
        while self._held:
            os.close(self._held.pop())


def _hold(directory: Path) -> int | None:
    """Lock a service's directory for as long as the descriptor is open, or None where another service holds it.

    A process id would not do for this: the kernel gives one again, and it is another number in another namespace.
    """
    held = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        return None
    return held


def _remove_stale(parent: Path) -> None:
    """Remove the groups of services that were killed: they have no process, and nobody else would remove them."""
    for group in parent.glob(f"{_PREFIX}*"):
        # One that is removed meanwhile is gone, and the kernel keeps one that has a process in it.
        with contextlib.suppress(OSError):
            if group.name.endswith(_SERVICE):
                if not group.with_name(group.name.removesuffix(_SERVICE)).exists():
                    group.rmdir()
            elif (held := _hold(group)) is not None:
                try:
                    for path in (*group.glob("*/"), group):
                        path.rmdir()
                finally:
                    os.close(held)


def _hierarchies(mounts: dict[str, Path], membership: list[str]) -> list[_Hierarchy]:
    name = f"{_PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
    hierarchies: list[_Hierarchy] = []
    for line in membership:
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            if controller in ("memory", "pids") and (mount := mounts.get(controller)):
                directory = mount / path.lstrip("/") / name
                if controller == "memory":
                    hierarchies.append(
                        _Hierarchy(
                            directory, "memory.limit_in_bytes", "memory.oom_control", None, "memory.memsw.limit_in_bytes"
                        )
                    )
                else:
                    hierarchies.append(_Hierarchy(directory, None, "", "pids.max", None))
    if hierarchies or (unified := mounts.get("")) is None:
        return hierarchies
    own = next(line[3:] for line in membership if line.startswith("0::"))
    directory = unified / own.lstrip("/") / name
    return [_Hierarchy(directory, "memory.max", "memory.events", "pids.max", "memory.swap.max")]


def _mounts(mountinfo: Path) -> dict[str, Path]:
    """Where each controller of version 1 is mounted, and version 2 under the empty name."""
    mounts: dict[str, Path] = {}
    for line in mountinfo.read_text().splitlines():
        fields, _, rest = line.partition(" - ")
        kind, _, options = rest.split(" ", 2)
        where = Path(fields.split(" ")[4])
        if kind == "cgroup2":
            mounts[""] = where
        elif kind == "cgroup":
            for option in options.split(" ")[-1].split(","):
                mounts.setdefault(option, where)
    return mounts


def _prepare(hierarchy: _Hierarchy) -> int:
    """Make the service's group, which the descriptor holds. In version 2 the service itself has to move out of its parent.

    Raises OSError.
    """
    directory = hierarchy.directory
    parent = directory.parent
    _remove_stale(parent)
    held = _made(directory)
    try:
        if hierarchy.memory_limit == "memory.max":
            # There a group that limits its children may have no process.
            own = parent / f"{directory.name}{_SERVICE}"
            own.mkdir(exist_ok=True)
            for pid in (parent / "cgroup.procs").read_text().split():
                (own / "cgroup.procs").write_text(pid)
            (parent / "cgroup.subtree_control").write_text("+memory +pids")
            (directory / "cgroup.subtree_control").write_text("+memory +pids")
    except OSError:
        os.close(held)
        raise
    return held


def _made(directory: Path) -> int:
    """Make a directory and hold it. A service that starts at the same time may take it for one that nobody holds."""
    while True:
        directory.mkdir(exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            held = _hold(directory)
            if held is not None:
                if directory.exists():
                    return held
                os.close(held)
