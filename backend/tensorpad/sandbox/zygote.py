"""The zygote: it loads torch once, and forks a template from itself whenever there is none.

NOTE. What makes the forks safe and cheap:
1. There is one thread, always. A thread pool that was started here would be missing in every child, which then hangs in its
   first parallel loop; so the numeric libraries are set to one thread before they are loaded, and that is asserted.
2. CUDA is never initialised here and no backward pass runs: both leave state that a forked child cannot use. Workers do so
   themselves while they wait. (After a pass in its parent, a child dies in one that calls itself more than 60 deep, even on
   a machine without CUDA.)
3. `gc.freeze()` moves all that is loaded out of the collector's sight, so that a collection in a child does not write to
   every page that it shares; and that memory is put into large pages, see `sandbox.large_pages`. A zygote for one program
   (`Preparation.lasting`) does without what saves time only from the second program on.
4. Nothing here runs user code or holds a secret: children inherit all of this memory.

A template that dies is replaced in the time of a fork. Loading takes seconds, in which nobody could be served.
"""

import contextlib
import gc
import importlib
import os
import signal
import sys
import threading
import time
from typing import Final, NoReturn

from tensorpad.confinement import namespaces
from tensorpad.confinement.layers import Confinement
from tensorpad.confinement.syscalls import PR_SET_PDEATHSIG, prctl
from tensorpad.protocol.control import Preparation
from tensorpad.sandbox import large_pages
from tensorpad.sandbox.control import ControlSocket
from tensorpad.sandbox.template import Template

_PRELOADED: Final = ("numpy", "torch", "tensorpad.sandbox.worker")
# What programs import on first use, at a cost that a fork can share.
_SHARED: Final = ("torch.distributions", "torch.optim", "torch.utils.data", "torchviz", "asyncio")
# The same of the packages of the extra `course`. Loaded by each program itself, the first two cost it a second and 80 MB.
_COURSE: Final = ("tensorpad.sandbox.displays.figures", "pandas", "tqdm.auto", "einops", "scipy")
_COMPILER: Final = "torch._dynamo"
_THREAD_S: Final = 10.0
"""Longest wait for a thread that a package has started and ended."""
_SHORTEST_LIFE_S: Final = 0.2
"""A template that dies younger is not replaced before it would have been this old: one that always dies costs little."""


class Zygote:
    """Keeps one template alive."""

    def __init__(
        self,
        control: ControlSocket,
        preparation: Preparation,
        confinement: Confinement,
        namespaces_refused: str | None,
    ) -> None:
        self._control = control
        self._preparation = preparation
        self._confinement = confinement
        self._refused = namespaces_refused

    def live(self) -> NoReturn:
        """Fork templates until the service goes away; then the process ends."""
        _load(self._preparation)
        isolated = self._refused is None
        own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC) if isolated else -1
        while True:
            born = time.monotonic()
            child = namespaces.fork_first(own) if isolated else os.fork()
            if child == 0:
                self._become_template()
            if self._wait_for(child) == 0:
                os._exit(0)
            time.sleep(max(0.0, born + _SHORTEST_LIFE_S - time.monotonic()))

    def _become_template(self) -> NoReturn:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        try:
            Template(self._control, self._confinement, self._refused).serve()
        except EOFError:
            os._exit(0)
        except BaseException as error:
            print(f"the template failed: {error!r}", file=sys.stderr, flush=True)
            os._exit(1)

    def _wait_for(self, template: int) -> int:
        """The template's wait status. As a first process, this one also reaps whatever is orphaned."""
        while True:
            child, status = os.wait()
            if child == template:
                return status


def _load(preparation: Preparation) -> None:
    names = [*_PRELOADED, *([_COMPILER] if preparation.compiler else ()), *(_SHARED if preparation.lasting else ())]
    for name in names:
        importlib.import_module(name)
    if preparation.lasting:
        _load_packages_of_courses()
    from tensorpad.sandbox.warmup import warm_template

    warm_template(lasting=preparation.lasting)
    _let_threads_end()
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        raise RuntimeError(f"there are {threads} threads after loading, and a fork would lose all but one")
    if preparation.lasting:
        gc.collect()
    gc.freeze()
    if preparation.lasting:
        large_pages.collapse()


def _load_packages_of_courses() -> None:
    path = os.environ["PATH"]
    os.environ["PATH"] = os.devnull  # matplotlib lists the fonts itself if it finds no program that does
    for name in _COURSE:
        with contextlib.suppress(ImportError):  # the extra is not installed, or not all of it
            importlib.import_module(name)
    os.environ["PATH"] = path


def _let_threads_end() -> None:
    """Matplotlib looks for fonts beside a thread that says so if that takes long, and then cancels it."""
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(_THREAD_S)
