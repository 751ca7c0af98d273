"""What a benchmark needs of the machine."""

import shutil


class CannotRun(Exception):
    """Something could not be measured; the message says why, and what to do about it."""


def require_program(name: str, package: str) -> None:
    """Raises CannotRun where the machine lacks a program, which Debian and Ubuntu have in `package`."""
    if shutil.which(name) is None:
        raise CannotRun(f"the program {name} is missing. On Debian and Ubuntu: sudo apt install {package}")
