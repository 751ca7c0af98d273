"""The layers by name, and the one order in which a worker puts them on."""

import os
from dataclasses import dataclass
from typing import Final

from tensorpad.confinement import filesystem, identity, landlock, namespaces, resources
from tensorpad.confinement.seccomp import SystemCallFilter
from tensorpad.confinement.syscalls import PR_SET_PDEATHSIG, prctl
from tensorpad.protocol.control import WorkerPlan
from tensorpad.protocol.limits import Limits

_SIGKILL: Final = 9
_ORDER: Final = ("uid", "namespaces", "rlimits", "capabilities", "landlock", "seccomp")


class LayerRefused(OSError):
    """The kernel refused a layer. `layer` names it."""

    def __init__(self, layer: str, error: OSError) -> None:
        super().__init__(error.errno, f"{layer}: {error}")
        self.layer = layer


@dataclass(frozen=True, slots=True)
class Confinement:
    """What the template prepares once for all its workers."""

    limits: Limits
    readable: tuple[str, ...]
    devices: tuple[str, ...]
    cuda: bool
    with_processes: SystemCallFilter
    without_processes: SystemCallFilter

    @classmethod
    def prepare(cls, limits: Limits) -> "Confinement":
        """Look up what is shown and build the filters. Call it before the root is replaced."""
        cuda = filesystem.cuda_devices()
        return cls(
            limits=limits,
            readable=filesystem.readable(),
            devices=(*filesystem.DEVICES, *cuda),
            cuda=bool(cuda),
            with_processes=SystemCallFilter(processes=True),
            without_processes=SystemCallFilter(processes=False),
        )

    def confine(self, plan: WorkerPlan) -> None:
        """Put on the layers of `plan`, for good, in the order that each needs. Raises LayerRefused.

        Changing the user comes first, for it needs a capability of the template; limits follow the namespace in which
        processes are counted; Landlock and seccomp come last, for they refuse what the others need.
        """
        layers = plan.layers
        baseline = resources.memory_in_use()
        others = 0 if "namespaces" in layers or "uid" in layers else identity.tasks_of(os.getuid())
        for layer in _ORDER:
            # Dying with the template is forgotten at each change of credentials, and cannot be asked for at the end.
            prctl(PR_SET_PDEATHSIG, _SIGKILL)
            if layer not in layers:
                continue
            try:
                self._put_on(layer, plan, baseline, others)
            except OSError as error:
                raise LayerRefused(layer, error) from error

    def _put_on(self, layer: str, plan: WorkerPlan, baseline: resources.MemoryInUse, others: int) -> None:
        match layer:
            case "uid":
                identity.become(plan.uid)
            case "namespaces":
                namespaces.enter_worker()
                filesystem.mount_private(self.limits.scratch_bytes, processes_visible=self.cuda)
            case "rlimits":
                tasks = self.limits.processes + others
                resources.set_limits(self.limits, tasks, None if self.cuda else baseline)
            case "capabilities":
                identity.drop_capabilities()
            case "landlock":
                identity.forbid_privileges()
                process_files = ("/proc",) if self.cuda else ()
                landlock.restrict((*self.readable, *process_files), (plan.scratch,), self.devices)
            case _:
                identity.forbid_privileges()
                # Without a pid namespace nothing would end the processes that a program leaves behind.
                own_processes = "namespaces" in plan.layers
                chosen = self.with_processes if own_processes else self.without_processes
                chosen.load(owns_others_files=not own_processes and "uid" not in plan.layers)
