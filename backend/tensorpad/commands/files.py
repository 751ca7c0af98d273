"""Where the output of a command goes."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from tensorpad.commands.exits import CommandError, Exit


def keep(output: str | None, programs: Sequence[str]) -> None:
    """Raises CommandError if the output would be written over one of the programs."""
    if output is not None and any(_same(output, name) for name in programs):
        raise CommandError(f"{output} is the program itself; name another file with --output", Exit.USAGE)


def _same(output: str, file: str) -> bool:
    try:
        return Path(output).samefile(file)
    except (OSError, ValueError):
        return False


def write(data: bytes, name: str | None) -> None:
    """Write to the file of this name, or to standard output. Raises CommandError."""
    if name is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    with opened(name) as file:
        file.write(data)


def opened(name: str) -> BinaryIO:
    """A file to write to. Raises CommandError."""
    try:
        return Path(name).open("wb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"{name} cannot be written: {str(reason).lower()}", Exit.USAGE) from None
