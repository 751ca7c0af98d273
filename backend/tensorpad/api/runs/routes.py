"""`POST /api/v1/runs` and `DELETE /api/v1/runs/{id}`."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.openapi import events, reads, reference
from tensorpad.api.problems import Problem, invalid
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.requests import RunBody, parse, read_body, run_request
from tensorpad.api.runs import parts
from tensorpad.api.runs.answer import RunResponse
from tensorpad.api.runs.registry import new_id
from tensorpad.api.runs.runs import Runs
from tensorpad.api.runs.service import Wanted
from tensorpad.api.runs.stream import EVENTS, RunStream

_OFFERS = ("application/json", "text/event-stream")
_HEADERS = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}

_DESCRIPTION = """Runs a program and tells what happened in it.

A program that fails is an answer too: `status` says how it ended. With `Accept: text/event-stream` the run is sent while
it happens: `queued` (QueuedEvent), `stdout` (OutputEvent), `cell` (CellEvent), then `done` (RunResponse) or `problem`
(ProblemDetails). A client that goes away ends its run.

A training loop makes one graph like the other in each round. All but the last of those come as outlines (`like`), without
picture and values: `POST /api/v1/graph` with the program and the graph's id gives one in full."""


def run_routes(runs: Runs, rate_limit: RateLimit) -> APIRouter:
    """Routes that run a program and end a run."""
    service = runs.service

    async def create(request: Request, include: Annotated[str | None, Query(description=parts.QUERY)] = None) -> Response:
        """Run a program."""
        media_type = negotiation.media_type(request, _OFFERS)
        # Admission comes before the body, so that a client above its rate costs next to nothing.
        headers = {**_HEADERS, **rate_limit.admit(request)}
        body = parse(RunBody, await read_body(request, service.limits.body_bytes))
        program = run_request(body, service.limits, service.pool)
        if include is not None and body.include is not None:
            raise invalid("Give include in the address or in the body, not in both.", parameter="include")
        asked = body.parts if include is None else parts.parts_in(include)
        wanted = Wanted(negotiation.language(request, body.lang), asked, body.defer_values)
        run_id = new_id()
        headers["X-Run-Id"] = run_id
        if media_type == "text/event-stream":
            return RunStream(runs, run_id, program, wanted, headers)

        async def answer() -> bytes:
            return await (await runs.run(run_id, program, wanted)).encoded()

        content = await runs.registry.watch(run_id, answer(), request.receive)
        return Response(content, media_type="application/json", headers=headers)

    async def delete(run_id: str) -> Response:
        """End a run that has not ended yet, or keep one that has ended no longer."""
        if not runs.registry.cancel(run_id) and not runs.kept.drop(run_id):
            raise Problem("not-found", "There is no run with this id now, under way or kept.")
        return Response(status_code=204)

    router = APIRouter(prefix="/api/v1", tags=["runs"])
    router.add_api_route(
        "/runs",
        create,
        methods=["POST"],
        summary="Run a program",
        description=_DESCRIPTION,
        responses={200: {"content": {"application/json": {"schema": reference(RunResponse)}, **events(**EVENTS)}}},
        openapi_extra=reads(RunBody),
    )
    router.add_api_route(
        "/runs/{run_id}", delete, methods=["DELETE"], summary="End or forget a run", status_code=204, response_class=Response
    )
    return router
