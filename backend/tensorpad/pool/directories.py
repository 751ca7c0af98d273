"""The private directory of a worker that has no file system of its own: made before it, removed after its death."""

import asyncio
import contextlib
import logging
import os
import tempfile
from typing import Final

_log = logging.getLogger(__name__)
_PREFIX: Final = "tensorpad-"


def make(uid: int, *, change_owner: bool) -> str:
    """A new directory; `change_owner` makes the user `uid` its owner. Raises OSError."""
    path = tempfile.mkdtemp(prefix=_PREFIX)
    if change_owner:
        # Where the right to is missing, so is the right to become that user, and the worker says so.
        with contextlib.suppress(OSError):
            os.chown(path, uid, uid)
    return path


async def remove(path: str) -> None:
    """Remove a directory that a program filled. `rm` does not recurse in its own stack, however deep the tree is.

    A directory that its owner may not enter stops it; then the modes are set right first. The program has ended, so
    nothing changes meanwhile, and `chmod` follows no link on its way.
    """
    if await _succeeds("rm", "-rf", "--", path):
        return
    await _succeeds("chmod", "-R", "u+rwx", "--", path)
    if not await _succeeds("rm", "-rf", "--", path):
        _log.warning("the private directory %s of a program that has ended could not be removed", path)


async def _succeeds(*command: str) -> bool:
    nothing = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdout=nothing, stderr=nothing)
    return await process.wait() == 0
