"""`POST /api/v1/lessons/{lesson}/tallies`: one first answer to a gate is counted, where the operator asked for that."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api.openapi import reads
from tensorpad.api.problems import Problem, invalid
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.requests import RequestBody, parse, read_body
from tensorpad.lessons.library import Library
from tensorpad.protocol.limits import Limits
from tensorpad.tallies.question import OTHER, RIGHT, Question, Questions
from tensorpad.tallies.store import TalliesUnavailable, TallyStore
from tensorpad.texts import Lang

PATH = "/api/v1/lessons/{lesson}/tallies"

Verdict = Literal["right", "wrong", "other"]

_DESCRIPTION = """Counts the first answer of somebody to a gate of a lesson, if the operator of the service wants that.

Only a number grows: no address, id, time or text of the answer is kept. `GET /api/v1/lessons` says whether answers are
counted here."""


class TallyRequest(RequestBody):
    """A first answer to a gate, as far as it is counted."""

    lang: Annotated[Lang, Field(description="Language in which the lesson was read.")]
    cell: Annotated[int, Field(ge=1, lt=2**31, description="Number of the gate's cell, as the lesson has it.")]
    line: Annotated[int, Field(ge=1, lt=2**31, description="Line of the gate in its cell, from 1.")]
    verdict: Annotated[
        Verdict,
        Field(description="`right`; `wrong`, with a wrong answer that the lesson names; or `other`, another wrong answer."),
    ]
    wrong: Annotated[
        int | None,
        Field(
            ge=1,
            lt=2**31,
            description="Which of the wrong answers that the lesson names, in its order from 1: of a `which` its wrong "
            "options, else its misses. With the verdict `wrong`, and only with it.",
        ),
    ] = None


def tally_routes(library: Library, store: TallyStore, asked: Questions, limits: Limits, rate_limit: RateLimit) -> APIRouter:
    """The route that counts an answer."""

    async def count(request: Request, lesson: str) -> Response:
        """Count an answer to a gate."""
        if not store.available:
            raise Problem("no-tallies", "The operator of this service has not asked for counts; nothing was kept.")
        headers = rate_limit.admit(request)
        body = parse(TallyRequest, await read_body(request, limits.body_bytes))
        entry = (await asyncio.to_thread(library.entries)).get(lesson)
        if entry is None:
            raise Problem("not-found", f"There is no lesson {lesson[:60]!r}; /api/v1/lessons lists all that there are.")
        question = _question(await asyncio.to_thread(asked.of, entry.languages), body)
        try:
            await store.count(lesson, question.name, _choice(question, body))
        except TalliesUnavailable:
            detail = "Answers cannot be counted just now."
            raise Problem("unavailable", detail, headers={"Retry-After": "2"}) from None
        return Response(status_code=204, headers={**headers, "Cache-Control": "no-store"})

    router = APIRouter(tags=["lessons"])
    router.add_api_route(
        PATH,
        count,
        methods=["POST"],
        summary="Count an answer to a gate",
        description=_DESCRIPTION,
        status_code=204,
        response_class=Response,
        openapi_extra=reads(TallyRequest),
    )
    return router


def _question(all_questions: Sequence[Question], body: TallyRequest) -> Question:
    """The question that an answer is to. Raises Problem 422."""
    in_cell = [question for question in all_questions if question.cell == body.cell]
    for question in in_cell:
        gate = question.gates.get(body.lang)
        if gate is not None and gate.line == body.line:
            return question
    if not in_cell:
        raise invalid(f"Cell {body.cell} of the lesson has no gate.", pointer="/cell")
    raise invalid(f"Cell {body.cell} of the lesson in {body.lang} has no gate on line {body.line}.", pointer="/line")


def _choice(question: Question, body: TallyRequest) -> str:
    """What is counted. Raises Problem 422."""
    if (body.verdict == "wrong") != (body.wrong is not None):
        raise invalid("wrong goes with the verdict wrong, and only with it.", pointer="/wrong")
    choice = {"right": RIGHT, "other": OTHER}.get(body.verdict, str(body.wrong))
    if choice not in question.choices:
        pointer = "/wrong" if body.verdict == "wrong" else "/verdict"
        raise invalid(f"The gate has no answer {choice}; it has {', '.join(question.choices)}.", pointer=pointer)
    return choice
