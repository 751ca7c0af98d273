"""A process's memory is put into large pages where the kernel lends them, and holds what it held."""

import ctypes
import errno
import mmap
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tensorpad.confinement.syscalls import MADV_COLLAPSE, madvise
from tensorpad.sandbox import large_pages
from tensorpad.sandbox.large_pages import LARGE_BYTES, collapse


@pytest.fixture
def memory() -> Iterator[mmap.mmap]:
    """Eight large pages' worth of memory that no file backs, all of it written to."""
    with mmap.mmap(-1, 8 * LARGE_BYTES, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as made:
        made[:] = bytes(range(256)) * (len(made) // 256)
        yield made


def address_of(memory: mmap.mmap) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(memory))


def large_bytes(address: int) -> int:
    """How much is in large pages of the mapping that an address lies in."""
    inside = False
    with open("/proc/self/smaps") as file:
        for line in file:
            word = line.split()[0]
            if "-" in word and not word.endswith(":"):
                start, end = (int(place, 16) for place in word.split("-"))
                inside = start <= address < end
            elif inside and word == "AnonHugePages:":
                return int(line.split()[1]) * 1024
    raise AssertionError("no such mapping")


def test_memory_comes_into_large_pages_and_holds_what_it_held(memory: mmap.mmap) -> None:
    address = address_of(memory)
    aligned = -(-address // LARGE_BYTES) * LARGE_BYTES
    release = tuple(map(int, re.findall(r"\d+", os.uname().release)[:2]))
    if release < (6, 1) or not Path("/sys/kernel/mm/transparent_hugepage").exists():
        pytest.skip(f"Linux {os.uname().release} does not make large pages on request; 6.1 does, with huge pages built in")
    try:
        madvise(aligned, LARGE_BYTES, MADV_COLLAPSE)
    except OSError as refused:
        if refused.errno not in (errno.ENOMEM, errno.EAGAIN, errno.EBUSY):
            raise
        pytest.skip(f"this machine has no large page free: {refused}")
    assert collapse() >= 6
    assert large_bytes(address) >= 7 * LARGE_BYTES
    assert memory[:] == bytes(range(256)) * (len(memory) // 256)


def test_one_page_that_cannot_be_had_is_passed_over(memory: mmap.mmap, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def refuse(address: int, nbytes: int, advice: int) -> None:
        asked.append(address)
        if len(asked) % 2:
            raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(large_pages, "madvise", refuse)
    assert collapse() == len(asked) // 2
    assert any(address_of(memory) <= address < address_of(memory) + len(memory) for address in asked)
