"""Pipes between the event loop and a worker: never blocking, each descriptor closed once."""

import asyncio
import contextlib
import fcntl
import os

_READ_BYTES = 1 << 18
_PIPE_BYTES = 1 << 20


def wide_pipe() -> tuple[int, int]:
    """A pipe with room for a whole small report, so that a worker rarely waits for its reader. Read end, write end."""
    read, write = os.pipe2(os.O_CLOEXEC)
    # Where the user's allowance for pipes is spent, the usual size does too.
    with contextlib.suppress(OSError):
        fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    return read, write


def read_available(descriptor: int) -> tuple[bytes, bool]:
    """What can be read now without waiting, at most one buffer, and whether the other end is closed."""
    try:
        data = os.read(descriptor, _READ_BYTES)
    except BlockingIOError:
        return b"", False
    return data, not data


async def write_all(descriptor: int, data: bytes) -> None:
    """Write to a non-blocking descriptor. Raises BrokenPipeError if nobody reads any more."""
    loop = asyncio.get_running_loop()
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(descriptor, view) :]
        except BlockingIOError:
            writable = loop.create_future()
            loop.add_writer(descriptor, _resolve, writable)
            try:
                await writable
            finally:
                loop.remove_writer(descriptor)


def _resolve(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)
