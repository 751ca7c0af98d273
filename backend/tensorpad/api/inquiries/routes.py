"""`POST /api/v1/lens`, `/derivation`, `/opening` and `/values`: questions that a run of the program answers."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.encoding import in_pieces
from tensorpad.api.inquiries.derivation import DERIVATION
from tensorpad.api.inquiries.envelope import Envelope, InquiryKind
from tensorpad.api.inquiries.lens import LENS
from tensorpad.api.inquiries.opening import OPENING
from tensorpad.api.inquiries.window import WINDOW
from tensorpad.api.openapi import answers, reads
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.requests import parse, read_body, run_request
from tensorpad.api.runs.answering import timing_of
from tensorpad.api.runs.registry import RunRegistry, new_id
from tensorpad.api.runs.service import Service
from tensorpad.protocol.messages import RunRequest
from tensorpad.texts import Lang

_KINDS: tuple[InquiryKind[Envelope], ...] = (LENS, DERIVATION, WINDOW, OPENING)


def inquiry_routes(service: Service, registry: RunRegistry, rate_limit: RateLimit) -> APIRouter:
    """A route for each kind of inquiry."""

    def endpoint(kind: InquiryKind[Envelope]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            negotiation.media_type(request, ("application/json",))
            headers = {"Cache-Control": "no-store", "Vary": "Accept-Language", **rate_limit.admit(request)}
            body = parse(kind.request, await read_body(request, service.limits.body_bytes))
            program = run_request(body, service.limits, service.pool)
            lang = negotiation.language(request, body.lang)
            run_id = new_id()
            content = await registry.watch(run_id, _run(service, program, kind, lang), request.receive)
            return Response(content, media_type="application/json", headers={**headers, "X-Run-Id": run_id})

        return answer

    router = APIRouter(prefix="/api/v1", tags=["inquiries"])
    for kind in _KINDS:
        router.add_api_route(
            f"/{kind.path}",
            endpoint(kind),
            methods=["POST"],
            name=kind.path,
            summary=kind.summary,
            description=kind.description,
            responses=answers(kind.response),
            openapi_extra=reads(kind.request),
        )
    return router


async def _run(service: Service, program: RunRequest, kind: InquiryKind[Envelope], lang: Lang) -> bytes:
    started = time.perf_counter()
    outcome = await service.outcome(program)
    timing = timing_of(outcome, render_s=0.0, total_s=time.perf_counter() - started)
    answer = next(iter(outcome.trace.answers), None)
    return await asyncio.to_thread(lambda: in_pieces(kind.respond(outcome, answer, timing, lang)))
