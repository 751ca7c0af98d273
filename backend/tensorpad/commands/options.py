"""Options of the commands that run a program."""

import argparse
import os
from typing import TYPE_CHECKING

from tensorpad.commands.configuration import add_profile

if TYPE_CHECKING:
    from tensorpad.texts import Lang

EPILOGUE = """Several files run in order in one namespace. A script has a cell for each line '# %%'; of a notebook
(.ipynb) the cells of code run."""


def add_program(parser: argparse.ArgumentParser) -> None:
    """Add the files, and how they are run."""
    add_profile(parser)
    parser.add_argument("files", nargs="+", metavar="FILE", help="a program; - for standard input")
    parser.add_argument("--seed", type=_seed, default=0, metavar="N", help="seed of torch, NumPy and random, or none (0)")
    parser.add_argument("--timeout", type=float, metavar="S", help="seconds that the program may take (the service's limit)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), help="default device of the program (auto)")
    parser.add_argument("--lang", choices=("en", "zh-CN"), default=_language(), help="language of explanations (LANG)")


def _seed(text: str) -> int | None:
    try:
        return None if text == "none" else int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a whole number nor none") from None


def _language() -> "Lang":
    """That of the terminal."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh-CN" if next(filter(None, names), "").startswith("zh") else "en"
