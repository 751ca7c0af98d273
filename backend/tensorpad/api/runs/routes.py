"""`POST /api/v1/runs` and `DELETE /api/v1/runs/{id}`."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.encoding import json
from tensorpad.api.openapi import answers, events, reads, reference
from tensorpad.api.problems import Problem, invalid
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.requests import RunBody, parse, read_body, run_request
from tensorpad.api.runs import parts
from tensorpad.api.runs.answer import AcceptedRun, RunResponse
from tensorpad.api.runs.answering import Wanted
from tensorpad.api.runs.idempotency import repeatable
from tensorpad.api.runs.runs import Runs
from tensorpad.api.runs.stream import EVENTS, RunStream

_OFFERS = ("application/json", "text/event-stream")
_HEADERS = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}

_DESCRIPTION = """Runs a program and tells what happened in it.

A program that fails is an answer too: `status` says how it ended. With `Accept: text/event-stream` the run is sent while
it happens: `queued` (QueuedEvent), `stdout` (OutputEvent), `cell` (CellEvent), then `done` (RunResponse) or `problem`
(ProblemDetails). A client that goes away ends its run.

The id of a run is known before its end. A stream has it in its head (`X-Run-Id`) and in its first event. With
`Prefer: respond-async` the answer is 202 as soon as the run is taken in, with the id in `X-Run-Id` and the address of the
answer in `Location`: `GET` waits there until the run has ended, and `DELETE` ends it.

With an `Idempotency-Key` a request that is sent again does not run again while the run is kept: it is answered from the same
run (`Idempotency-Replayed: true`), or waits for it. A run that failed or was ended is none: then the program runs.

A training loop makes one graph like the other in each round. All but the last of those come as outlines (`like`), without
picture and values: `POST /api/v1/graph` with the program and the graph's id gives one in full."""


def run_routes(runs: Runs, rate_limit: RateLimit) -> APIRouter:
    """Routes that run a program and end a run."""
    service = runs.service

    async def create(
        request: Request,
        include: Annotated[parts.PartList | None, Query(description=parts.QUERY)] = None,
    ) -> Response:
        """Run a program."""
        media_type = negotiation.media_type(request, _OFFERS)
        # Admission comes before the body, so that a client above its rate costs next to nothing.
        headers = {**_HEADERS, **rate_limit.admit(request)}
        data = await read_body(request, service.limits.body_bytes)
        body = parse(RunBody, data)
        program = run_request(body, service.limits, service.pool)
        if include is not None and body.include is not None:
            raise invalid("Give include in the address or in the body, not in both.", parameter="include")
        asked = body.parts if include is None else parts.parts_in(include)
        wanted = Wanted(negotiation.language(request, body.lang), asked, body.defer_values)
        job = await runs.job(repeatable(request, data), program, wanted)
        headers["X-Run-Id"] = job.run_id
        if job.replayed:
            headers["Idempotency-Replayed"] = "true"
        if media_type == "text/event-stream":
            return RunStream(runs, job, headers)
        if _alone(request):
            if not job.replayed:
                await runs.detach(job.run_id, program)
            headers |= {"Location": f"/api/v1/runs/{job.run_id}", "Preference-Applied": "respond-async"}
            content = json(AcceptedRun(job.run_id))
            return Response(content, status_code=202, media_type="application/json", headers=headers)
        content = await runs.registry.watch(job.watched, job.work(), request.receive)
        return Response(content, media_type="application/json", headers=headers)

    async def delete(run_id: str) -> Response:
        """End a run that has not ended yet, or keep one that has ended no longer."""
        if not runs.registry.cancel(run_id) and not runs.kept.drop(run_id):
            raise Problem("not-found", "There is no run with this id now, under way or kept.")
        return Response(status_code=204)

    router = APIRouter(prefix="/api/v1", tags=["runs"])
    answered = {"content": {"application/json": {"schema": reference(RunResponse)}, **events(**EVENTS)}}
    router.add_api_route(
        "/runs",
        create,
        methods=["POST"],
        summary="Run a program",
        description=_DESCRIPTION,
        responses={200: answered, **answers(AcceptedRun, 202)},
        openapi_extra=reads(RunBody),
    )
    router.add_api_route(
        "/runs/{run_id}", delete, methods=["DELETE"], summary="End or forget a run", status_code=204, response_class=Response
    )
    return router


def _alone(request: Request) -> bool:
    """Whether the client would rather not wait (`Prefer: respond-async`, RFC 7240)."""
    preferences = ",".join(request.headers.getlist("prefer")).split(",")
    return any(preference.split(";")[0].strip().lower() == "respond-async" for preference in preferences)
