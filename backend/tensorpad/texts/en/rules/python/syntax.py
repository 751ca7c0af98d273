"""Syntax, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "not_subscriptable": Message(
        "A method takes parentheses",
        "{code} puts brackets behind a method. It is `x.size(0)`, or `x.shape[0]`.",
    ),
    "character": Message(
        "A character that Python does not know",
        "{character} cannot stand in a program, except in text and comments. "
        "It was probably typed with a full-width input method; Python's own is {plain}.",
    ),
    "unclosed": Message(
        "A bracket is never closed",
        "{bracket} is opened here and has no partner. "
        "Lines after it are read as part of it, so the error may seem to be further down.",
    ),
    "colon": Message(
        "A colon is missing",
        "Lines that begin with `if`, `for`, `while`, `def`, `class` or `with` end with `:`.",
    ),
    "equals": Message(
        "One equals sign where two are meant",
        "`=` gives a name a value; `==` asks whether two values are equal.",
    ),
}
