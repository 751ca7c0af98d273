"""The messages between the service and the template, one a packet; file descriptors travel beside them."""

from typing import Final, Literal

from msgspec import Struct

from tensorpad.protocol.limits import Limits

LAYERS: Final = ("namespaces", "uid", "capabilities", "rlimits", "cgroup", "landlock", "seccomp")
"""Every layer of isolation, by name. The service itself puts a worker into its control group; the rest is done inside."""

WORKER_IDS: Final = range(700_000, 760_000)
"""The users that workers become, seen from the template; no system gives them to anyone else."""

WORKER_SCRATCH: Final = "/scratch"
"""Where a worker in its own namespaces has its private tmpfs: nowhere that Python or Tensorpad could be installed below."""

Profile = Literal["auto", "strict", "container"]

PACKET_BYTES: Final = 65_536
"""The longest packet."""


class Preparation(Struct, frozen=True):
    """What is loaded and warmed before the first program comes."""

    lasting: bool = True
    """Whether many programs will come: then what costs the first of them more than it saves them is worth while."""
    compiler: bool = True
    """Whether torch's compiler is loaded, which takes as long as torch itself. Every optimiser's step needs it too."""


class Configure(Struct, frozen=True, tag="configure"):
    """First packet to the launcher. Profile `container` does not even try namespaces."""

    profile: Profile
    limits: Limits
    preparation: Preparation


class TemplateReady(Struct, frozen=True, tag="template_ready"):
    """torch is loaded. `namespaces` is None where they hold, otherwise why they were refused."""

    namespaces: str | None
    users: bool
    """Whether each worker can be given a user of its own."""


class WorkerPlan(Struct, frozen=True, tag="worker_plan"):
    """Start a worker with these layers. Its request, report, stdout and stderr descriptors travel with the packet."""

    worker: int
    layers: tuple[str, ...]
    uid: int
    """The user that the layer `uid` makes of it."""
    scratch: str
    """Directory for the program's own files; it is the worker's current directory."""
    probing: bool
    """Whether the worker is only to try what its layers forbid, and need load nothing."""


class Spawned(Struct, frozen=True, tag="spawned"):
    """A worker was forked. Its pidfd travels with the packet."""

    worker: int


class Exited(Struct, frozen=True, tag="exited"):
    """A worker has ended and is reaped. `status` is as waitpid gives it."""

    worker: int
    status: int


class Refused(Struct, frozen=True, tag="refused"):
    """A worker could not be forked, or (worker None) the template could not start."""

    worker: int | None
    reason: str


ToTemplate = Configure | WorkerPlan
FromTemplate = TemplateReady | Spawned | Exited | Refused
