"""A program that starts another where no namespaces can be made: `denied_namespaces.py COMMAND [ARGUMENT...]`.

It refuses what Docker's default seccomp profile refuses a container without capabilities: `unshare`, and `clone` with any
namespace flag. `clone3`, whose flags a filter cannot see, answers that it does not exist, so that libc takes `clone`.
"""

import errno
import os
import sys

import pyseccomp
from tensorpad.confinement.syscalls import (
    CLONE_NEWCGROUP,
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
)

_NAMESPACES = (
    *(CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS),
    *(CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWUTS),
)


def main() -> None:
    """Deny, then become the command."""
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.add_rule(pyseccomp.ERRNO(errno.EPERM), "unshare")
    for flag in _NAMESPACES:
        rules.add_rule(pyseccomp.ERRNO(errno.EPERM), "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
    rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    rules.load()
    os.execv(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
