"""Bodies in: read within bounds, parse, and turn into a request for the runner. Each fault has its problem."""

import asyncio
import json
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, TypeVar, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from starlette.requests import Request

from tensorpad.api.problems import Problem, invalid
from tensorpad.api.runs import parts
from tensorpad.pool.runner import Runner
from tensorpad.protocol.inquiries import Inquiry
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Device, RunRequest
from tensorpad.texts import Lang

Model = TypeVar("Model", bound=BaseModel)

BODY_S = 10.0
"""Seconds in which a whole body must arrive, so that a slow sender holds nothing for long."""


DeviceChoice = Literal["auto", "cpu", "cuda"]
TraceLevel = Literal["full", "off"]


def _given(value: object) -> object:
    if value is None:
        raise ValueError("is null; leave it out, and give the program in another way")
    return value


Code = Annotated[
    str | None,
    BeforeValidator(_given),
    Field(description="The program, as one cell of source.", json_schema_extra={"x-limits": {"maxLength": "code_bytes"}}),
]
Cells = Annotated[
    list[str] | None,
    BeforeValidator(_given),
    Field(
        description="The program, as cells of source that run in order in one namespace.",
        json_schema_extra={"x-limits": {"minItems": 1, "maxItems": "cells"}},
    ),
]
SnippetId = Annotated[str | None, BeforeValidator(_given), Field(description="The program, as the id of a stored one.")]
_DEFER = (
    "Values beyond a budget come as `deferred`, with the chunk that `GET /api/v1/runs/{id}/values/{chunk}` answers while "
    "the run is kept. What named variables have at the end is sent first."
)

_TITLES = (
    "What your page calls each cell, such as `program 6`: one for each, no two alike. Explanations, tracebacks and warnings "
    "then say that in place of `cell 3`."
)
Title = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^<>\"`\x00-\x1f\x7f]+$")]


class RequestBody(BaseModel):
    """What a request sends. In JSON, 2.0 is the integer 2."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, data: object) -> object:
        return _with_integers(data)


class SomeRounds(RequestBody):
    """Records some rounds of each loop whole, and the numbers of all."""

    rounds: Annotated[
        int,
        Field(
            ge=1,
            le=1_000,
            description="So many rounds of each loop are recorded, each time that it is entered; after them the 10th, the "
            "100th, the 1,000th, …. What the others did is one step.",
        ),
    ]


def _one_of(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    try:
        return handler(value)
    except ValidationError:
        raise ValueError('is neither full nor off nor an object such as {"rounds": 20}, with 1 to 1000 rounds') from None


def _with_integers(data: object) -> object:
    match data:
        case float() if data.is_integer():
            return int(data)
        case list():
            return [_with_integers(part) for part in cast("list[object]", data)]
        case dict():
            return {name: _with_integers(part) for name, part in cast("dict[object, object]", data).items()}
        case _:
            return data


class ProgramBody(RequestBody):
    """A program: either `code`, or `cells` that share one namespace and run in order."""

    one_of: ClassVar = ("code", "cells")

    code: Code = None
    cells: Cells = None
    seed: Annotated[
        int | None,
        Field(ge=0, lt=2**32, description="Seeds torch, NumPy and random; null means fresh entropy."),
    ] = 0
    device: Annotated[DeviceChoice, Field(description="Default device of the program.")] = "auto"
    timeout_s: Annotated[
        float | None,
        Field(
            gt=0,
            description="Seconds of wall time; at most the server's limit, which is the default.",
            json_schema_extra={"x-limits": {"maximum": "timeout_s"}},
        ),
    ] = None
    lang: Annotated[Lang | None, Field(description="Language of explanations; default from Accept-Language.")] = None

    def inquiry(self) -> Inquiry | None:
        """What is asked about the program."""
        return None

    @property
    def traced(self) -> bool:
        """Whether the run is recorded."""
        return True

    @property
    def rounds(self) -> int | None:
        """How many rounds of each loop are recorded, None for all."""
        return None

    @property
    def called(self) -> tuple[str, ...]:
        """What the page calls each cell; empty if it gives them no titles."""
        return ()


class RunBody(ProgramBody):
    """A program to run."""

    trace: Annotated[
        TraceLevel | SomeRounds,
        WrapValidator(_one_of),
        Field(description="`off` runs the program alone, with its output; with `rounds`, long loops end sooner."),
    ] = "full"
    include: Annotated[list[parts.Include] | None, Field(description=parts.DESCRIPTION)] = None
    defer_values: Annotated[bool, Field(description=_DEFER)] = False
    titles: Annotated[list[Title] | None, Field(description=_TITLES)] = None

    @property
    def called(self) -> tuple[str, ...]:
        """Its titles."""
        return tuple(self.titles or ())

    @property
    def traced(self) -> bool:
        """Whether the run is recorded."""
        return self.trace != "off"

    @property
    def rounds(self) -> int | None:
        """How many rounds of each loop are recorded, None for all."""
        return self.trace.rounds if isinstance(self.trace, SomeRounds) else None

    @property
    def parts(self) -> parts.Parts:
        """What is asked of the answer."""
        return parts.FULL if self.include is None else parts.parts_of(self.include)


class AskingBody(ProgramBody):
    """A program with a question about it: it runs again as it ran before."""

    trace: Annotated[
        Literal["full"] | SomeRounds,
        WrapValidator(_one_of),
        Field(description="As in the run that the question is about, so that steps and ids are the same."),
    ] = "full"

    @property
    def rounds(self) -> int | None:
        """How many rounds of each loop are recorded, None for all."""
        return self.trace.rounds if isinstance(self.trace, SomeRounds) else None


class ClientGone(Exception):
    """The client went away before its answer."""


async def read_body(request: Request, limit: int) -> bytes:
    """The body, of at most `limit` bytes. Raises Problem 408, 413 or 415, and ClientGone.

    A body whose stated length is above the limit is refused before any of it is read, a chunked one as soon as it is.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem("media-type", f"Send the body as application/json, not as {kind or 'an unnamed type'!r}.")
    stated = request.headers.get("content-length", "0")
    too_large = Problem("too-large", f"The body is above the limit of {limit} bytes (limits.body_bytes). Send less.")
    if stated.isdigit() and int(stated) > limit:
        raise too_large
    data = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            while True:
                message = await request.receive()
                if message["type"] == "http.disconnect":
                    raise ClientGone
                data += message.get("body", b"")
                if len(data) > limit:
                    raise too_large
                if not message.get("more_body", False):
                    return bytes(data)
    except TimeoutError:
        raise Problem("slow-body", f"The body did not arrive within {BODY_S:g} seconds.") from None


