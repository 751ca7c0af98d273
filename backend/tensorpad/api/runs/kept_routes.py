"""`GET /api/v1/runs/{id}` and `GET /api/v1/runs/{id}/values/{chunk}`: more of a run that has ended, without another run."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.bodies import unchanged
from tensorpad.api.openapi import answers
from tensorpad.api.problems import Problem
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.runs import parts
from tensorpad.api.runs.answer import RunResponse, ValuesResponse
from tensorpad.api.runs.answering import Wanted
from tensorpad.api.runs.registry import new_id
from tensorpad.api.runs.runs import Runs
from tensorpad.texts import Lang

_RUN = """Answers any part of a run that has ended and is still kept, without running the program again.

Runs are kept for some minutes and within some memory (`limits.kept_s`, `limits.kept_bytes` of `/api/v1/about`). When a run
is gone the answer is the problem `run-gone`, and the program has to be sent again."""

_VALUES = """Answers a chunk of the values that the answer of a run deferred (`defer_values`): where that has `deferred`,
with this `chunk`, the values are at `index` of the list. A chunk never changes. It is there as long as the run is kept."""

RunId = Annotated[str, Path(description="The id of a run: `id` of its answer, and the header X-Run-Id.", max_length=100)]


def kept_routes(runs: Runs, rate_limit: RateLimit) -> APIRouter:
    """Routes that answer from kept runs."""

    async def read(
        request: Request,
        run_id: RunId,
        include: Annotated[parts.PartList, Query(description=parts.QUERY)] = "full",
        lang: Annotated[Lang | None, Query(description="Language of explanations; default from Accept-Language.")] = None,
    ) -> Response:
        """Answer parts of a run."""
        negotiation.media_type(request, ("application/json",))
        wanted = Wanted(negotiation.language(request, lang), parts.parts_in(include))
        await runs.registry.ended(run_id)
        runs.find(run_id)
        headers = {
            **_headers(runs, f"{run_id}-{wanted.lang}-{'-'.join(sorted(wanted.parts))}"),
            "Vary": "Accept-Language",
            "X-Run-Id": run_id,
        }
        if (known := unchanged(request, headers)) is not None:
            return known
        # Making an answer takes about as much of the service as a short run.
        headers |= rate_limit.admit(request)
        content = await runs.registry.watch(new_id(), runs.again(run_id, wanted), request.receive)
        return Response(content, media_type="application/json", headers=headers)

    async def values(
        request: Request,
        run_id: RunId,
        chunk: Annotated[int, Path(description="The number of the chunk, from 0.", ge=0, lt=2**31)],
    ) -> Response:
        """Answer a chunk of values."""
        negotiation.media_type(request, ("application/json",))
        chunks = runs.find(run_id).chunks
        if chunk >= len(chunks):
            raise Problem("not-found", f"This run has {len(chunks)} chunks of deferred values, counted from 0.")
        headers = _headers(runs, f"{run_id}-{chunk}")
        headers["Cache-Control"] += ", immutable"
        if (known := unchanged(request, headers)) is not None:
            return known
        return Response(chunks[chunk], media_type="application/json", headers=headers)

    not_modified = {304: {"description": "Unchanged since the ETag in If-None-Match."}}
    router = APIRouter(prefix="/api/v1", tags=["runs"])
    router.add_api_route(
        "/runs/{run_id}",
        read,
        methods=["GET"],
        summary="Read more of a run that has ended",
        description=_RUN,
        responses={**answers(RunResponse), **not_modified},
    )
    router.add_api_route(
        "/runs/{run_id}/values/{chunk}",
        values,
        methods=["GET"],
        summary="Read values that were deferred",
        description=_VALUES,
        responses={**answers(ValuesResponse), **not_modified},
    )
    return router


def _headers(runs: Runs, tag: str) -> dict[str, str]:
    # The tag is weak, because times differ from answer to answer, and bytes with their compression.
    return {"ETag": f'W/"{tag}"', "Cache-Control": f"private, max-age={runs.service.limits.kept_s:.0f}"}
