"""Settings for a command, and what can be wrong with them."""

import argparse
from typing import TYPE_CHECKING, Any

from tensorpad.commands.exits import CommandError, Exit

if TYPE_CHECKING:
    from tensorpad.settings import Settings


def settings(**overrides: Any) -> "Settings":
    """The settings of the environment; an override that is not None wins. Raises CommandError."""
    # Pydantic takes half a second to load, which no command should cost that has no settings.
    from tensorpad.settings import ConfigurationError, load

    try:
        return load(**overrides)
    except ConfigurationError as error:
        raise CommandError(str(error), Exit.USAGE) from None


def add_profile(parser: argparse.ArgumentParser) -> None:
    """Add the option that chooses the isolation."""
    parser.add_argument(
        "--profile", choices=("auto", "strict", "container"), help="isolation to ask for (TENSORPAD_PROFILE; auto)"
    )
