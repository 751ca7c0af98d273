"""`tensorpad doctor`: try every layer of isolation and say which hold."""

import argparse
import asyncio
from typing import TYPE_CHECKING

from tensorpad.commands.configuration import add_profile, settings
from tensorpad.commands.exits import CommandError, Exit

if TYPE_CHECKING:
    from tensorpad.pool.isolation import IsolationStatus
    from tensorpad.settings import Settings

HELP = "try every layer of isolation and say which hold"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options, and what it does."""
    add_profile(parser)
    parser.set_defaults(command=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    isolation = asyncio.run(_isolation(settings(profile=options.profile)))
    print(f"Isolation profile: {isolation.profile}")
    width = max(len(layer.name) for layer in isolation.layers)
    for layer in isolation.layers:
        print(f"{layer.name:<{width}}  {'holds' if layer.held else 'MISSING'}  {layer.detail}")
        # Each act is tried twice, against the layer alone and against all of them together.
        for act in dict.fromkeys(result.act for result in layer.acts):
            tries = [result for result in layer.acts if result.act == act]
            word = "refused" if all(result.held for result in tries) else "NOT REFUSED"
            print(f"{'':<{width}}    {act}: {word} ({' / '.join(dict.fromkeys(result.detail for result in tries))})")
    return Exit.PROGRAM if isolation.missing else Exit.OK


async def _isolation(chosen: "Settings") -> "IsolationStatus":
    from tensorpad.pool.local_pool import LocalPool
    from tensorpad.protocol.control import Preparation
    from tensorpad.protocol.errors import TensorpadError

    pool = LocalPool(chosen.limits, chosen.profile, Preparation(lasting=False, compiler=False))
    try:
        await pool.start()
        return pool.status().isolation
    except TensorpadError as error:
        raise CommandError(str(error), Exit.SERVICE) from None
    finally:
        await pool.close()
