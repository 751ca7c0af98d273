"""Memory of this process in large pages, if the kernel has them, so that forking it copies little.

NOTE [What a fork costs]
1. A fork copies one entry for each page that is not backed by a file, and the end of the child drops it again. Torch fills
   some 200 MB: at 4 KiB a page, that was a quarter of all the time that a small program took the machine.
2. Linux 6.1 can be asked to put what is there into pages of 2 MiB at once. Where a child writes to one of those, the kernel
   splits it for that child and copies 4 KiB, as ever: no child takes more memory. It takes half a second, at the start.
3. It is an offer. An older kernel, one that is told otherwise or has no large page free leaves all as it is.
"""

from collections.abc import Iterator
from contextlib import suppress

from tensorpad.confinement.syscalls import MADV_COLLAPSE, madvise

LARGE_BYTES = 2 * 2**20


def collapse() -> int:
    """Put the writable memory of this process that no file backs into large pages; return how many were made."""
    made = 0
    for address in _addresses():
        with suppress(OSError):  # of one; the next may be had
            madvise(address, LARGE_BYTES, MADV_COLLAPSE)
            made += 1
    return made


def _addresses() -> Iterator[int]:
    """Where whole large pages of such memory would begin."""
    try:
        with open("/proc/self/maps") as file:
            lines = file.read().splitlines()
    except OSError:
        return
    for line in lines:
        span, permissions, _, _, inode, *name = line.split()
        if permissions != "rw-p" or inode != "0" or name not in ([], ["[heap]"]):
            continue
        start, end = (int(address, 16) for address in span.split("-"))
        first = -(-start // LARGE_BYTES) * LARGE_BYTES
        yield from range(first, end - LARGE_BYTES + 1, LARGE_BYTES)
