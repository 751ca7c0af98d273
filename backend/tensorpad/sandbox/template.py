"""The template: a process with torch loaded, from which every worker is forked.

It is the first process of its pid namespace, so its death is the death of all its workers.
"""

import os
import selectors
import signal
import traceback
from types import FrameType
from typing import NoReturn

from tensorpad.confinement import identity, namespaces
from tensorpad.confinement.layers import Confinement
from tensorpad.protocol.control import Configure, Exited, Refused, Spawned, TemplateReady, WorkerPlan
from tensorpad.sandbox.control import ControlSocket


class Template:
    """Forks workers on request and reports their ends."""

    def __init__(self, control: ControlSocket, confinement: Confinement, namespaces_refused: str | None) -> None:
        self._control = control
        self._confinement = confinement
        self._refused = namespaces_refused
        self._workers: dict[int, int] = {}

    def serve(self) -> NoReturn:
        """Serve until the service goes away, then raise EOFError."""
        own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC) if self._refused is None else -1
        wake, wake_write = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, _wake_only)
        self._control.send(TemplateReady(self._refused, identity.may_become_others()))
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(wake, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fd == wake:
                        os.read(wake, 4096)
                    else:
                        self._spawn(own)
                self._reap()

    def _spawn(self, own: int) -> None:
        plan, descriptors = self._control.receive()
        assert not isinstance(plan, Configure)
        try:
            child = namespaces.fork_first(own) if "namespaces" in plan.layers else os.fork()
        except OSError as error:
            self._control.send(Refused(plan.worker, str(error)))
        else:
            if child == 0:
                self._become_worker(plan, descriptors)
            self._workers[child] = plan.worker
            pidfd = os.pidfd_open(child)
            self._control.send(Spawned(plan.worker), (pidfd,))
            os.close(pidfd)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _become_worker(self, plan: WorkerPlan, descriptors: list[int]) -> NoReturn:
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            from tensorpad.sandbox.worker import main

            main(plan, self._confinement, descriptors)
            status = 0
        except BaseException:
            # Standard error is a pipe to the service by now, which shows it as the worker's last words.
            os.write(2, traceback.format_exc().encode())
        finally:
            # Nothing of the template's own stack may run in a child, whatever happened.
            os._exit(status)

    def _reap(self) -> None:
        while True:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if child == 0:
                return
            # As the first process of its namespace, the template also inherits orphans, which are nobody's concern.
            if (worker := self._workers.pop(child, None)) is not None:
                self._control.send(Exited(worker, status))


def _wake_only(number: int, frame: FrameType | None) -> None:
    """A handler must be there for the signal to be written to the wake-up descriptor."""
