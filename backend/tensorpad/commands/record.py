"""`tensorpad record`: a program as a file that pages play without a server."""

import argparse
from pathlib import Path

from tensorpad.commands.exits import CommandError, Exit
from tensorpad.commands.files import keep, write
from tensorpad.commands.options import EPILOGUE, add_program

HELP = "run a program once and record it in a file that pages play without a server"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options, and what it does."""
    parser.epilog = f'{EPILOGUE} <tensor-pad src="run.tpad"> plays the file; docs/recordings.md describes it.'
    add_program(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write (the first program's name with .tpad)")
    parser.set_defaults(command=_record)


def _record(options: argparse.Namespace) -> int:
    if options.files.count("-") > 1:
        raise CommandError("standard input (-) can be read once", Exit.USAGE)
    from tensorpad.commands import programs
    from tensorpad.commands.recording import recorded, status_of
    from tensorpad.commands.terminal import Progress
    from tensorpad.recordings.recording import SUFFIX, encode
    from tensorpad.texts import CATALOGUES

    name = options.output
    if name is None:
        if options.files[0] == "-":
            raise CommandError("a program from standard input has no name; name a file with --output", Exit.USAGE)
        name = str(Path(options.files[0]).with_suffix(SUFFIX))
    keep(name, options.files)
    cells = [cell for file in options.files for cell in programs.read(file)]
    progress = Progress()
    progress.say(CATALOGUES[options.lang].commands["recording"])
    try:
        recording = recorded(options, cells)
    finally:
        progress.end()
    write(encode(recording), name)
    return status_of(recording)
