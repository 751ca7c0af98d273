"""What the folder of a lesson is called, and may not be called."""

import re
from typing import Final

FOLDER: Final = re.compile(r"(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)")
"""Number and slug."""
_TAKEN: Final = {"report": "the operator's report"}
"""Slugs whose address below /learn is another page."""


def slug_of(name: str) -> str | None:
    """The slug of a lesson whose folder has this name; None if it is none."""
    match = FOLDER.fullmatch(name)
    return match[2] if match else None


def taken(slug: str) -> str | None:
    """Why no lesson may have this slug; None if one may."""
    page = _TAKEN.get(slug)
    return f"/learn/{slug} is {page}; give the lesson another name than {slug}" if page else None
