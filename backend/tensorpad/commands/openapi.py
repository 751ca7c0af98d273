"""`tensorpad openapi`: the API's description."""

import argparse
import json

from tensorpad.commands.configuration import settings
from tensorpad.commands.exits import Exit

HELP = "print the API's description"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options, and what it does."""
    parser.set_defaults(command=_openapi)


def _openapi(_options: argparse.Namespace) -> int:
    chosen = settings()
    from tensorpad.app import create_app

    print(json.dumps(create_app(chosen).openapi(), indent=2, ensure_ascii=False))
    return Exit.OK
