"""What can be asked of a graph, by address or by body, and the drawing that this comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from tensorpad.api.problems import invalid
from tensorpad.api.requests import Cells, Code, RequestBody, SnippetId
from tensorpad.graph.model import Choice
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Device, RunRequest
from tensorpad.render.bitmaps import MAX_WIDTH, MIN_WIDTH
from tensorpad.render.looks import Direction, Look
from tensorpad.render.themes import GraphStyle, Theme
from tensorpad.texts import Lang

GraphFormat = Literal["svg", "json", "dot", "png"]
Switch = Literal["on", "off"]
ErrorForm = Literal["auto", "image", "problem"]
"""The form of a fault: a picture, problem+json, or what the Accept header prefers."""

_Ids = Annotated[list[Annotated[str, Field(max_length=32)]], Field(max_length=400)]
_Parts = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=400)]


class GraphRequest(RequestBody):
    """A program and the graph to draw of it: the one with the id `graph`, or that of the tensor `of`.

    Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
    What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
    drawn of a program that fails after it, too. A stored program brings the graph, language and theme that it was stored
    with, where these are not named.
    """

    one_of: ClassVar = ("code", "cells", "snippet")

    code: Code = None
    cells: Cells = None
    snippet: SnippetId = None
    seed: Annotated[int, Field(ge=0, lt=2**32, description="Seeds torch, NumPy and random, as that of the run did.")] = 0
    timeout_s: Annotated[
        float | None,
        Field(
            gt=0,
            allow_inf_nan=False,
            description="Seconds that the program may take; at most the server's limit, which is the default.",
            json_schema_extra={"x-limits": {"maximum": "timeout_s"}},
        ),
    ] = None
    of: Annotated[
        str | None,
        Field(
            max_length=1_000,
            description='The graph\'s root, as a name with indices and attributes: `loss`, `ys[0]`, `m.loss`, `d["a"]`; '
            "default: the graph that was differentiated last, else the last graph.",
        ),
    ] = None
    graph: Annotated[str | None, Field(description="Id of the graph in a run of the program.")] = None
    open: Annotated[
        _Ids, Field(default_factory=list, description="Ids of nodes that are to be shown: no folded node hides them.")
    ]
    closed: Annotated[_Ids, Field(default_factory=list, description="Ids of module groups that are to be folded.")]
    expand: Annotated[
        _Parts,
        Field(
            default_factory=list,
            description="What is to be open of what would be folded: ids of folded nodes (`k1`), ids or paths of modules "
            "(`m2`, `model.0`), or `all`.",
        ),
    ]
    max_nodes: Annotated[
        int | None,
        Field(
            ge=2,
            description="Most nodes that are drawn; at most the server's limit, the default.",
            json_schema_extra={"x-limits": {"maximum": "drawn_nodes"}},
        ),
    ] = None
    values: Annotated[Switch, Field(description="`off` draws shapes and functions, and no numbers.")] = "on"
    dir: Annotated[Direction, Field(description="From top to bottom, or from left to right.")] = "TB"
    width: Annotated[
        int | None,
        Field(
            ge=MIN_WIDTH,
            le=MAX_WIDTH,
            description="Pixels across, of a PNG; a very tall picture is narrower. Default: its natural size.",
        ),
    ] = None
    style: Annotated[GraphStyle, Field(description="`torchviz` draws as that library does.")] = "tensorpad"
    theme: Annotated[
        Theme | None,
        Field(description="`auto`, the default, follows the reader's system where the format can, and is light elsewhere."),
    ] = None
    lang: Annotated[Lang | None, Field(description="Language of titles; default from Accept-Language.")] = None
    errors: Annotated[
        ErrorForm,
        Field(
            description="The form of a fault: an `image` with its status, a `problem` (RFC 9457), or, with `auto`, what "
            "Accept prefers. The browser asks for an image where a page shows one."
        ),
    ] = "auto"


class GraphQuery(GraphRequest):
    """The same in an address, where numbers are text."""

    model_config = ConfigDict(strict=False)


@dataclass(frozen=True, slots=True)
class Program:
    """A program with what it was stored with."""

    cells: tuple[str, ...]
    graph: str | None = None
    lang: Lang | None = None
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """What to draw of which program. `graph` is the graph's id, `of` its root. If both are None, it is the graph that was
    differentiated last, else the last graph.

    `of` is an expression of a name, indices and attributes. The worker finds what it stands for. By its id a graph is drawn
    of a program that fails, too: its run answered with the graph all the same.

    Lists are in order, so that the same choice is the same drawing.
    """

    program: RunRequest
    graph: str | None
    of: str | None
    open: tuple[str, ...]
    closed: tuple[str, ...]
    expand: tuple[str, ...]
    max_nodes: int
    look: Look
    format: GraphFormat
    width: int | None

    @property
    def choice(self) -> Choice:
        """What is open and closed."""
        return Choice(frozenset(self.open), frozenset(self.closed))


def check_limits(wanted: GraphRequest, limits: Limits, *, by_body: bool) -> None:
    """Raises Problem 422 for what is above a limit of the service; `by_body` says where the fields stand."""
    for name, value, most, limit in (
        ("timeout_s", wanted.timeout_s, limits.timeout_s, "timeout_s"),
        ("max_nodes", wanted.max_nodes, limits.drawn_nodes, "drawn_nodes"),
    ):
        if value is not None and value > most:
            detail = f"{name} is {value:g}, above the limit of {most:g} (limits.{limit})."
            raise invalid(detail, **({"pointer": f"/{name}"} if by_body else {"parameter": name}))


def drawing(
    wanted: GraphRequest, program: Program, lang: Lang, form: GraphFormat, device: Device, limits: Limits
) -> Drawing:
    """The drawing that is asked for."""
    # A stored graph says what its page opens with; who names a root asks for another.
    graph = wanted.graph if wanted.graph is not None or wanted.of is not None else program.graph
    return Drawing(
        program=RunRequest(
            cells=program.cells,
            seed=wanted.seed,
            device=device,
            timeout_s=limits.timeout_s if wanted.timeout_s is None else wanted.timeout_s,
            root=wanted.of if graph is None else None,
        ),
        graph=graph,
        of=wanted.of,
        open=_ordered(wanted.open),
        closed=_ordered(wanted.closed),
        expand=_ordered(wanted.expand),
        max_nodes=wanted.max_nodes or limits.drawn_nodes,
        look=Look(
            style=wanted.style,
            theme=wanted.theme or program.theme or "auto",
            lang=lang,
            direction=wanted.dir,
            values=wanted.values == "on",
        ),
        format=form,
        width=wanted.width if form == "png" else None,
    )


def _ordered(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
