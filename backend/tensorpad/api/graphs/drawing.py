"""One graph of one program, chosen and drawn in one format."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Literal

from tensorpad.api.bodies import body
from tensorpad.api.cache import Answer
from tensorpad.api.encoding import encoded
from tensorpad.api.graphs.pictures import dot_source
from tensorpad.api.graphs.response import drawn
from tensorpad.api.problems import Problem
from tensorpad.api.runs import endings
from tensorpad.api.runs.service import Service
from tensorpad.graph import builder
from tensorpad.graph.model import Choice
from tensorpad.protocol.messages import Device, RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import AutogradRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render.errors import DrawingError
from tensorpad.render.themes import GraphStyle, Theme
from tensorpad.texts import Lang

GraphFormat = Literal["svg", "dot", "json", "png"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What to draw of which program. `graph` is the graph's id, `of` its root. If both are None, it is the last graph.

    `of` is an expression of a name, indices and attributes. The worker finds what it stands for.

    By its id a graph is drawn of a program that fails, too: its run answered with the graph all the same.

    `open` and `closed` are what is chosen of its folding, in order, so that the same choice has the same ETag.
    """

    cells: tuple[str, ...]
    seed: int
    graph: str | None
    of: str | None
    open: tuple[str, ...]
    closed: tuple[str, ...]
    style: GraphStyle
    theme: Theme
    lang: Lang
    format: GraphFormat
    device: Device


async def answer(service: Service, drawing: Drawing) -> Answer:
    """What is answered for a drawing. Raises Problem as `draw` does."""
    # A bitmap is compressed already.
    return Answer(await body(await draw(service, drawing), compress=drawing.format != "png"))


async def draw(service: Service, drawing: Drawing) -> bytes:
    """Run the program and draw its graph. Raises Problem where it fails, has no such graph or cannot be drawn."""
    limits = service.limits
    program = RunRequest(
        cells=drawing.cells,
        seed=drawing.seed,
        device=drawing.device,
        timeout_s=limits.timeout_s,
        root=drawing.of if drawing.graph is None else None,
    )
    outcome = await service.outcome(program)
    if all(record.id != drawing.graph for record in outcome.trace.graphs):
        _refuse_failure(outcome, drawing.lang)
    record = _choose(outcome.trace, drawing.graph, drawing.of)
    choice = Choice(frozenset(drawing.open), frozenset(drawing.closed))
    build = partial(builder.build, outcome.trace, record, limits.drawn_nodes, choice)
    graph = await asyncio.to_thread(build) if outcome.is_large else build()
    style, lang = drawing.style, drawing.lang
    # Only SVG can follow its reader's system.
    fixed: Theme = "light" if drawing.theme == "auto" else drawing.theme
    if drawing.format == "dot":
        return dot_source(graph, style, fixed, lang).encode()
    try:
        if drawing.format == "png":
            return await service.drawer.draw_graph_png(graph, style, fixed, lang)
        picture = await service.drawer.draw_graph(graph, style, drawing.theme, lang=lang)
    except DrawingError as error:
        raise _undrawn(record, str(error)) from error
    if drawing.format == "json":
        return await encoded(drawn(graph, picture), at_once=not outcome.is_large)
    if picture.svg is None:
        raise _undrawn(record, f"no layout was found within {limits.draw_s:g} s")
    return picture.svg.encode()


def _undrawn(record: AutogradRecord, reason: str) -> Problem:
    name = record.root_name or record.id
    detail = f"The graph of {name} could not be drawn: {reason}. Its DOT source needs no drawing: ask for graph.dot."
    return Problem("drawing", detail, headers={"Retry-After": "2"})


def _refuse_failure(outcome: Outcome, lang: Lang) -> None:
    """Raises Problem 422 with the program's own error."""
    ending = endings.of(outcome, lang)
    if ending.status == "ok":
        return
    if ending.message:
        raise Problem("program", ending.message, errors=[{"detail": ending.message, "status": ending.status}])
    errors = ((number, cell.record.error) for number, cell in enumerate(outcome.cells, 1) if cell.record)
    number, failed = next(((number, error) for number, error in errors if error), (0, None))
    if failed is None:
        # Only a forged report fails without an error.
        detail = "The program did not run to its end, and did not say why."
        raise Problem("program", detail, errors=[{"detail": detail, "status": "error"}])
    position = [f"cell {number}"] if len(outcome.cells) > 1 else []
    position += [f"line {failed.line}"] if failed.line is not None else []
    where = f" ({', '.join(position)})" if position else ""
    raise Problem(
        "program",
        f"{failed.type}: {failed.message}{where}",
        errors=[{"detail": failed.message, "status": "error", "type": failed.type, "line": failed.line}],
    )


def _choose(trace: TraceRecord, graph: str | None, of: str | None) -> AutogradRecord:
    """The graph with an id, or the last whose root has the name `of`. Raises Problem 404 with those that there are."""
    if graph is not None:
        found = next((record for record in trace.graphs if record.id == graph), None)
        if found is not None:
            return found
        known = ", ".join(record.id for record in trace.graphs)
        raise Problem("no-graph", f"The program has no graph {graph!r}. It has: {known or 'none'}.")
    if of is None and trace.graphs:
        return trace.graphs[-1]
    names: list[str] = []
    for record in reversed(trace.graphs):
        own = _root_names(trace, record)
        if of in own:
            return record
        names += own
    if not names:
        detail = "The program made no computation graph: no result depends on a tensor with requires_grad=True."
        raise Problem("no-graph", detail)
    known = ", ".join(dict.fromkeys(names))
    raise Problem("no-graph", f"No graph has the root {of!r}. The program's graphs have the roots: {known[:500]}.")


def _root_names(trace: TraceRecord, record: AutogradRecord) -> list[str]:
    """What the program calls the graph's result: the graph's own name of it and the names of its tensor."""
    root = next((function for function in record.functions if function.id == record.root), None)
    tensor = next((item for item in trace.tensors if root is not None and item.id == root.tensor), None)
    return list(dict.fromkeys([record.root_name or record.id, *(tensor.names if tensor else ())]))
