"""What the service does when a process of its own is killed under it."""

import asyncio
import os
import signal

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.pool.runner import Event, Output
from tensorpad.protocol.errors import WorkerLost
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Completed, Crashed

from tests.support.patience import PATIENCE_S, in_time
from tests.support.processes import children, command, descendants, descriptors, processor_time, until, zombies
from tests.support.programs import assert_serves, run, stdout

pytestmark = pytest.mark.anyio

ENDLESS = RunRequest(cells=("print('started', flush=True)\nwhile True: pass",), timeout_s=2 * PATIENCE_S)
"""Its own limit comes long after patience is at its end: who waited for it would be noticed."""


def service_processes() -> tuple[int, int, int]:
    """The launcher, the zygote and the template of the pool under test, each the only child of the one before."""
    launcher = next(pid for pid in children(os.getpid()) if "tensorpad.sandbox.launcher" in command(pid))
    (zygote,) = children(launcher)
    (template,) = children(zygote)
    return launcher, zygote, template


async def start_endless(pool: LocalPool) -> "asyncio.Task[object]":
    """A run that is known to be under way."""
    started = asyncio.Event()

    def listen(event: Event) -> None:
        if isinstance(event, Output):
            started.set()

    task = asyncio.ensure_future(pool.run(ENDLESS, listen))
    await asyncio.wait_for(started.wait(), PATIENCE_S)
    return task


async def busy(template: int) -> int:
    """The worker that burns time, once it has burnt some."""
    before = {pid: processor_time(pid) for pid in children(template)}

    def grown() -> int:
        return max(before, key=lambda pid: processor_time(pid) - before[pid])

    await until(lambda: processor_time(grown()) - before[grown()] >= 0.05, "a worker burns time")
    return grown()


async def test_a_worker_that_is_killed_in_a_run_gives_a_crash_and_the_next_run_works(pool: LocalPool) -> None:
    _, _, template = service_processes()
    task = await start_endless(pool)
    victim = await busy(template)

    os.kill(victim, signal.SIGKILL)

    with in_time():
        outcome = await task
    assert isinstance(outcome, Crashed)
    assert outcome.signal == "SIGKILL"
    await assert_serves(pool)


@pytest.mark.parametrize("which", ["template", "zygote"])
async def test_a_template_that_is_killed_in_a_run_gives_a_typed_failure_and_the_next_run_works(
    pool: LocalPool, which: str
) -> None:
    _, zygote, template = service_processes()
    task = await start_endless(pool)

    os.kill(template if which == "template" else zygote, signal.SIGKILL)

    with in_time(), pytest.raises(WorkerLost):
        await task
    with in_time():
        outcome = await run(pool, "print(6)")
    assert stdout(outcome) == "6\n"


async def test_parked_workers_that_are_killed_are_replaced(pool: LocalPool, limits: Limits) -> None:
    _, _, template = service_processes()
    await until(lambda: pool.status().parked == limits.parked, "the pool is full")
    victims = children(template)
    for worker in victims:
        os.kill(worker, signal.SIGKILL)

    await assert_serves(pool)
    await until(lambda: not set(victims) & set(children(template)), "the dead are reaped")
    await until(lambda: pool.status().parked == limits.parked, "the pool is full again")
    await assert_serves(pool)


async def test_a_cancelled_run_frees_its_worker_at_once(pool: LocalPool, limits: Limits) -> None:
    task = await start_endless(pool)

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: pool.status().running == 0 and pool.status().parked == limits.parked, "the place is free")
    await assert_serves(pool)


async def test_many_runs_leave_no_zombie_and_no_descriptor(pool: LocalPool, limits: Limits) -> None:
    async def full() -> None:
        await until(lambda: pool.status().parked == limits.parked, "the pool is full")
        await until(lambda: not zombies(os.getpid()), "the dead are reaped")

    await full()
    before = {pid: descriptors(pid) for pid in (os.getpid(), *service_processes())}
    processes = len(descendants(os.getpid()))

    for number in range(100):
        outcome = await pool.run(RunRequest(cells=(f"print({number})",), trace=False))
        assert isinstance(outcome, Completed)
        assert stdout(outcome) == f"{number}\n"

    await full()
    await until(lambda: len(descendants(os.getpid())) == processes, "no process is left over")
    assert {pid: descriptors(pid) for pid in before} == before
