"""Brings up workers: descriptors, scratch directory, control group, fork, and the wait until each is ready."""

import asyncio
import contextlib
import itertools
import os
import tempfile
from collections.abc import Awaitable, Callable
from typing import Final

from tensorpad.pool.cgroups import OVERHEAD_BYTES, ControlGroup, ControlGroups
from tensorpad.pool.descriptors import wide_pipe
from tensorpad.pool.template import Template
from tensorpad.pool.worker import Worker
from tensorpad.protocol.control import WORKER_IDS, WORKER_SCRATCH, WorkerPlan
from tensorpad.protocol.errors import Unavailable, WorkerLost
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Ready

_DIRECTORY_PREFIX: Final = "tensorpad-"


class Nursery:
    """Starts workers with a given set of layers."""

    def __init__(self, template: Template, limits: Limits, groups: ControlGroups | None) -> None:
        self._template = template
        self._limits = limits
        self._groups = groups
        self._numbers = itertools.count(1)

    async def bring_up(
        self, layers: tuple[str, ...], *, probing: bool = False, memory_bytes: int | None = None
    ) -> tuple[Worker, Ready]:
        """Start a worker and wait until it is ready.

        `probing` makes one that loads and warms nothing. `memory_bytes` overrides its control group's limit. Raises
        WorkerLost with the cause where it dies first, Unavailable where it cannot be started in time.
        """
        number = next(self._numbers)
        group = await asyncio.to_thread(self._make_group, layers, number, memory_bytes)
        uid = WORKER_IDS[number % len(WORKER_IDS)]
        scratch = WORKER_SCRATCH if "namespaces" in layers else _make_scratch(uid, change_owner="uid" in layers)
        plan = WorkerPlan(number, layers, uid, scratch, probing)

        async def cleanup() -> None:
            if scratch != WORKER_SCRATCH:
                await _remove(scratch)

        try:
            worker = await self._fork(plan, group, cleanup)
        except BaseException:
            if group is not None:
                await asyncio.to_thread(group.remove)
            await cleanup()
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

    async def _fork(self, plan: WorkerPlan, group: ControlGroup | None, cleanup: Callable[[], Awaitable[None]]) -> Worker:
        request_read, request_write = os.pipe2(os.O_CLOEXEC)
        report_read, report_write = wide_pipe()
        stdout_read, stdout_write = os.pipe2(os.O_CLOEXEC)
        stderr_read, stderr_write = os.pipe2(os.O_CLOEXEC)
        ours = (request_write, report_read, stdout_read, stderr_read)
        theirs = (request_read, report_write, stdout_write, stderr_write)
        try:
            pidfd, end = await self._template.spawn(plan, theirs)
        except BaseException:
            for descriptor in ours:
                os.close(descriptor)
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        return Worker(pidfd=pidfd, end=end, descriptors=ours, group=group, limits=self._limits, cleanup=cleanup)

    def _make_group(self, layers: tuple[str, ...], number: int, memory_bytes: int | None) -> ControlGroup | None:
        if self._groups is None or "cgroup" not in layers:
            return None
        try:
            limit = memory_bytes or self._limits.memory_bytes + OVERHEAD_BYTES
            return self._groups.make(f"worker-{number}", limit, self._limits)
        except OSError as error:
            raise Unavailable(f"a control group could not be made: {error}") from error


def _make_scratch(uid: int, *, change_owner: bool) -> str:
    path = tempfile.mkdtemp(prefix=_DIRECTORY_PREFIX)
    if change_owner:
        # Where the right to is missing, so is the right to become that user, and the worker says so.
        with contextlib.suppress(OSError):
            os.chown(path, uid, uid)
    return path


async def _remove(path: str) -> None:
    """Remove a directory that a program filled. `rm` does not recurse in its own stack, however deep the tree is."""
    process = await asyncio.create_subprocess_exec("rm", "-rf", "--", path, stderr=asyncio.subprocess.DEVNULL)
    await process.wait()
