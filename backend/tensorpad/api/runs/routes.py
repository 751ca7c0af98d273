"""`POST /api/v1/runs` and `DELETE /api/v1/runs/{id}`."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.encoding import encoded
from tensorpad.api.openapi import events, reads, reference
from tensorpad.api.problems import Problem
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.requests import RunBody, parse, read_body, run_request
from tensorpad.api.runs.answer import RunResponse
from tensorpad.api.runs.registry import RunRegistry, new_id
from tensorpad.api.runs.service import Service
from tensorpad.api.runs.stream import EVENTS, RunStream

_OFFERS = ("application/json", "text/event-stream")
_HEADERS = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}

_DESCRIPTION = """Runs a program and tells what happened in it.

A program that fails is an answer too: `status` says how it ended. With `Accept: text/event-stream` the run is sent while
it happens: `queued` (QueuedEvent), `stdout` (OutputEvent), `cell` (CellEvent), then `done` (RunResponse) or `problem`
(ProblemDetails). A client that goes away ends its run.

A training loop makes one graph like the other in each round. All but the last of those come as outlines (`like`), without
picture and values: `POST /api/v1/graph` with the program and the graph's id gives one in full."""


def run_routes(service: Service, registry: RunRegistry, rate_limit: RateLimit) -> APIRouter:
    """Routes that run a program and end a run."""

    async def create(request: Request) -> Response:
        """Run a program."""
        wanted = negotiation.media_type(request, _OFFERS)
        # Admission comes before the body, so that a client above its rate costs next to nothing.
        headers = {**_HEADERS, **rate_limit.admit(request)}
        body = parse(RunBody, await read_body(request, service.limits.body_bytes))
        program = run_request(body, service.limits, service.pool)
        lang = negotiation.language(request, body.lang)
        run_id = new_id()
        headers["X-Run-Id"] = run_id
        if wanted == "text/event-stream":
            return RunStream(service, registry, run_id, program, lang, headers)

        async def answer() -> bytes:
            made = await service.run(run_id, program, lang)
            return await encoded(made.response, at_once=not made.large)

        content = await registry.watch(run_id, answer(), request.receive)
        return Response(content, media_type="application/json", headers=headers)

    async def delete(run_id: str) -> Response:
        """End a run that has not ended yet."""
        if not registry.cancel(run_id):
            raise Problem("not-found", "There is no run with this id now; it may have ended by itself.")
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
        "/runs/{run_id}", delete, methods=["DELETE"], summary="End a run", status_code=204, response_class=Response
    )
    return router
