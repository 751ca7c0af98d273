"""The packages that a program can import beside Python's own library, as they are installed where this runs."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final

COURSE: Final = "course"
"""The extra whose packages the programs of courses import."""
_ALWAYS: Final = ("torch", "torchviz", "numpy", "graphviz", "sympy", "pillow")
"""What Tensorpad itself needs and a program has a use for."""
_NAME: Final = re.compile(r"[\w.-]+")
_OF_COURSE: Final = re.compile(rf"extra\s*==\s*['\"]{COURSE}['\"]")


@cache
def of_course() -> tuple[str, ...]:
    """The names of the packages of the extra `course`, installed or not, in the order of its declaration."""
    try:
        declared = requires("tensorpad") or []
    except PackageNotFoundError:  # the sources alone, without an installation
        return ()
    return tuple(match[0] for line in declared if _OF_COURSE.search(line) and (match := _NAME.match(line)))


@cache
def importable() -> dict[str, str]:
    """The version of each package that a program can import, by the name of its distribution."""
    return {name: found for name in (*_ALWAYS, *of_course()) if (found := _version(name))}


def missing(names: Iterable[str]) -> tuple[str, ...]:
    """Those of some distributions that are not installed."""
    return tuple(name for name in names if not _version(name))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
