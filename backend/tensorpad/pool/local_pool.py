"""The pool: one template, its parked workers, and the runs that they are given. It is the `Runner` of this machine."""

import asyncio
import contextlib
import logging
import time

from tensorpad.pool.cgroups import ControlGroups, ControlGroupsMissing
from tensorpad.pool.fork_server import ForkServer
from tensorpad.pool.isolation import IsolationStatus, PoolStatus
from tensorpad.pool.nursery import Nursery
from tensorpad.pool.parking import Parking
from tensorpad.pool.queue import RunQueue
from tensorpad.pool.runner import Event, Listener, Queued
from tensorpad.pool.selftest import test_layers
from tensorpad.pool.verdict import Witnessed, judge
from tensorpad.pool.worker_handle import WorkerHandle
from tensorpad.protocol.control import Preparation, Profile, TemplateReady
from tensorpad.protocol.errors import Overloaded, RequestError, Unavailable
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Ready, RunRequest
from tensorpad.protocol.outcomes import Environment, Outcome, Timing

_log = logging.getLogger(__name__)
_RESTART_PAUSE_S = 0.5


class LocalPool:
    """Runs programs in parked, confined, single-use workers.

    `profile` `auto` and `strict` try every layer; `container` leaves namespaces out. `preparation` says what is loaded
    before the first program comes.
    """

    def __init__(self, limits: Limits, profile: Profile = "auto", preparation: Preparation | None = None) -> None:
        self._limits = limits
        self._profile: Profile = profile
        self._preparation = preparation or Preparation()
        self._queue = RunQueue(limits.concurrency, limits.queue, limits.queue_s)
        self._fork_server: ForkServer | None = None
        self._nursery: Nursery | None = None
        self._parking: Parking | None = None
        self._groups: ControlGroups | None = None
        self._isolation: IsolationStatus | None = None
        self._environment: Environment | None = None
        self._restarts: set[asyncio.Task[None]] = set()
        self._closing = False

    async def start(self) -> None:
        """Load torch, try every layer, and park the first workers. Raises Unavailable."""
        groups: ControlGroups | ControlGroupsMissing
        try:
            groups = self._groups = ControlGroups()
        except ControlGroupsMissing as missing:
            groups = missing
        try:
            ready = await self._start_template()
            assert self._nursery is not None
            self._isolation = await test_layers(self._nursery, ready, groups)
            self._parking = Parking(self._limits.parked, self._bring_up)
            first = await self._parking.take()
            await first.close()
            self._parking.refill()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """End everything. Safe to call twice."""
        self._closing = True
        if self._parking is not None:
            await self._parking.close()
        # A restart ends by itself now that the pool is closing. What it has started is closed below.
        await asyncio.gather(*self._restarts, return_exceptions=True)
        if self._fork_server is not None:
            await self._fork_server.close()
        if self._groups is not None:
            self._groups.close()

    @property
    def environment(self) -> Environment:
        """Where programs run. Raises Unavailable before the first worker was ready."""
        if self._environment is None:
            raise Unavailable("no worker has been ready yet")
        return self._environment

    def status(self) -> PoolStatus:
        """The pool at this moment. Raises Unavailable before it has started."""
        if self._parking is None or self._isolation is None:
            raise Unavailable("the pool has not started")
        return PoolStatus(self._parking.parked, self._queue.running, self._queue.queued, self._isolation)

    async def run(self, request: RunRequest, listener: Listener | None = None) -> Outcome:
        """Run one program; see `Runner`."""
        environment = self.environment
        if request.device == "cuda" and environment.device == "cpu":
            raise RequestError("this machine has no CUDA device; use `auto` or `cpu`", "device")
        emit = listener or _ignore
        arrived = time.perf_counter()
        async with self._queue.slot(lambda ahead: emit(Queued(ahead))):
            parking = self._parking
            if parking is None:
                raise Unavailable("the pool has not started")
            while True:
                worker = await self._take(parking)
                began = time.perf_counter()
                idle = False
                try:
                    transcript, trace, evidence = await worker.execute(request, emit)
                    idle = evidence.stop == "finished"
                finally:
                    parking.retire(worker, idle=idle)
                # A parked worker that died before the program began is no fault of the program.
                if transcript.started or evidence.stop not in ("died", "lost"):
                    break
            timing = Timing((began - arrived) * 1e3, (time.perf_counter() - began) * 1e3)
        device = environment.device if request.device == "cuda" else "cpu"
        where = Environment(environment.torch, environment.python, device, environment.isolation)
        witnessed = Witnessed(
            cells=transcript.cells(),
            trace=trace,
            timing=timing,
            environment=where,
            report_bytes=transcript.report_bytes,
            report=transcript.report,
        )
        return judge(evidence, witnessed, self._limits)

    async def _take(self, parking: Parking) -> WorkerHandle:
        try:
            async with asyncio.timeout(self._limits.queue_s):
                return await parking.take()
        except TimeoutError:
            raise Overloaded(f"no worker was ready within {self._limits.queue_s:g} s", 2.0) from None

    async def _start_template(self) -> TemplateReady:
        self._fork_server = ForkServer(self._limits, self._profile, self._preparation, self._on_reset, self._on_death)
        self._nursery = Nursery(self._fork_server, self._limits, self._groups)
        return await self._fork_server.start()

    async def _bring_up(self) -> WorkerHandle:
        if self._nursery is None or self._isolation is None:
            raise Unavailable("the template is not running")
        worker, ready = await self._nursery.bring_up(self._isolation.held)
        self._environment = _environment(ready, self._isolation.profile)
        return worker

    def _on_reset(self) -> None:
        _log.warning("the template died, and another took its place")
        if self._parking is not None:
            self._parking.reset()

    def _on_death(self) -> None:
        if self._closing or self._parking is None:
            return
        _log.error("the template's parent died; starting again")
        restart = asyncio.create_task(self._restart())
        self._restarts.add(restart)
        restart.add_done_callback(self._restarts.discard)

    async def _restart(self) -> None:
        """Start the processes anew, for as long as it takes. The layers are not tried again: the machine is the same."""
        while not self._closing:
            with contextlib.suppress(Unavailable):
                await self._start_template()
                break
            await asyncio.sleep(_RESTART_PAUSE_S)
        if self._parking is not None:
            self._parking.reset()


def _environment(ready: Ready, isolation: str) -> Environment:
    return Environment(ready.torch, ready.python, "cuda" if ready.cuda else "cpu", isolation)


def _ignore(_: Event) -> None:
    return
