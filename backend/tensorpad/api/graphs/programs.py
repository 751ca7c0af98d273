"""The program that a picture is of: in its address or body, or stored."""

from typing import Protocol, cast

from tensorpad.api.graphs.requests import Program
from tensorpad.api.problems import invalid
from tensorpad.api.requests import check_cells
from tensorpad.api.snippets import stored
from tensorpad.protocol.limits import Limits
from tensorpad.render.themes import Theme
from tensorpad.snippets.store import SnippetStore
from tensorpad.texts import Lang


class NamesProgram(Protocol):
    """A request that has a program in one of three ways."""

    code: str | None
    cells: list[str] | None
    snippet: str | None


async def program(wanted: NamesProgram, store: SnippetStore, limits: Limits, **where: str) -> Program:
    """The program; `where` says where the request has it. Raises Problem, and StoreUnavailable."""
    if [wanted.code, wanted.cells, wanted.snippet].count(None) != 2:
        raise invalid("Give the program as code or as cells, or a stored one as snippet; one of the three.", **where)
    if wanted.code is not None or wanted.cells is not None:
        cells = (wanted.code,) if wanted.code is not None else tuple(wanted.cells or ())
        check_cells(cells, limits)
        return Program(cells=cells)
    snippet = await stored(store, wanted.snippet or "")
    return Program(
        cells=snippet.cells,
        graph=snippet.graph,
        lang=cast("Lang | None", snippet.lang),
        theme=cast("Theme | None", snippet.theme),
    )
