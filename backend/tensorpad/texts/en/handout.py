"""What the pages of exported lessons say, in English."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import HandoutText

HANDOUT: Final[Mapping[HandoutText, str]] = {
    "contents": "All lessons",
    "program": "program {number}",
    "run": "The recorded run of program {number}",
    "goes_on": "The text goes on once you have made your prediction.",
    "exercise": "Exercise",
    "unchecked": "This page has no Python, so it cannot check your program. Write it where you have torch, after the "
    "programs above, and run the check after it; or compare it with the solution.",
    "check": "The check, to be run after your program",
    "solution": "A solution",
    "mistakes": "Solutions that are wrong, and why",
    "lines": "The lines, in another order; some may belong to no solution:",
    "pool": "Lines to use: press one to add it",
    "own": "Your program: press a line to take it out",
    "up": "Move up",
    "compare": "Compare with the solution",
    "same": "Right: this is the order of the solution.",
    "other": "This is not the order of the solution. Another order may do the same: only a run can tell, and this "
    "page has no Python.",
}
