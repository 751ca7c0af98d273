"""`tensorpad serve`: the page and the API."""

import argparse
from typing import TYPE_CHECKING

from tensorpad.commands.configuration import add_profile, settings
from tensorpad.commands.exits import CommandError, Exit

if TYPE_CHECKING:
    from tensorpad.settings import Settings

HELP = "serve the page and the API"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options, and what it does."""
    add_profile(parser)
    parser.add_argument("--host", help="address to listen on (TENSORPAD_HOST; 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on, 0 for any (TENSORPAD_PORT; 8000)")
    parser.add_argument(
        "--allow-missing",
        action="append",
        metavar="LAYERS",
        help="listen beyond this machine although these layers of isolation, with commas, are missing; may be repeated "
        "(TENSORPAD_ALLOW_MISSING)",
    )
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"), help="(TENSORPAD_LOG_LEVEL; info)")
    parser.set_defaults(command=_serve)


def _serve(options: argparse.Namespace) -> int:
    chosen = settings(
        host=options.host,
        port=options.port,
        profile=options.profile,
        allow_missing=",".join(options.allow_missing) if options.allow_missing else None,
        log_level=options.log_level,
    )
    return served(chosen)


def served(chosen: "Settings") -> int:
    """Serve until a signal. Raises CommandError."""
    from tensorpad.app import IsolationMissing
    from tensorpad.protocol.errors import TensorpadError
    from tensorpad.server import serve
    from tensorpad.settings import ConfigurationError

    try:
        return serve(chosen)
    except ConfigurationError as error:
        raise CommandError(str(error), Exit.USAGE) from None
    except (TensorpadError, IsolationMissing) as error:
        raise CommandError(str(error), Exit.SERVICE) from None
