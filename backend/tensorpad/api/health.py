"""What an operator asks: `/healthz` (alive), `/readyz` (able to run a program), `/metrics`, and what a problem means."""

import asyncio
import time

import msgspec
from fastapi import APIRouter
from msgspec import Struct
from starlette.responses import PlainTextResponse, Response

from tensorpad.api import metrics as exposition
from tensorpad.api.metrics import Metrics
from tensorpad.api.openapi import answers
from tensorpad.api.problems import KINDS, Problem
from tensorpad.pool.runner import Runner
from tensorpad.protocol.errors import TensorpadError
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Completed

FRESH_S = 1.0
"""How long the answer of one readiness run serves those that ask after it."""

_PROGRAM = RunRequest(cells=("import torch\ntorch.ones(2).sum().item()",), trace=False, timeout_s=5.0)


class Health(Struct, frozen=True):
    """`alive` or `ready`."""

    status: str
    """`alive` or `ready`."""


class Readiness:
    """Runs a small program, at most once in `FRESH_S`, however many ask."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._lock = asyncio.Lock()
        self._until = 0.0
        self._reason: str | None = None

    async def reason(self) -> str | None:
        """Why no program can be run; None where one can."""
        async with self._lock:
            if time.monotonic() >= self._until:
                self._reason = await self._try()
                self._until = time.monotonic() + FRESH_S
            return self._reason

    async def _try(self) -> str | None:
        try:
            outcome = await self._runner.run(_PROGRAM)
        except TensorpadError as error:
            return str(error)
        if isinstance(outcome, Completed) and all(cell.record and cell.record.status == "ok" for cell in outcome.cells):
            return None
        return f"A trial program ended as {type(outcome).__name__}."


def health_routes(runner: Runner, metrics: Metrics) -> APIRouter:
    """`/healthz`, `/readyz` and `/metrics`."""
    readiness = Readiness(runner)

    async def healthz() -> Response:
        """Whether the process answers."""
        return _health("alive")

    async def readyz() -> Response:
        """Whether a program can be run; tried with a real one."""
        reason = await readiness.reason()
        if reason is not None:
            raise Problem("unavailable", f"Not ready: {reason}", headers={"Retry-After": "2"})
        return _health("ready")

    async def read_metrics() -> Response:
        """Prometheus' text format."""
        return Response(metrics.exposition(), media_type=exposition.CONTENT_TYPE, headers={"Cache-Control": "no-store"})

    async def problem(slug: str) -> Response:
        """What a type of problem means."""
        kind = KINDS.get(slug)
        if kind is None:
            raise Problem("not-found", f"There is no problem of the type {slug[:40]!r}.")
        return PlainTextResponse(f"{kind.status} {kind.title}\n\n{kind.meaning}\n")

    router = APIRouter(tags=["operations"])
    health = answers(Health)
    router.add_api_route("/healthz", healthz, summary="Alive", responses=health)
    router.add_api_route("/readyz", readyz, summary="Ready", responses=health)
    text = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}
    router.add_api_route("/metrics", read_metrics, summary="Metrics", responses={**text}, response_class=PlainTextResponse)
    router.add_api_route(
        "/problems/{slug}", problem, summary="A problem's meaning", responses={**text}, response_class=PlainTextResponse
    )
    return router


def _health(status: str) -> Response:
    content = msgspec.json.encode(Health(status))
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})
