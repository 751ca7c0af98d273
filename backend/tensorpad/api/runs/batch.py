"""`POST /api/v1/batch`: several programs in one request, each answered as if it had been sent alone."""

import asyncio
import logging
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter
from msgspec import Raw, Struct
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation, problems
from tensorpad.api.encoding import json
from tensorpad.api.openapi import answers, reads
from tensorpad.api.problems import Problem, invalid
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.requests import RunBody, parse, read_body, run_request
from tensorpad.api.runs.answer import BatchAnswer, BatchResponse
from tensorpad.api.runs.answering import Wanted
from tensorpad.api.runs.idempotency import repeatable
from tensorpad.api.runs.registry import new_id
from tensorpad.api.runs.runs import Job, Runs

_DESCRIPTION = """Runs several programs, and answers them in their order, each with the status that it would have had alone.

One that is wrong or fails takes nothing from the others. Each counts as a run for the rate limit. Of one batch no more run
at a time than the service has places for runs (`limits.concurrency`). There may be `limits.batch` of them, within one body
(`limits.body_bytes`). A client that goes away ends them all.

An `Idempotency-Key` holds for each of the runs: when the batch is sent again, those that are kept do not run again. The
answer says `Idempotency-Replayed: true` if none of them ran."""

log = logging.getLogger(__name__)


class BatchBody(BaseModel):
    """Programs to run."""

    model_config = ConfigDict(extra="forbid", strict=True)

    runs: Annotated[
        list[RunBody],
        Field(
            description="What would be the body of one run each.",
            json_schema_extra={"x-limits": {"minItems": 1, "maxItems": "batch"}},
        ),
    ]


class _Unread(Struct, forbid_unknown_fields=True):
    """The same, of which each run is parsed by itself, so that one that is wrong leaves the others."""

    runs: list[Raw]


def batch_routes(runs: Runs, rate_limit: RateLimit) -> APIRouter:
    """The route that runs several programs."""
    limits = runs.service.limits

    async def create(request: Request) -> Response:
        """Run several programs."""
        negotiation.media_type(request, ("application/json",))
        headers = {"Cache-Control": "no-store", "Vary": "Accept-Language", **rate_limit.admit(request)}
        bodies = _bodies(await read_body(request, limits.body_bytes), limits.batch)
        places = asyncio.Semaphore(limits.concurrency)
        # A key that is none is refused for the batch, not in each of its answers.
        repeatable(request, b"")
        ran: list[int] = []

        async def answer(index: int, body: bytes) -> bytes:
            try:
                if index:  # the first was counted before the body was read
                    headers.update(rate_limit.admit(request))
                async with places:
                    job = await _job(runs, request, body, index)
                    if not job.replayed:
                        ran.append(index)
                    return b'{"status":200,"run":%b,"problem":null}' % await job.work()
            except Exception as error:
                ran.append(index)
                problem, request_id = problems.from_failure(error), problems.request_id(request)
                if problem.kind.slug == "internal":
                    log.exception("fault id=%s in run %d of a batch", request_id, index)
                details = problems.body(problem, request_id)
                return json(BatchAnswer(problem.kind.status, problem=details))

        async def all_answers() -> bytes:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(answer(index, body)) for index, body in enumerate(bodies)]
            return b'{"answers":[%b]}' % b",".join(task.result() for task in tasks)

        content = await runs.registry.watch(new_id(), all_answers(), request.receive)
        if not ran:
            headers["Idempotency-Replayed"] = "true"
        return Response(content, media_type="application/json", headers=headers)

    router = APIRouter(prefix="/api/v1", tags=["runs"])
    router.add_api_route(
        "/batch",
        create,
        methods=["POST"],
        summary="Run several programs",
        description=_DESCRIPTION,
        responses=answers(BatchResponse),
        openapi_extra=reads(BatchBody),
    )
    return router


async def _job(runs: Runs, request: Request, data: bytes, index: int) -> Job:
    body = parse(RunBody, data)
    program = run_request(body, runs.service.limits, runs.service.pool)
    wanted = Wanted(negotiation.language(request, body.lang), body.parts, body.defer_values)
    return await runs.job(repeatable(request, data, index), program, wanted)


def _bodies(data: bytes, most: int) -> list[bytes]:
    """Each run as it came. Raises Problem 400 for what is no JSON, 422 for what is no list of runs, or too long a one."""
    try:
        unread: Any = msgspec.json.decode(data, type=_Unread).runs
    except msgspec.ValidationError as error:
        raise invalid(f"Send one object with runs, a list: {error}.", pointer="/runs") from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Problem("malformed", f"The body is not JSON in UTF-8: {error}. Send one object, with runs.") from None
    if not unread:
        raise invalid("There must be one of runs at least.", pointer="/runs")
    if len(unread) > most:
        detail = f"{len(unread)} runs are above the limit of {most} (limits.batch). Send several batches."
        raise invalid(detail, pointer="/runs")
    return [bytes(memoryview(run)) for run in unread]
