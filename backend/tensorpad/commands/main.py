"""The command line: which command is meant, and how it ends. What a command needs is loaded only when it runs."""

import argparse
import errno
import os
import sys
from collections.abc import Sequence

from tensorpad import __version__
from tensorpad.commands import doctor, lessons, openapi, record, run, serve
from tensorpad.commands.exits import CommandError, Exit
from tensorpad.commands.terminal import harmless

_EPILOGUE = """exit status:
  0    the program ran to its end
  1    the program failed; or it has no such graph, a lesson has a problem, or a layer of isolation is missing
  2    an option, a file or a setting is wrong
  3    the service could not be started or reached, or is too busy
  124  the program was stopped at its time limit
  130  Ctrl+C
  141  whoever read the output has gone

environment:
  TENSORPAD_*  settings, see docs/settings.md
  NO_COLOR     no colours, whatever its value
"""


_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_COMMANDS = {
    "serve": (serve.HELP, serve.add_options),
    "run": (run.HELP, run.add_options),
    "record": (record.HELP, record.add_options),
    "lessons": (lessons.HELP, lessons.add_options),
    "doctor": (doctor.HELP, doctor.add_options),
    "openapi": (openapi.HELP, openapi.add_options),
}
"""What each command does, and what adds its options."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        status = options.command(options)
        sys.stdout.flush()
    except CommandError as error:
        print(f"tensorpad: {harmless(str(error))}", file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _close_output()
        return Exit.PIPE
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        print(f"tensorpad: the output cannot be written: {os.strerror(error.errno).lower()}", file=sys.stderr)
        _close_output()
        return Exit.USAGE
    return status


def _close_output() -> None:
    # The interpreter flushes once more at its end, and would complain then.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tensorpad",
        description="See what a PyTorch program does to its tensors.",
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"tensorpad {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (does, add_options) in _COMMANDS.items():
        add_options(commands.add_parser(name, help=does))
    return parser
