"""The program `python -m tensorpad.sandbox.launcher FD`: enter namespaces, then fork the zygote.

It is exec'd by the service with a clean environment and a control socket at descriptor FD, has one thread, and imports no
torch: only its child, the zygote, does, as the first process of the new pid namespace.
"""

import os
import signal
import sys
from typing import NoReturn

from tensorpad.confinement import filesystem, namespaces
from tensorpad.confinement.layers import Confinement
from tensorpad.confinement.syscalls import PR_SET_PDEATHSIG, prctl
from tensorpad.protocol.control import WORKER_SCRATCH, Configure, Preparation, Refused
from tensorpad.sandbox.control import ControlSocket


def main() -> None:
    """Launch the zygote and wait for its end."""
    control = ControlSocket(int(sys.argv[1]))
    try:
        configuration, _ = control.receive()
    except EOFError:
        return
    assert isinstance(configuration, Configure)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        # The filters are built and the paths are looked up while the whole machine can still be seen.
        confinement = Confinement.prepare(configuration.limits)
    except (OSError, RuntimeError) as error:
        control.send(Refused(None, f"the confinement cannot be prepared: {error}"))
        return
    refusal = "not tried: the profile is `container`"
    if configuration.profile != "container":
        refusal = _enter_namespaces()
    child = os.fork()
    if child == 0:
        _become_zygote(control, configuration.preparation, confinement, refusal)
    control.close()
    _, status = os.waitpid(child, 0)
    os._exit(1 if status else 0)


def _enter_namespaces() -> str | None:
    """Enter the template's namespaces; return why they were refused, if they were."""
    try:
        namespaces.enter_own()
    except OSError as error:
        return str(error)
    return None


def _become_zygote(
    control: ControlSocket, preparation: Preparation, confinement: Confinement, refusal: str | None
) -> NoReturn:
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        if refusal is None:
            filesystem.enter_minimal_root(confinement.readable, confinement.devices)
            os.environ.update(HOME=WORKER_SCRATCH, TMPDIR=WORKER_SCRATCH)
        # Imported this late because the launcher must stay small and have one thread.
        from tensorpad.sandbox.zygote import Zygote

        Zygote(control, preparation, confinement, refusal).live()
    except BaseException as error:
        control.send(Refused(None, f"torch cannot be loaded: {error!r}"))
        os._exit(1)


if __name__ == "__main__":
    main()
