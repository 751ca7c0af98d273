"""seccomp: the system calls that a tensor program has a use for. Every other one is refused with EPERM.

An allow-list with an error as its default keeps itself in repair: a call that a later torch or C library needs shows up as
an ordinary error in the self-test and in the tests over torch's operators, not as a death. `clone3` answers ENOSYS, so that
the C library falls back to `clone`, whose flags can be seen. The architecture is checked by libseccomp's prologue.
"""

import errno
import os
from typing import Final

import pyseccomp

from tensorpad.confinement.syscalls import (
    CLONE_NEWCGROUP,
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    CLONE_THREAD,
)

_FILES: Final = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 open openat creat close close_range lseek
    stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat getdents getdents64
    getcwd chdir fchdir mkdir mkdirat rmdir rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat
    chmod fchmod fchmodat umask utime utimes utimensat futimesat truncate ftruncate fallocate fadvise64
    fsync fdatasync sync_file_range flock dup dup2 dup3 pipe pipe2 sendfile copy_file_range
"""
_WAITING: Final = """
    select pselect6 poll ppoll epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2
    timerfd_create timerfd_settime timerfd_gettime signalfd signalfd4
"""
_MEMORY: Final = (
    "brk mmap munmap mprotect mremap madvise msync mincore mlock mlock2 munlock get_mempolicy membarrier pkey_alloc"
)
_TIME: Final = """
    gettimeofday time times clock_gettime clock_getres clock_nanosleep nanosleep getitimer setitimer alarm
    timer_create timer_settime timer_gettime timer_getoverrun timer_delete
"""
_SIGNALS: Final = """
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause restart_syscall
"""
_PROCESS: Final = """
    getpid gettid getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid uname sysinfo
    getrusage getrlimit setrlimit getpriority capget exit exit_group wait4 waitid arch_prctl getrandom getcpu rseq
    set_tid_address set_robust_list get_robust_list futex futex_waitv sched_yield sched_getaffinity
    sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min sched_rr_get_interval
"""
# A pair of connected sockets without a name is a pipe; an event loop makes one to wake itself.
_PAIRS: Final = "sendto recvfrom recvmsg shutdown getsockopt getsockname getpeername"

_AF_UNIX: Final = 1
_NAMESPACES: Final = (
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET
)
_PRCTL_HARMLESS: Final = (
    3,  # PR_GET_DUMPABLE
    15,  # PR_SET_NAME
    16,  # PR_GET_NAME
    21,  # PR_GET_SECCOMP
    23,  # PR_CAPBSET_READ
    39,  # PR_GET_NO_NEW_PRIVS
    0x53564D41,  # PR_SET_VMA
)
_FCNTL: Final = (
    *range(8),  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW
    *range(36, 39),  # the same locks, of an open file
    *range(1030, 1035),  # F_DUPFD_CLOEXEC, F_SETPIPE_SZ, F_GETPIPE_SZ, F_ADD_SEALS, F_GET_SEALS
)
"""What may be asked of a descriptor. F_SETOWN and F_SETSIG are missing: they have the kernel send any signal to any process
of the user. F_SETLEASE and F_NOTIFY reach others who use the same file."""
_IOCTL_SIGNALS: Final = (
    0x5452,  # FIOASYNC
    0x8901,  # FIOSETOWN
    0x8902,  # SIOCSPGRP
    0x5412,  # TIOCSTI: types into somebody's terminal
    0x541C,  # TIOCLINUX
)
"""Device requests that do the same as those of fcntl. Others must be possible, for CUDA's driver is made of them."""
_OWNERS_CALLS: Final = "chmod fchmod fchmodat utime utimes utimensat futimesat"
"""Calls that an owner may make without opening the file for writing, so Landlock does not see them."""
_LOW_HALF: Final = 0xFFFFFFFF


class SystemCallFilter:
    """A filter that is built once, before the fork, and loaded by each process that it confines.

    `processes` true lets the program fork; threads are always allowed.
    """

    def __init__(self, *, processes: bool) -> None:
        rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
        for name in " ".join((_FILES, _WAITING, _MEMORY, _TIME, _SIGNALS, _PROCESS, _PAIRS)).split():
            _allow(rules, name)
        _allow(rules, "socketpair", pyseccomp.Arg(0, pyseccomp.EQ, _AF_UNIX))
        _allow(rules, "prlimit64", pyseccomp.Arg(0, pyseccomp.EQ, 0))
        # With another number it would bind another process of the same user to a processor.
        _allow(rules, "sched_setaffinity", pyseccomp.Arg(0, pyseccomp.EQ, 0))
        for command in _FCNTL:
            _allow(rules, "fcntl", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, _LOW_HALF, command))
        _allow(rules, "ioctl")
        for option in _PRCTL_HARMLESS:
            _allow(rules, "prctl", pyseccomp.Arg(0, pyseccomp.EQ, option))
        # What `kill` may be aimed at is a rule of each process (`load`): its own number is not known yet.
        _allow(rules, "kill")
        _allow(rules, "tgkill")
        if processes:
            _allow(rules, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _NAMESPACES, 0))
            _allow(rules, "fork")
            _allow(rules, "vfork")
            _allow(rules, "setsid")
            _allow(rules, "setpgid")
        else:
            mask = _NAMESPACES | CLONE_THREAD
            _allow(rules, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, mask, CLONE_THREAD))
        rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
        self._rules = rules

    def load(self, *, owns_others_files: bool = True) -> None:
        """Confine this thread and what it starts. Needs no_new_privs. Raises OSError if the kernel refuses.

        `owns_others_files` says that the user of this process owns files that are not the program's, on a file system where
        their modes and times could be changed.
        """
        own = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        for name in ("kill", "tgkill"):
            # A process number is 32 bits wide in a 64-bit argument; it differs from ours if it is above or below it.
            target = os.getpid() & _LOW_HALF
            for bit in range(32):
                mask = 1 << bit
                other = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, mask, ~target & mask)
                own.add_rule(pyseccomp.ERRNO(errno.EPERM), name, other)
        for request in _IOCTL_SIGNALS:
            own.add_rule(pyseccomp.ERRNO(errno.EPERM), "ioctl", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, _LOW_HALF, request))
        if owns_others_files:
            for name in _OWNERS_CALLS.split():
                _refuse(own, name)
        own.load()
        self._rules.load()


def _allow(rules: pyseccomp.SyscallFilter, name: str, *arguments: pyseccomp.Arg) -> None:
    _add(rules, pyseccomp.ALLOW, name, *arguments)


def _refuse(rules: pyseccomp.SyscallFilter, name: str) -> None:
    _add(rules, pyseccomp.ERRNO(errno.EPERM), name)


def _add(rules: pyseccomp.SyscallFilter, action: int, name: str, *arguments: pyseccomp.Arg) -> None:
    try:
        rules.add_rule(action, name, *arguments)
    except OSError as error:
        # A call that this libseccomp does not know, or that this architecture lacks (EDOM), cannot be made either.
        if error.errno not in (errno.EINVAL, errno.EDOM, errno.EFAULT):
            raise
