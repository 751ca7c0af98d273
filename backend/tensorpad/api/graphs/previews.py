"""`GET /api/v1/preview.png`: the picture of a program that links to it show: title, code, and graph or what it shows."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.bodies import body, respond
from tensorpad.api.cache import Answer
from tensorpad.api.graphs.choosing import choose
from tensorpad.api.graphs.failure_pictures import PICTURE_POLICY
from tensorpad.api.graphs.failures import FAILED_S, Failing, Failures
from tensorpad.api.graphs.program_faults import refuse_failure
from tensorpad.api.graphs.programs import program
from tensorpad.api.graphs.requests import Program
from tensorpad.api.making import AnswerMaker
from tensorpad.api.problems import Problem
from tensorpad.api.requests import Cells, Code, SnippetId, default_device
from tensorpad.api.runs.service import Service
from tensorpad.explain.synopsis.synopsis import synopsis
from tensorpad.graph import builder
from tensorpad.graph.model import Graph
from tensorpad.graph.shapes import without_values
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.render.errors import DrawingError
from tensorpad.render.looks import Look
from tensorpad.render.previews import Preview
from tensorpad.render.themes import Theme
from tensorpad.snippets.store import SnippetStore
from tensorpad.texts import CATALOGUES, Lang

_MAX_AGE_S = 86_400
_NODES = 10
"""Most nodes of the graph, which is a small part of the picture."""
_NODES_WITH_VALUES = 3
_LINES = 12
"""A program that is longer is shown from behind its imports on."""
_SHOWN_LINES = 14


class PreviewRequest(BaseModel):
    """A program, and how its picture is to be."""

    model_config = ConfigDict(extra="forbid", strict=True)

    code: Code = None
    cells: Cells = None
    snippet: SnippetId = None
    of: Annotated[
        str | None,
        Field(max_length=1_000, description="The graph's root, as in `/api/v1/graph.png`; it has the same default."),
    ] = None
    theme: Annotated[Theme | None, Field(description="`dark`, or else light.")] = None
    lang: Annotated[Lang | None, Field(description="Language of the words; default from Accept-Language.")] = None


def preview_routes(service: Service, maker: AnswerMaker, store: SnippetStore) -> APIRouter:
    """The route of the picture."""
    failures = Failures()

    async def preview(request: Request, query: Annotated[PreviewRequest, Query()]) -> Response:
        found = await program(query, store, service.limits, parameter="code")
        lang = negotiation.language(request, query.lang or found.lang)
        look = Look(theme=query.theme or found.theme or "light", lang=lang, values=True).fixed
        run = RunRequest(
            cells=found.cells,
            seed=0,
            device=default_device(service.pool),
            timeout_s=service.limits.timeout_s,
            root=query.of,
        )
        graph = None if query.of is not None else found.graph
        content = msgspec.json.encode([service.pool.environment.torch, run, graph, look])
        key = hashlib.sha256(content).hexdigest()
        failing = Failing(drawing=key, program=key)
        work = failures.watching(failing, lambda: _made(service, run, found, graph, look))
        answer, limited = await maker.answer(request, key, work, lambda: failures.find(failing))
        seconds = _MAX_AGE_S if answer.keep_s is None else round(answer.keep_s)
        headers = {
            "Cache-Control": f"public, max-age={seconds}",
            "Vary": "Accept-Language",
            "Content-Security-Policy": PICTURE_POLICY,
            **limited,
        }
        return respond(request, answer.body, "image/png", headers)

    router = APIRouter(prefix="/api/v1", tags=["graphs"])
    picture: dict[str, Any] = {"description": "The picture.", "content": {"image/png": {}}}
    router.add_api_route(
        "/preview.png",
        preview,
        methods=["GET"],
        summary="A program's picture for links to it",
        response_class=Response,
        responses={200: picture, 304: {"description": "Unchanged since the ETag in If-None-Match."}},
    )
    return router


async def _made(service: Service, run: RunRequest, found: Program, graph: str | None, look: Look) -> Answer:
    """Run the program and draw its picture. A program that fails has one, too, which says so. Raises Problem."""
    outcome = await service.outcome(run)
    failure = _failure(run, outcome, look.lang)
    drawn = None if failure else await asyncio.to_thread(_graph, outcome, graph, run.root, look.lang)
    if drawn is not None and len(drawn.nodes) > _NODES_WITH_VALUES:
        drawn, look = without_values(drawn), replace(look, values=False)
    own = synopsis(found.cells, look.lang)
    preview = Preview(
        title=own.title,
        description=own.description,
        code=_code(found.cells),
        shown=() if drawn or failure else _shown(outcome),
        failure=failure,
    )
    try:
        data = await service.drawer.draw_preview(preview, drawn, look)
    except DrawingError as error:
        detail = f"The picture of the program could not be drawn: {error}."
        raise Problem("drawing", detail, headers={"Retry-After": "2"}) from error
    # What ended a program may have been the load of the machine.
    return Answer(await body(data, compress=False), keep_s=FAILED_S if failure else None)


def _graph(outcome: Outcome, graph: str | None, of: str | None, lang: Lang) -> Graph | None:
    """The graph that is shown, small enough for its place; None if the program made no such graph."""
    try:
        record = choose(outcome.trace, graph, of, lang)
    except Problem:
        return None
    return builder.build(outcome.trace, record, _NODES)


def _failure(run: RunRequest, outcome: Outcome, lang: Lang) -> tuple[str, str] | None:
    """What failed, if the program did: a heading and the words."""
    try:
        refuse_failure(run, outcome, lang)
    except Problem as problem:
        explanation = problem.errors[0].get("explanation")
        heading = explanation or CATALOGUES[lang].headings[problem.kind.slug]
        return heading, problem.detail
    return None


def _code(cells: Sequence[str]) -> tuple[str, ...]:
    """The lines of the program, with a blank one between cells; of a longer one without the imports that it begins with."""
    lines = "\n\n".join(cell.strip("\n") for cell in cells).splitlines()
    if len(lines) > _LINES:
        while lines and (not lines[0].strip() or lines[0].startswith(("import ", "from "))):
            del lines[0]
    return tuple(line[:400] for line in lines[:100])


def _shown(outcome: Outcome) -> tuple[str, ...]:
    """The last lines of what the cells printed and showed; of a program that shows nothing, of the tensors that it left."""
    lines: list[str] = []
    for cell in outcome.cells:
        lines += cell.stdout[-10_000:].splitlines()
        if cell.record is not None and cell.record.result is not None:
            lines += cell.record.result.text[:10_000].splitlines()
    for variable in outcome.trace.variables if not lines else ():
        if variable.tensor is not None:
            lines += _named(variable.name, variable.text[:10_000])
    return tuple(line[:400] for line in lines[-_SHOWN_LINES:])


def _named(name: str, text: str) -> list[str]:
    """The lines of a variable, `name = tensor(…`, below each other as a console shows a tensor."""
    first, *rest = text.splitlines() or [""]
    head = f"{name} = "
    return [head + first, *(" " * len(head) + line for line in rest)]
