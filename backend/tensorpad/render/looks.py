"""How a graph is to be drawn."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from tensorpad.render.themes import GraphStyle, Theme
from tensorpad.texts import Lang

Direction = Literal["TB", "LR"]
"""From top to bottom, or from left to right."""


class Look(Struct, frozen=True):
    """`values` says whether cards keep room for the numbers that a program had and cleared."""

    style: GraphStyle = "tensorpad"
    theme: Theme = "auto"
    lang: Lang = "en"
    direction: Direction = "TB"
    values: bool = True

    @property
    def fixed(self) -> "Look":
        """The same for what cannot follow its reader's system: `auto` is light."""
        return replace(self, theme="light") if self.theme == "auto" else self


PLAIN = Look()
