"""The API's description: what the routes declare, with the bodies that they read themselves and the one form of a fault."""

from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from tensorpad.api.graphs.routes import GraphRequest
from tensorpad.api.graphs.schemas import GraphBody
from tensorpad.api.inquiries.inquiry_schemas import DerivationRequest, LensRequest
from tensorpad.api.inquiries.opening_schemas import OpeningRequest
from tensorpad.api.inquiries.window_schemas import WindowRequest
from tensorpad.api.problems import MEDIA_TYPE
from tensorpad.api.runs.schemas import ProblemBody, RunBody
from tensorpad.api.runs.stream import CellEvent, OutputEvent, QueuedEvent
from tensorpad.api.snippets import SnippetRequest

_READ = (RunBody, GraphRequest, LensRequest, DerivationRequest, OpeningRequest, WindowRequest, SnippetRequest)
_SENT = (GraphBody, ProblemBody, QueuedEvent, OutputEvent, CellEvent)
_REFERENCE = "#/components/schemas/{model}"

DESCRIPTION = """Runs PyTorch programs in a sandbox and tells what happened to every tensor in them.

Not-a-number and infinities are the strings "NaN", "Infinity" and "-Infinity"; a complex number is [re, im]. An integer
beyond 2**53, which many readers of JSON would round, is a string of its digits. Faults are problem+json (RFC 9457). Lines
count from 1, columns from 0, in characters."""

FAULT: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A fault of the request or of the service (RFC 9457).",
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model="ProblemBody")}}},
    }
}
"""What every route may answer besides its own."""


class DescribedAPI(FastAPI):
    """An application whose description has the models that its routes read and send by themselves."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document, made when it is first asked for."""
        if self.openapi_schema is None:
            document = super().openapi()
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            models: list[tuple[type, JsonSchemaMode, TypeAdapter[Any]]] = [
                *((model, "validation", TypeAdapter(model)) for model in _READ),
                *((model, "serialization", TypeAdapter(model)) for model in _SENT),
            ]
            _, definitions = TypeAdapter.json_schemas(models, ref_template=_REFERENCE)
            for name, schema in definitions["$defs"].items():
                schemas.setdefault(name, schema)
        assert self.openapi_schema is not None
        return self.openapi_schema
