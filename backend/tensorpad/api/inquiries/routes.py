"""`POST /api/v1/lens`, `/derivation`, `/opening` and `/values`: questions that a run of the program answers."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.encoding import in_pieces
from tensorpad.api.inquiries.inquiry_responses import derivation_response, lens_response
from tensorpad.api.inquiries.inquiry_schemas import DerivationRequest, DerivationResponse, LensRequest, LensResponse
from tensorpad.api.inquiries.opening_responses import opening_response
from tensorpad.api.inquiries.opening_schemas import OpeningRequest, OpeningResponse
from tensorpad.api.inquiries.window_responses import window_response
from tensorpad.api.inquiries.window_schemas import WindowRequest, WindowResponse
from tensorpad.api.rate_limit import Admission
from tensorpad.api.requests import parse, read_body, run_request
from tensorpad.api.runs.registry import Running, new_id
from tensorpad.api.runs.schemas import ProgramBody, TimingBody
from tensorpad.api.runs.service import Service
from tensorpad.protocol.inquiries import DerivationInquiry, Inquiry, LensInquiry
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.openings import OpeningInquiry
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.windows import WindowInquiry
from tensorpad.texts import Lang

Body = TypeVar("Body", bound=ProgramBody)
Answered = LensResponse | DerivationResponse | OpeningResponse | WindowResponse
Mapping = Callable[[Outcome, TimingBody, Lang], Answered]

_LENS = """Runs the program, and follows one element of an operation's output back to the input elements that it came from,
with the local derivative by each: for every torch operation, differentiable or not."""
_DERIVATION = """Runs the program, and writes the chain rule out for one scalar: the local derivative of each step, the
product along each path, the sum over paths, and how it compares with the gradient that autograd computed; for small
elementwise programs also the closed form."""
_WINDOW = """Runs the program, and tells the elements of a part of a tensor or NumPy array that is too large for the answer
of a run, as they were after a step or at the end: each of them, or blocks of them where more are asked for than are sent."""
_OPENING = """Runs the program, and tells what torch did inside one operation, with shapes and values: `cross_entropy` is a
`log_softmax` and an `nll_loss`, `linear` a `t` and an `addmm`."""


def inquiry_routes(service: Service, running: Running, admission: Admission) -> APIRouter:
    """The routes."""

    async def answer(request: Request, model: type[Body], asked: Callable[[Body], Inquiry], mapping: Mapping) -> Response:
        negotiation.media_type(request, ("application/json",))
        headers = {"Cache-Control": "no-store", "Vary": "Accept-Language", **admission.admit(request)}
        body = parse(model, await read_body(request, service.limits.body_bytes))
        program = run_request(body, service.limits, service.pool, asked(body))
        lang = negotiation.language(request, body.lang)
        run_id = new_id()
        content = await running.watch(run_id, _run(service, program, mapping, lang), request.receive)
        return Response(content, media_type="application/json", headers={**headers, "X-Run-Id": run_id})

    async def lens(request: Request) -> Response:
        return await answer(request, LensRequest, _lens_inquiry, lens_response)

    async def derivation(request: Request) -> Response:
        return await answer(request, DerivationRequest, _derivation_inquiry, derivation_response)

    async def values(request: Request) -> Response:
        return await answer(request, WindowRequest, _window_inquiry, window_response)

    async def opening(request: Request) -> Response:
        return await answer(request, OpeningRequest, _opening_inquiry, opening_response)

    router = APIRouter(prefix="/api/v1", tags=["inquiries"])
    for path, endpoint, summary, description, model, response in (
        ("/lens", lens, "Follow one element back", _LENS, LensRequest, LensResponse),
        ("/derivation", derivation, "Write the chain rule out", _DERIVATION, DerivationRequest, DerivationResponse),
        ("/values", values, "Look at a part of a large tensor", _WINDOW, WindowRequest, WindowResponse),
        ("/opening", opening, "Open an operation", _OPENING, OpeningRequest, OpeningResponse),
    ):
        router.add_api_route(
            path,
            endpoint,
            methods=["POST"],
            summary=summary,
            description=description,
            responses={200: {"model": response}},
            openapi_extra=_body(model),
        )
    return router


def _lens_inquiry(body: LensRequest) -> Inquiry:
    return LensInquiry(body.operation, body.output, tuple(body.element))


def _opening_inquiry(body: OpeningRequest) -> Inquiry:
    return OpeningInquiry(body.operation)


def _derivation_inquiry(body: DerivationRequest) -> Inquiry:
    return DerivationInquiry(body.of, body.finite_differences)


def _window_inquiry(body: WindowRequest) -> Inquiry:
    return WindowInquiry(
        body.subject,
        body.gradient,
        body.step,
        tuple(body.leading),
        body.rows,
        body.columns,
        body.height,
        body.width,
    )


async def _run(service: Service, program: RunRequest, mapping: Mapping, lang: Lang) -> bytes:
    started = time.perf_counter()
    outcome = await service.outcome(program)
    total = (time.perf_counter() - started) * 1000
    timing = TimingBody(
        queued_ms=round(outcome.timing.queued_ms, 3),
        run_ms=round(outcome.timing.run_ms, 3),
        render_ms=0.0,
        total_ms=round(total, 3),
    )

    def answered() -> tuple[Answered, bytes]:
        response = mapping(outcome, timing, lang)
        return response, in_pieces(response)

    response, content = await asyncio.to_thread(answered)
    service.metrics.ran(response.status, timing)
    return content


def _body(model: type[ProgramBody]) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": reference}}}}
