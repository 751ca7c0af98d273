"""Faults of a request or of the service as `application/problem+json` (RFC 9457), all from one table."""

from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from fastapi.exceptions import RequestValidationError
from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from tensorpad.protocol.errors import Overloaded, RequestError, TensorpadError, Unavailable
from tensorpad.snippets.errors import SnippetError, StoreFull, StoreUnavailable


class ProblemDetails(Struct, frozen=True):
    """A fault of a request or of the service, after RFC 9457."""

    type: str
    """`/problems/` and the problem's slug; the address explains it."""
    title: str
    """The kind of problem, in a few words."""
    status: int
    """The status of the response."""
    detail: str
    """What is wrong with this request, and what to do."""
    request_id: str
    """The id by which the service's log knows the request."""
    errors: list[dict[str, Any]]
    """Each fault, with a `pointer` into the body or the `parameter` that it is in."""


MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem; `/problems/{slug}` is its type and explains it."""

    slug: str
    status: int
    title: str
    meaning: str


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("malformed", 400, "The body is not JSON", "The body must be one JSON object in UTF-8."),
        Kind("not-found", 404, "Not found", "There is nothing at this address."),
        Kind(
            "no-graph", 404, "No such graph", "The program made no graph with that root; the detail lists the roots it has."
        ),
        Kind(
            "run-gone",
            404,
            "The run is not kept",
            "A run that has ended is kept for some minutes and within some memory (limits.kept_s, limits.kept_bytes); send "
            "the program again.",
        ),
        Kind(
            "no-part",
            404,
            "No such part",
            "The graph has no folded node or module of that name; the detail lists those it has.",
        ),
        Kind(
            "no-tallies",
            404,
            "Answers are not counted here",
            "Answers to gates are counted only where the operator of the service asked for it; nothing was kept.",
        ),
        Kind("method", 405, "Method not allowed", "The Allow header lists what this address answers to."),
        Kind("not-acceptable", 406, "Not acceptable", "None of the types in the Accept header can be given."),
        Kind("slow-body", 408, "The body came too slowly", "The whole body must arrive within a few seconds."),
        Kind("cancelled", 409, "The run was cancelled", "Somebody who knows the run's id deleted it while it ran."),
        Kind(
            "precondition",
            412,
            "The answer is known",
            "If-None-Match names the ETag of the answer, and the method is none that 304 may answer.",
        ),
        Kind(
            "long-address",
            414,
            "The address is too long",
            "A program goes into the body of a request, or is stored and named by its id; /api/v1/about lists the limits.",
        ),
        Kind("too-large", 413, "Too large", "The request is above a size limit; /api/v1/about lists the limits."),
        Kind("media-type", 415, "Unsupported media type", "The body must be sent as application/json."),
        Kind("invalid", 422, "Invalid request", "A field has a value that cannot be used; each error points to one."),
        Kind(
            "idempotency",
            422,
            "The key came with another request",
            "An Idempotency-Key stands for one request; another one needs a key of its own.",
        ),
        Kind("program", 422, "The program failed", "A graph was asked for of a program that did not run to its end."),
        Kind(
            "rate-limit",
            429,
            "Too many requests",
            "This address has asked for more than it may; Retry-After says when to go on.",
        ),
        Kind(
            "no-store",
            501,
            "Programs are not stored here",
            "This service has nowhere to keep programs; a link that holds the program itself needs no storage.",
        ),
        Kind("no-format", 501, "No such format", "What is at this address has no form in the format that was asked for."),
        Kind("internal", 500, "Internal error", "A fault of the service, which has been logged under the request id."),
        Kind("drawing", 503, "The graph could not be drawn", "The drawing took too long or its process failed."),
        Kind("unavailable", 503, "Unavailable", "No program can be run just now, through no fault of the request."),
        Kind("overloaded", 503, "Overloaded", "Too many runs are waiting; Retry-After says when to try again."),
        Kind("not-built", 503, "The page is not built", "The service runs, but the files of its page were never built."),
        Kind("store-full", 507, "The store is full", "No more programs can be stored; those that are stored stay."),
    )
}


class Application(Protocol):
    """What knows the routes."""

    def methods(self, scope: Scope) -> list[str]:
        """What the path of a request answers to."""
        ...


class Problem(Exception):
    """Ends a request with a problem of the kind `slug`. `errors` point into the body or name a parameter."""

    def __init__(
        self,
        slug: str,
        detail: str,
        *,
        errors: list[dict[str, Any]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = KINDS[slug]
        self.detail = detail
        self.errors = errors or []
        self.headers = headers or {}


def invalid(detail: str, **where: str) -> Problem:
    """A problem with one field: `pointer="/cells/0"` (a JSON pointer into the body) or `parameter="of"`."""
    return Problem("invalid", detail, errors=[{"detail": detail, **where}])


def from_failure(error: Exception) -> Problem:
    """The problem that says what went wrong in the service, without its internals."""
    match error:
        case Problem():
            return error
        case RequestError():
            return invalid(str(error), pointer=f"/{error.field}")
        case Overloaded():
            return Problem("overloaded", str(error), headers={"Retry-After": str(max(1, round(error.retry_after_s)))})
        case Unavailable():
            return Problem("unavailable", str(error), headers={"Retry-After": str(max(1, round(error.retry_after_s)))})
        case StoreFull():
            return Problem("store-full", f"The program was not stored: {error}. Share a link that holds it instead.")
        case StoreUnavailable():
            return Problem("unavailable", "Stored programs cannot be reached just now.", headers={"Retry-After": "2"})
        case _:
            return Problem("internal", "Something went wrong in the service. The log has it under this request id.")


def body(problem: Problem, request_id: str) -> ProblemDetails:
    """The problem as it is sent."""
    kind = problem.kind
    return ProblemDetails(
        type=f"/problems/{kind.slug}",
        title=kind.title,
        status=kind.status,
        detail=problem.detail,
        request_id=request_id,
        errors=problem.errors,
    )


def response(problem: Problem, request_id: str) -> Response:
    """The problem as a response."""
    content = msgspec.json.encode(body(problem, request_id))
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(content, status_code=problem.kind.status, headers=headers, media_type=MEDIA_TYPE)


def request_id(request: Request) -> str:
    """The id that the outermost layer gave to this request."""
    return str(request.scope.get("state", {}).get("request_id", ""))


async def on_failure(request: Request, error: Exception) -> Response:
    """Exception handler for `Problem` and for the failures of the stages."""
    return response(from_failure(error), request_id(request))


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Exception handler for what the router raises itself: 404 and 405."""
    assert isinstance(error, HTTPException)
    slug = {404: "not-found", 405: "method"}.get(error.status_code)
    if slug is None:
        return response(from_failure(error), request_id(request))
    path, method = request.url.path[:200], request.method
    if slug == "not-found":
        return response(Problem(slug, f"{method} {path} does not exist."), request_id(request))
    application: Application = request.app
    headers = {"Allow": ", ".join(application.methods(request.scope))}
    if method == "OPTIONS":
        return Response(status_code=204, headers=headers)
    problem = Problem(slug, f"{path} answers to {headers['Allow']}, not to {method}.", headers=headers)
    return response(problem, request_id(request))


async def on_validation_error(request: Request, error: Exception) -> Response:
    """Exception handler for parameters in the address that the framework refuses."""
    assert isinstance(error, RequestValidationError)
    messages = {"extra_forbidden": "there is no such parameter; /docs lists them"}
    errors = [
        {"parameter": str(fault["loc"][-1]), "detail": messages.get(fault["type"], fault["msg"])}
        for fault in error.errors()[:20]
    ]
    detail = "; ".join(f"{fault['parameter']}: {fault['detail']}" for fault in errors)
    return response(Problem("invalid", detail, errors=errors), request_id(request))


HANDLERS = {
    Problem: on_failure,
    TensorpadError: on_failure,
    SnippetError: on_failure,
    HTTPException: on_http_exception,
    RequestValidationError: on_validation_error,
}
"""What the application registers."""
