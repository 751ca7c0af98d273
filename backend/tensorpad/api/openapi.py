"""The API's description: what the routes declare, with the bodies that they read and send by themselves.

Routes parse and encode their bodies themselves: admission comes before the body is read, and records are not pydantic's.
So a route names its models with `reads` and `answers`, and the document takes them from there.
"""

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any, cast

import msgspec
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from msgspec import Struct
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode
from starlette.routing import Match
from starlette.types import Scope

from tensorpad.api.problems import MEDIA_TYPE, ProblemDetails
from tensorpad.api.values import FORMS, NON_FINITE

_REFERENCE = "#/components/schemas/{name}"

DESCRIPTION = """Runs PyTorch programs in a sandbox and tells what happened to every tensor in them.

Not-a-number and infinities are the strings "NaN", "Infinity" and "-Infinity"; a complex number is [re, im]. An integer
beyond 2**53, which many readers of JSON would round, is a string of its digits. Faults are problem+json (RFC 9457). Lines
count from 1, columns from 0, in characters."""

Responses = dict[int | str, dict[str, Any]]


class Reference(dict[str, Any]):
    """A reference to the component of a model, which it remembers."""

    def __init__(self, model: type) -> None:
        super().__init__({"$ref": _REFERENCE.format(name=model.__name__)})
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


_FAULT: Responses = {
    "default": {
        "description": "A fault of the request or of the service (RFC 9457).",
        "content": {MEDIA_TYPE: {"schema": reference(ProblemDetails)}},
    }
}
"""What every route may answer besides its own."""


class DescribedAPI(FastAPI):
    """An application whose description has the models that its routes read and send by themselves."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, responses=_FAULT)
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
            components = document.setdefault("components", {}).setdefault("schemas", {})
            components.update(_requests([model for model in self._described if issubclass(model, BaseModel)]))
            components.update(_bodies([model for model in self._described if not issubclass(model, BaseModel)]))
            document["components"]["schemas"] = dict(sorted(components.items()))
        assert self.openapi_schema is not None
        return self.openapi_schema


def _models(part: Any) -> Iterator[type]:
    if isinstance(part, Reference):
        yield part.model
    elif isinstance(part, dict | list | tuple):
        branches = cast("dict[str, Any] | list[Any]", part)
        for branch in branches.values() if isinstance(branches, dict) else branches:
            yield from _models(branch)


def _requests(models: list[type[BaseModel]]) -> dict[str, Any]:
    adapters: list[tuple[type[BaseModel], JsonSchemaMode, TypeAdapter[Any]]] = [
        (model, "validation", TypeAdapter(model)) for model in models
    ]
    return TypeAdapter.json_schemas(adapters, ref_template=_REFERENCE.format(name="{model}"))[1].get("$defs", {})


def _bodies(models: list[type[Struct]]) -> dict[str, Any]:
    """The components of bodies and of the records in them. In JSON, values have the forms of `api.values`."""
    components: dict[str, Any] = {}
    for kinds in (models, FORMS):
        components |= msgspec.json.schema_components(kinds, ref_template=_REFERENCE)[1]
    for schema in components.values():
        _promise(schema)
    return components


_OF_THE_PIPE = ("title", "default", "maxLength", "maxItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
"""What a schema says of what a worker may send, and no promise of ours."""


def _promise(schema: dict[str, Any]) -> None:
    """Turn a schema of what is accepted into one of what is sent: every member, and no limits."""
    for name in _OF_THE_PIPE:
        schema.pop(name, None)
    if "description" in schema:
        schema["description"] = cleandoc(schema["description"])
    if schema.pop("x-non-finite", False):
        schema["anyOf"] = [{"type": schema.pop("type")}, {"enum": list(NON_FINITE)}]
    if "properties" in schema:
        schema["required"] = list(schema["properties"])
    parts = [*schema.get("anyOf", ()), *schema.get("prefixItems", ()), *schema.get("properties", {}).values()]
    for part in (*parts, schema.get("items"), schema.get("additionalProperties")):
        if isinstance(part, dict):
            _promise(part)  # pyright: ignore[reportUnknownArgumentType]
