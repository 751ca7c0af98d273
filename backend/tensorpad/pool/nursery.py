"""Brings up workers: descriptors, scratch directory, control group, fork, and the wait until each is ready."""

import asyncio
import contextlib
import itertools
import os
from collections.abc import Awaitable, Callable

from tensorpad.pool import directories
from tensorpad.pool.cgroups import OVERHEAD_BYTES, ControlGroup, ControlGroups
from tensorpad.pool.descriptors import wide_pipe
from tensorpad.pool.fork_server import ForkServer
from tensorpad.pool.worker_handle import WorkerHandle
from tensorpad.protocol.control import WORKER_IDS, WORKER_SCRATCH, WorkerPlan
from tensorpad.protocol.errors import Unavailable, WorkerLost
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Ready


class Nursery:
    """Starts workers with a given set of layers."""

    def __init__(self, fork_server: ForkServer, limits: Limits, groups: ControlGroups | None) -> None:
        self._fork_server = fork_server
        self._limits = limits
        self._groups = groups
        self._numbers = itertools.count(1)

    async def bring_up(
        self, layers: tuple[str, ...], *, probing: bool = False, memory_bytes: int | None = None
    ) -> tuple[WorkerHandle, Ready]:
        """Start a worker and wait until it is ready.

        `probing` makes one that loads and warms nothing. `memory_bytes` overrides its control group's limit. Raises
        WorkerLost with the cause if it dies first, Unavailable if it cannot be started in time.
        """
        number = next(self._numbers)
        group = await asyncio.to_thread(self._make_group, layers, number, memory_bytes)
        uid = WORKER_IDS[number % len(WORKER_IDS)]
        try:
            scratch = WORKER_SCRATCH if "namespaces" in layers else directories.make(uid, change_owner="uid" in layers)
        except OSError as error:
            # Without namespaces a program can fill the disk, for as long as it lasts.
            if group is not None:
                await asyncio.to_thread(group.remove)
            raise Unavailable(f"a private directory could not be made: {error}") from error
        plan = WorkerPlan(number, layers, uid, scratch, probing)

        async def cleanup() -> None:
            if scratch != WORKER_SCRATCH:
                await directories.remove(scratch)

        try:
            worker = await self._fork(plan, group, cleanup)
        except BaseException as error:
            if group is not None:
                await asyncio.to_thread(group.remove)
            await cleanup()
            if isinstance(error, OSError):
                raise Unavailable(f"a worker could not be given its pipes: {error}") from error
            raise
        try:
            if group is not None and (pid := worker.pid):
                await asyncio.to_thread(group.add, pid)
            async with asyncio.timeout(self._limits.start_s):
                return worker, await worker.wait_ready()
        except TimeoutError:
            await worker.close()
            raise Unavailable(f"a worker was not ready within {self._limits.start_s:g} s") from None
        except OSError as error:
            await worker.close()
            raise WorkerLost(f"a worker could not be put into its control group: {error}") from error
        except BaseException:
            await worker.close()
            raise

    async def _fork(
        self, plan: WorkerPlan, group: ControlGroup | None, cleanup: Callable[[], Awaitable[None]]
    ) -> WorkerHandle:
        with contextlib.ExitStack() as ours, contextlib.ExitStack() as theirs:
            pipes: list[tuple[int, int]] = []
            for make in (_pipe, wide_pipe, _pipe, _pipe):
                pipes.append(make())
                # The worker reads the first and writes to the others. What was opened is closed if a later one fails.
                own, its = pipes[-1] if len(pipes) > 1 else pipes[-1][::-1]
                ours.callback(os.close, own)
                theirs.callback(os.close, its)
            (request_read, request_write), (report_read, report_write), (out_read, out_write), (err_read, err_write) = pipes
            pidfd, end = await self._fork_server.spawn(plan, (request_read, report_write, out_write, err_write))
            ours.pop_all()
        descriptors = (request_write, report_read, out_read, err_read)
        return WorkerHandle(pidfd=pidfd, end=end, descriptors=descriptors, group=group, limits=self._limits, cleanup=cleanup)

    def _make_group(self, layers: tuple[str, ...], number: int, memory_bytes: int | None) -> ControlGroup | None:
        if self._groups is None or "cgroup" not in layers:
            return None
        try:
            limit = memory_bytes or self._limits.memory_bytes + OVERHEAD_BYTES
            return self._groups.make(f"worker-{number}", limit, self._limits)
        except OSError as error:
            raise Unavailable(f"a control group could not be made: {error}") from error


def _pipe() -> tuple[int, int]:
    return os.pipe2(os.O_CLOEXEC)
