"""The terms of the glossary, read from one file for each language."""

from functools import cache
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct

from tensorpad.texts import Lang

_FOLDER = Path(__file__).parent


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """A word of PyTorch."""

    id: str
    """Its name, the same in all languages."""
    term: str
    """The word."""
    forms: tuple[str, ...]
    """Other ways in which it stands in a text."""
    text: str
    """What it means, in a sentence or two, with code between backticks."""
    code: str
    """A program that shows it."""


@cache
def terms(lang: Lang) -> tuple[Term, ...]:
    """The terms in a language."""
    return msgspec.convert(yaml.safe_load((_FOLDER / f"{lang}.yaml").read_bytes()), type=tuple[Term, ...])
