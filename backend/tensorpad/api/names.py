"""`GET /api/v1/names/{path}`: what can be written after `torch.`, `torch.Tensor.` and the like, for completion.

A worker answers, so that the names are those of the torch that programs run with. What it says is checked like any
program's output.
"""

import re

import msgspec
from fastapi import APIRouter
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api.bodies import body, respond
from tensorpad.api.cache import Answer
from tensorpad.api.making import AnswerMaker
from tensorpad.api.openapi import answers
from tensorpad.api.problems import Problem
from tensorpad.api.runs.service import Service
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Completed
from tensorpad.protocol.vocabulary import NameRecord, Vocabulary

MAX_AGE_S = 3600
"""How long a reader may keep names: they change with the service's torch alone."""

_PATH = re.compile(r"(?:torch|numpy)(?:\.[A-Za-z]\w{0,63}){0,5}", re.ASCII)
_PROGRAM = "from tensorpad.sandbox.vocabulary import print_names\nprint_names({path!r})"
_TIMEOUT_S = 10.0


class NamesResponse(Struct, frozen=True):
    """The names of the module or class at `path`, in alphabetical order."""

    path: str
    """What was asked for."""
    names: tuple[NameRecord, ...]
    """Its public names, in alphabetical order."""


def name_routes(service: Service, maker: AnswerMaker) -> APIRouter:
    """`/api/v1/names/…`: what torch's documentation and signatures say of a name."""

    async def names(path: str, request: Request) -> Response:
        """The public names of a module or class of torch or NumPy, with the beginning of their documentation."""
        if _PATH.fullmatch(path) is None:
            raise Problem("not-found", f"There are names of modules and classes of torch and numpy, not of {path[:40]!r}.")
        key = f"{service.pool.environment.torch} {path}"
        headers = {"Cache-Control": f"public, max-age={MAX_AGE_S}"}
        found, limited = await maker.answer(request, key, lambda: _ask(service, path))
        return respond(request, found.body, "application/json", headers | limited)

    router = APIRouter(prefix="/api/v1", tags=["service"])
    router.add_api_route(
        "/names/{path}",
        names,
        methods=["GET"],
        summary="The names of a module or class",
        response_class=Response,
        responses={**answers(NamesResponse), 304: {"description": "Unchanged since the ETag in If-None-Match."}},
    )
    return router


async def vocabulary(service: Service, path: str) -> Vocabulary:
    """The public names of the module or class at `path`. Raises Problem 404 if there is none, and what `Runner.run` does."""
    request = RunRequest(
        cells=(_PROGRAM.format(path=path),), trace=False, timeout_s=min(_TIMEOUT_S, service.limits.timeout_s)
    )
    outcome = await service.outcome(request)
    cell = outcome.cells[0]
    if isinstance(outcome, Completed) and cell.record is not None and cell.record.error is not None:
        raise Problem("not-found", f"There is no {path} in torch {service.pool.environment.torch}.")
    try:
        return msgspec.json.decode(cell.stdout, type=Vocabulary)
    except msgspec.DecodeError as error:
        raise ProtocolError(f"the names of {path} are not a list of names: {error}") from error


async def _ask(service: Service, path: str) -> Answer:
    return Answer(await body(msgspec.json.encode(NamesResponse(path, await vocabulary(service, path)))))
