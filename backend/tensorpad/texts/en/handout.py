"""What the pages of exported lessons say, in English."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import HandoutText

HANDOUT: Final[Mapping[HandoutText, str]] = {
    "contents": "All lessons",
    "program": "program {number}",
    "run": "The recorded run of program {number}",
    "solution": "A solution",
    "mistakes": "Solutions that are wrong, and why",
    "lines": "The lines, in another order; some may belong to no solution:",
}
