"""The API's description: what the routes declare, with the bodies that they read and send by themselves.

Routes parse and encode their bodies themselves: admission comes before the body is read, and records are not pydantic's.
So a route names its models with `reads` and `answers`, and the document takes them from there. What it says of an operation
besides is in `description/operations.py`.
"""

from collections.abc import Iterator
from typing import Any, cast

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from msgspec import Struct
from pydantic import BaseModel
from starlette.routing import Match
from starlette.types import Scope

from tensorpad.api.description import faults, headers, schemas
from tensorpad.api.description.operations import OPERATIONS, TAGS
from tensorpad.api.problems import ProblemDetails
from tensorpad.protocol.limits import Limits

DESCRIPTION = """Runs PyTorch programs in a sandbox and tells what happened to every tensor in them.

Not-a-number and infinities are the strings "NaN", "Infinity" and "-Infinity"; a complex number is [re, im]. An integer
beyond 2**53, which many readers of JSON would round, is a string of its digits. Faults are problem+json (RFC 9457). Lines
count from 1, columns from 0, in characters."""

Responses = dict[int | str, dict[str, Any]]


class Reference(dict[str, Any]):
    """A reference to the component of a model, which it remembers."""

    def __init__(self, model: type) -> None:
        super().__init__({"$ref": schemas.REFERENCE.format(name=model.__name__)})
        self.model = model


def reference(model: type) -> dict[str, Any]:
    """A reference to the component of a body that a route reads or answers with."""
    return Reference(model)


def reads(model: type[BaseModel]) -> dict[str, Any]:
    """For `openapi_extra`: the route reads this body."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": reference(model)}}}}


def answers(model: type[Struct], *statuses: int, media_type: str = "application/json") -> Responses:
    """For `responses`: the route answers with this body, of these statuses (200 if there are none)."""
    return {
        status: {"description": "Successful Response", "content": {media_type: {"schema": reference(model)}}}
        for status in statuses or (200,)
    }


def events(**models: type[Struct]) -> dict[str, Any]:
    """For the content of a response: a stream of these events, each with its data."""
    return {
        "text/event-stream": {"schema": {"type": "string"}, "x-events": {name: reference(m) for name, m in models.items()}}
    }


class DescribedAPI(FastAPI):
    """An application whose description has the models that its routes read and send by themselves."""

    def __init__(self, limits: Limits, **options: Any) -> None:
        super().__init__(
            **options,
            # Without one, FastAPI would add its own form of a fault.
            responses={"default": {}},
            openapi_tags=TAGS,
            license_info={"name": "MIT", "identifier": "MIT"},
            # Relative to the description itself, and so right behind any prefix.
            servers=[{"url": "./", "description": "The service that this description is from."}],
            root_path_in_servers=False,
        )
        self._limits = limits
        self._described: set[type] = {ProblemDetails}
        self._added: list[APIRoute] = []

    def add_routes(self, router: APIRouter) -> None:
        """Include a router, and remember its models: FastAPI copies the references, and the copies know none."""
        routes = [route for route in router.routes if isinstance(route, APIRoute)]
        self._added += routes
        self._described.update(_models([(route.responses, route.openapi_extra) for route in routes]))
        self.include_router(router)

    def methods(self, scope: Scope) -> list[str]:
        """What the path of a request answers to. The router names the methods of its first route alone."""
        found = {"OPTIONS"}
        for route in self._added:
            if route.matches(scope)[0] is not Match.NONE:
                found |= route.methods or set()
        # HEAD is wherever GET is: `api.head`.
        return sorted(found | {"HEAD"} if "GET" in found else found)

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document, made when it is first asked for."""
        if self.openapi_schema is None:
            document = super().openapi()
            document["components"] = {
                "schemas": schemas.components(self._described, self._limits),
                "headers": headers.components(),
                "examples": faults.examples(),
            }
            for path, operations in document["paths"].items():
                for method, operation in operations.items():
                    self._describe(operation, f"{method.upper()} {path}")
        assert self.openapi_schema is not None
        return self.openapi_schema

    def _describe(self, operation: dict[str, Any], key: str) -> None:
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = schemas.parameter(parameter["schema"], self._limits)
        known = OPERATIONS.get(key)
        if known is not None:
            known.describe(operation)


def _models(part: Any) -> Iterator[type]:
    if isinstance(part, Reference):
        yield part.model
    elif isinstance(part, dict | list | tuple):
        branches = cast("dict[str, Any] | list[Any]", part)
        for branch in branches.values() if isinstance(branches, dict) else branches:
            yield from _models(branch)
