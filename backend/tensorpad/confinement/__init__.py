"""The layers that confine a process before it meets anything hostile: one module each, and none needs another.

Workers use all of them, the drawing process those that it can. Nothing here imports torch. The facts about each system
call are from the kernel's documentation (`landlock.rst`, `seccomp_filter.rst` and `no_new_privs.rst` in its
`Documentation/userspace-api`) and the manual pages namespaces(7), user_namespaces(7), pivot_root(2), mount_setattr(2),
capabilities(7) and prctl(2).
"""
