"""The service's handle of the processes that fork workers: start, spawn, and word of every end."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from tensorpad.protocol.control import (
    PACKET_BYTES,
    Configure,
    Exited,
    FromTemplate,
    Preparation,
    Profile,
    Refused,
    Spawned,
    TemplateReady,
    ToTemplate,
    WorkerPlan,
)
from tensorpad.protocol.errors import Unavailable, WorkerLost
from tensorpad.protocol.interpreters import FLAGS, HASH_SEED
from tensorpad.protocol.limits import Limits

# A child sees nothing of the service's environment but what decides how native libraries are found and devices are shown.
_PASSED: Final = ("LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES", "TZ")
_SET: Final[Mapping[str, str]] = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    **HASH_SEED,
    "HOME": "/tmp",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
    "MPLBACKEND": "module://tensorpad.sandbox.displays.figures",
}

_decoder: msgspec.msgpack.Decoder[FromTemplate] = msgspec.msgpack.Decoder(FromTemplate)
_encoder = msgspec.msgpack.Encoder()


class ForkServer:
    """The launcher, the zygote and the template behind it, as one thing that forks workers.

    `preparation` says what they load before. `on_reset` is called when all workers were lost because the template died and
    another took its place, `on_death` when nothing is left that could fork.
    """

    def __init__(
        self,
        limits: Limits,
        profile: Profile,
        preparation: Preparation,
        on_reset: Callable[[], None],
        on_death: Callable[[], None],
    ) -> None:
        self._limits = limits
        self._configuration = Configure(profile, limits, preparation)
        self._on_reset = on_reset
        self._on_death = on_death
        self._process: subprocess.Popen[bytes] | None = None
        self._pidfd = -1
        self._socket: socket.socket | None = None
        self._first_ready: asyncio.Future[TemplateReady] | None = None
        self._spawning: dict[int, asyncio.Future[int]] = {}
        self._ends: dict[int, asyncio.Future[int]] = {}

    async def start(self) -> TemplateReady:
        """Start the processes and wait until torch is loaded. Raises Unavailable."""
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        self._socket = ours
        self._first_ready = loop.create_future()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, *FLAGS, "-m", "tensorpad.sandbox.launcher", str(theirs.fileno())],
                env={**{name: os.environ[name] for name in _PASSED if name in os.environ}, **_SET},
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self._pidfd = os.pidfd_open(self._process.pid)
        loop.add_reader(self._pidfd, self._died)
        loop.add_reader(ours.fileno(), self._receive)
        self._send(self._configuration)
        try:
            async with asyncio.timeout(self._limits.start_s):
                return await asyncio.shield(self._first_ready)
        except TimeoutError:
            await self.close()
            raise Unavailable(f"torch was not loaded within {self._limits.start_s:g} s") from None
        except Unavailable:
            await self.close()
            raise

    async def spawn(self, plan: WorkerPlan, descriptors: tuple[int, ...]) -> tuple[int, "asyncio.Future[int]"]:
        """Fork a worker that owns copies of `descriptors`. Gives its pidfd, and its wait status to come.

        Raises WorkerLost if the template dies meanwhile, Unavailable if it cannot fork.
        """
        loop = asyncio.get_running_loop()
        pidfd: asyncio.Future[int] = loop.create_future()
        end: asyncio.Future[int] = loop.create_future()
        self._spawning[plan.worker] = pidfd
        self._ends[plan.worker] = end
        self._send(plan, descriptors)
        try:
            return await pidfd, end
        except BaseException:
            self._ends.pop(plan.worker, None)
            raise
        finally:
            self._spawning.pop(plan.worker, None)

    async def close(self) -> None:
        """End every process. Safe to call twice."""
        process, self._process = self._process, None
        if process is None:
            return
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._pidfd)
        if self._socket is not None:
            loop.remove_reader(self._socket.fileno())
            self._socket.close()
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        await _readable(self._pidfd)
        process.wait()
        os.close(self._pidfd)
        self._lose_all()

    def _send(self, message: ToTemplate, descriptors: tuple[int, ...] = ()) -> None:
        if self._socket is None or self._process is None:
            raise Unavailable("the template is not running")
        try:
            socket.send_fds(self._socket, [_encoder.encode(message)], descriptors)
        except OSError as error:
            raise WorkerLost(f"the template does not answer: {error.strerror}") from error

    def _receive(self) -> None:
        assert self._socket is not None
        while True:
            try:
                data, descriptors, _, _ = socket.recv_fds(self._socket, PACKET_BYTES, 1)
            except BlockingIOError:
                return
            except OSError:
                data, descriptors = b"", []
            if not data:
                # The other end is closed; the pidfd reports the death, once.
                asyncio.get_running_loop().remove_reader(self._socket.fileno())
                return
            self._handle(_decoder.decode(data), descriptors)

    def _handle(self, message: FromTemplate, descriptors: list[int]) -> None:
        match message:
            case TemplateReady():
                assert self._first_ready is not None
                if self._first_ready.done():
                    self._lose_all()
                    self._on_reset()
                else:
                    self._first_ready.set_result(message)
            case Spawned():
                future = self._spawning.get(message.worker)
                if future is not None and not future.done():
                    future.set_result(descriptors[0])
                else:
                    # Nobody waits for it: it was asked for before the template was lost, or by a task that was cancelled.
                    signal.pidfd_send_signal(descriptors[0], signal.SIGKILL)
                    os.close(descriptors[0])
            case Exited():
                end = self._ends.pop(message.worker, None)
                if end is not None and not end.done():
                    end.set_result(message.status)
            case Refused():
                self._refuse(message)

    def _refuse(self, message: Refused) -> None:
        future = self._first_ready if message.worker is None else self._spawning.get(message.worker)
        if future is not None and not future.done():
            future.set_exception(Unavailable(message.reason))

    def _lose_all(self) -> None:
        """Every worker has died with the template."""
        spawning, self._spawning = self._spawning, {}
        ends, self._ends = self._ends, {}
        for future in (*spawning.values(), *ends.values()):
            if not future.done():
                future.set_exception(WorkerLost("the process that runs programs died"))
                future.exception()  # retrieved, so that asyncio does not report one that nobody awaits

    def _died(self) -> None:
        process = self._process
        if process is None:
            return
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._pidfd)
        if self._socket is not None:
            self._receive()  # a last word, such as why it could not start
            loop.remove_reader(self._socket.fileno())
            self._socket.close()
        self._process = None
        process.wait()
        os.close(self._pidfd)
        if self._first_ready is not None and not self._first_ready.done():
            self._first_ready.set_exception(Unavailable(f"the template ended with status {process.returncode}"))
        self._lose_all()
        self._on_death()


async def _readable(descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    loop.add_reader(descriptor, lambda: ready.done() or ready.set_result(None))
    try:
        await ready
    finally:
        loop.remove_reader(descriptor)
