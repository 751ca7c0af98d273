"""The source of a block as cells, as scripts have them."""

import re

_CELL = re.compile(r"^#\s?%%.*\n?", re.MULTILINE)


def cells_of(source: str) -> list[str]:
    """The cells of a block: one, or those between its lines `# %%`."""
    cells = [cell.strip("\n") for cell in _CELL.split(source)]
    return [f"{cell}\n" for cell in cells if cell.strip()] or [""]


def shown(source: str) -> str:
    """The source as a page lists it: without empty lines around it."""
    return source.strip("\n")
