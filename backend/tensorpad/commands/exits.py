"""How a command ends: its exit status, and what ends it early."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses. Those of a program that was stopped are what a shell gives for the same."""

    OK = 0
    PROGRAM = 1
    """The program failed, or what was asked of it is not there: a graph, a layer of isolation."""
    USAGE = 2
    """The command cannot be carried out as it was given: an option, a file, a setting, a limit."""
    SERVICE = 3
    """The service could not be started or reached, or is too busy."""
    TIMEOUT = 124
    """The program was stopped at its time limit, as by `timeout`."""
    INTERRUPTED = 130
    """Ctrl+C."""
    PIPE = 141
    """Whoever read the output has gone."""


STATUSES = {"ok": Exit.OK, "timeout": Exit.TIMEOUT}
"""The exit status for how a program ended; for all that are not here it is PROGRAM."""


class CommandError(Exception):
    """Ends a command with one line for a person."""

    def __init__(self, message: str, status: Exit) -> None:
        super().__init__(message)
        self.status = status
