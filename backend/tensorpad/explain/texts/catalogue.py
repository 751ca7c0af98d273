"""What every language must have: a message for each rule, a sentence for each kind of edit, phrases for what varies."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A title, and a text of a few sentences."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language. `joint` stands between the members of a list."""

    messages: dict[str, Message]
    fixes: dict[str, str]
    phrases: dict[str, str]
    joint: str
