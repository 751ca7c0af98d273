"""One graph of one program, chosen and drawn in one format."""

import asyncio
from functools import partial

from msgspec.structs import replace

from tensorpad.api.bodies import body
from tensorpad.api.cache import Answer
from tensorpad.api.encoding import encoded
from tensorpad.api.graphs.choosing import choose
from tensorpad.api.graphs.program_faults import refuse_failure
from tensorpad.api.graphs.requests import Drawing
from tensorpad.api.graphs.response import drawn
from tensorpad.api.problems import Problem
from tensorpad.api.runs.service import Service
from tensorpad.graph import builder
from tensorpad.graph.expansion import NothingToExpand
from tensorpad.graph.model import Graph
from tensorpad.graph.shapes import without_values
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import AutogradRecord
from tensorpad.render.errors import DrawingError, DrawTimeout
from tensorpad.render.renderer import dot_source
from tensorpad.texts import CATALOGUES, Lang

DEGRADED_S = 10
"""How long a drawing that is worse than it could be serves all who ask: each costs the whole time of a drawing."""
FOLDED, UNDRAWN = "layout-time", "undrawn"


async def answer(service: Service, drawing: Drawing) -> Answer:
    """Run the program and draw its graph. Raises Problem where it fails, has no such graph or cannot be drawn."""
    lang = drawing.look.lang
    outcome = await service.outcome(drawing.program)
    if all(record.id != drawing.graph for record in outcome.trace.graphs):
        refuse_failure(drawing.program, outcome, lang)
    record = choose(outcome.trace, drawing.graph, drawing.of, lang)
    build = partial(_built, drawing, outcome, record)
    graph = await asyncio.to_thread(build) if outcome.is_large else build()
    try:
        data, degraded = await _drawn(service, drawing, graph, large=outcome.is_large)
    except DrawingError as error:
        reason = CATALOGUES[lang].undrawn["late"].format(limit=f"{service.limits.draw_s:g}")
        raise _undrawn(record, reason if isinstance(error, DrawTimeout) else str(error), lang) from error
    # A bitmap is compressed already.
    made = await body(data, compress=drawing.format != "png")
    return Answer(made, degraded, keep_s=None if degraded is None else DEGRADED_S)


def _built(drawing: Drawing, outcome: Outcome, record: AutogradRecord) -> Graph:
    # torchviz knows functions alone.
    choice = replace(drawing.choice, layers=drawing.look.style != "torchviz")
    try:
        graph = builder.build(outcome.trace, record, drawing.max_nodes, choice, drawing.expand)
    except NothingToExpand as error:
        known = ", ".join(error.known)[:500] or "–"
        raise Problem(
            "no-part", CATALOGUES[drawing.look.lang].no_graph["part"].format(name=repr(error.name), known=known)
        ) from None
    return graph if drawing.look.values else without_values(graph)


async def _drawn(service: Service, drawing: Drawing, graph: Graph, *, large: bool) -> tuple[bytes, str | None]:
    """The graph in the format that is asked for, and what is worse in it than it could be. Raises DrawingError."""
    if drawing.format == "dot":
        return dot_source(graph, drawing.look).encode(), None
    if drawing.format == "png":
        bitmap = await service.drawer.draw_bitmap(graph, drawing.look, drawing.width)
        return bitmap.data, None if bitmap.shown is None else FOLDED
    picture = await service.drawer.draw_graph(graph, drawing.look)
    degraded = UNDRAWN if picture.svg is None else None if picture.shown is None else FOLDED
    if drawing.format == "json":
        return await encoded(drawn(graph, picture), at_once=not large), degraded
    if picture.svg is None:
        raise DrawTimeout("no layout was found")
    return picture.svg.encode(), degraded


def _undrawn(record: AutogradRecord, reason: str, lang: Lang) -> Problem:
    name = record.root_name or record.id
    detail = CATALOGUES[lang].undrawn["graph"].format(name=name, reason=reason)
    return Problem("drawing", detail, headers={"Retry-After": str(DEGRADED_S)})