def parse(model: type[Model], data: bytes) -> Model:
    """The body as a model. Raises Problem 400 for what is no JSON and 422 for a field that is wrong."""
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        if faults[0]["type"] != "json_invalid":
            unknown = f"there is no such field, only {', '.join(model.model_fields)}"
            messages = {"extra_forbidden": unknown}
            texts = (messages.get(fault["type"], fault["msg"].removeprefix("Value error, ")) for fault in faults)
            raise _invalid_fields([(fault["loc"], text) for fault, text in zip(faults, texts, strict=True)]) from None
        # A lone surrogate is JSON by its grammar but no text, so that the parser refuses it as malformed.
        surrogates = list(_surrogates(data))
        if surrogates:
            detail = "contains a lone surrogate, which no UTF-8 text can hold; take it out, or pair it"
            raise _invalid_fields([(path, detail) for path in surrogates]) from None
        reason = faults[0]["msg"].removeprefix("Invalid JSON: ")
        detail = f"The body is not JSON in UTF-8: {reason}. Send one object, with {', '.join(model.model_fields)}."
        raise Problem("malformed", detail) from None


def _invalid_fields(faults: list[tuple[tuple[int | str, ...], str]]) -> Problem:
    errors = [{"pointer": _pointer(path), "detail": detail} for path, detail in faults[:20]]
    first = f"{errors[0]['pointer'] or 'body'}: {errors[0]['detail']}"
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return Problem("invalid", first + more, errors=errors)


def _pointer(path: tuple[int | str, ...]) -> str:
    """A JSON pointer (RFC 6901), fit to be sent: its text may come from the body."""
    text = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
    return text.encode("utf-8", "backslashreplace").decode()[:200]


def _surrogates(data: bytes) -> Iterator[tuple[int | str, ...]]:
    try:
        root: object = json.loads(data)
    except (ValueError, RecursionError):
        return
    pending: list[tuple[tuple[int | str, ...], object]] = [((), root)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, str):
            if any("\ud800" <= char <= "\udfff" for char in value):
                yield path
        elif isinstance(value, list):
            pending += [((*path, index), item) for index, item in enumerate(cast("list[object]", value))]
        elif isinstance(value, dict):
            entries = cast("dict[str, object]", value)
            pending += [((*path, key), part) for key, item in entries.items() for part in (key, item)]


def run_request(body: ProgramBody, limits: Limits, runner: Runner) -> RunRequest:
    """The program as the runner takes it, with what is asked about it. Raises Problem 413 or 422, and Unavailable."""
    if body.code is not None and body.cells is not None:
        raise invalid("Give either code or cells, not both.", pointer="/cells")
    if body.code is None and body.cells is None:
        raise invalid("Give the program as code, or as cells.", pointer="/code")
    cells = tuple(body.cells) if body.cells is not None else (body.code or "",)
    check_cells(cells, limits)
    timeout_s = limits.timeout_s if body.timeout_s is None else body.timeout_s
    if not timeout_s <= limits.timeout_s:
        detail = f"timeout_s is {timeout_s:g}, above the limit of {limits.timeout_s:g} seconds (limits.timeout_s)."
        raise invalid(detail, pointer="/timeout_s")
    device: Device = default_device(runner) if body.device == "auto" else body.device
    titles = body.called
    if titles and len(titles) != len(cells):
        raise invalid(f"There are {len(titles)} titles for {len(cells)} cells. Give one for each.", pointer="/titles")
    if len(set(titles)) < len(titles):
        raise invalid("Two cells have the same title. Give each its own.", pointer="/titles")
    asked = body.inquiry()
    inquiries = () if asked is None else (asked,)
    return RunRequest(cells, body.seed, device, body.traced, timeout_s, inquiries, titles=titles, rounds=body.rounds)


def check_cells(cells: tuple[str, ...], limits: Limits) -> None:
    """Raises Problem 422 where there is no cell or too many, and 413 where their source is too long."""
    if not cells:
        raise invalid("There must be one cell at least.", pointer="/cells")
    if len(cells) > limits.cells:
        detail = f"{len(cells)} cells are above the limit of {limits.cells} (limits.cells). Put more into each cell."
        raise invalid(detail, pointer="/cells")
    check_size(cells, limits)


def check_size(cells: tuple[str, ...], limits: Limits) -> None:
    """Raises Problem 413 where the source is too long."""
    size = sum(len(cell.encode()) for cell in cells)
    if size > limits.code_bytes:
        detail = f"The source is {size} bytes, above the limit of {limits.code_bytes} (limits.code_bytes). Send less."
        raise Problem("too-large", detail)


def default_device(runner: Runner) -> Device:
    """What `auto` means here. Raises Unavailable before the first worker is ready."""
    return "cuda" if runner.environment.device.startswith("cuda") else "cpu"
