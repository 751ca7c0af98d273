"""The processes of a service, as the kernel shows them."""

import asyncio
import os
from collections.abc import Callable

from tests.support.patience import PATIENCE_S


def children(pid: int) -> list[int]:
    """Direct children, zombies included."""
    found: list[int] = []
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
            found += map(int, file.read().split())
    return found


def command(pid: int) -> list[str]:
    """The command line that started a process."""
    with open(f"/proc/{pid}/cmdline", "rb") as file:
        return file.read().decode().split("\0")


def descendants(pid: int) -> list[int]:
    """Children, their children and so on, each parent before its children."""
    found: list[int] = []
    for child in children(pid):
        found.append(child)
        try:
            found += descendants(child)
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    return found


def zombies(pid: int) -> list[int]:
    """Descendants that are dead and not reaped."""
    return [one for one in descendants(pid) if _state(one) == "Z"]


def processor_time(pid: int) -> float:
    """Seconds of processor time that a process has taken; 0 if it has ended."""
    try:
        with open(f"/proc/{pid}/schedstat", encoding="ascii") as file:
            return int(file.read().split()[0]) / 1e9
    except FileNotFoundError:
        return 0.0


def descriptors(pid: int) -> int:
    """How many descriptors a process has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))


async def until(condition: Callable[[], bool], what: str, within_s: float = PATIENCE_S) -> None:
    """Wait for a condition, and fail by name if it does not come."""
    try:
        async with asyncio.timeout(within_s):
            while not condition():
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"not within {within_s} s: {what}") from None


def _state(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "gone"
