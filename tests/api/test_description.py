"""Every answer fits what `/openapi.json` says of it."""

import json
import re
from typing import Any, cast

import jsonschema
import pytest
from tensorpad.api.description import answers
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import CellOutput, TimedOut
from tensorpad.protocol.records import (
    ErrorRecord,
    Layout,
    OpaqueValues,
    RoleRecord,
    Span,
    StorageRecord,
    SummaryValues,
    TensorRecord,
    TruncationRecord,
    VariableRecord,
)
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord

from tests.api.test_streams import events
from tests.support.autograd_records import tutorial
from tests.support.stages import ENVIRONMENT, TIMING, Stage, cell, completed

pytestmark = pytest.mark.anyio

OF_HTTP = {
    *("content-type", "content-length", "content-encoding", "x-content-type-options", "referrer-policy"),
    *("content-security-policy", "cross-origin-resource-policy"),
    *("access-control-allow-origin", "access-control-expose-headers"),
}
"""Headers of any answer that say nothing of it: of its form, and of what browsers may do with it."""
INFINITY = float("inf")
SUMMARY = SummaryValues(
    shape=(1000, 1000),
    count=1_000_000,
    nan=1,
    infinite=2,
    zeros=3,
    minimum=-1.0,
    maximum=1.0,
    mean=INFINITY,
    std=None,
    histogram=(1, 2),
    rows=(0, 999),
    columns=(0,),
    corners=(float("nan"), 1.0),
)


def rich() -> TraceRecord:
    """A trace with a record of each kind, and values of each kind."""
    trace, graph = tutorial()
    large = TensorRecord(
        *(
            "t90",
            Layout((1000, 1000), (1000, 1), "float32", "cpu", "s1"),
            (RoleRecord(None, False, True),),
            SUMMARY,
            ("big",),
        ),
        grad=OpaqueValues((2,), "sparse"),
    )
    return TraceRecord(
        variables=(VariableRecord("big", "Tensor", "tensor(…)", "t90"), VariableRecord("n", "int", "1", None)),
        tensors=(*trace.tensors, large),
        storages=(StorageRecord("s1", 4_000_000, "cpu", ("t90",)),),
        operations=(
            *trace.operations,
            OperationRecord("op90", "torch.ones", Span(0, 1, 4, 1, 20), "torch.ones(…)", (), ("t90",)),
        ),
        graphs=(graph,),
        truncated=(TruncationRecord("variables", 2),),
    )


class Description:
    """Checks answers against the document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def check(self, data: Any, model: str) -> None:
        self.check_schema(data, {"$ref": f"#/components/schemas/{model}"})

    def check_schema(self, data: Any, schema: dict[str, Any]) -> None:
        schema = {**schema, "components": self.document["components"]}
        validator: Any = jsonschema.Draft202012Validator(schema)
        validator.validate(data)

    def closed(self) -> None:
        """Refuse fields that the document does not name, so that what is checked is what is described."""
        for schema in self.document["components"]["schemas"].values():
            if schema.get("type") == "object" and "properties" in schema:
                schema["additionalProperties"] = False


@pytest.fixture
async def described(api: Stage) -> Description:
    description = Description((await api.client.get("/openapi.json")).json())
    description.closed()
    return description


async def test_document_is_a_sound_openapi_31(described: Description) -> None:
    assert described.document["openapi"] == "3.1.0"
    for schema in described.document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    operations = [operation["operationId"] for path in described.document["paths"].values() for operation in path.values()]
    assert len(operations) == len(set(operations))


async def test_references_of_the_document_lead_somewhere(described: Description) -> None:
    pending: list[Any] = [described.document]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            branches = cast("dict[str, Any]", part)
            reference = branches.get("$ref")
            if isinstance(reference, str):
                _, _, group, name = reference.split("/")
                assert name in described.document["components"][group]
            pending += branches.values()
        elif isinstance(part, list):
            pending += cast("list[Any]", part)


async def test_run_with_everything_in_it_fits(api: Stage, described: Description) -> None:
    error = ErrorRecord("ValueError", "no", 1, 0, 1, 2, "Traceback …")
    api.pool.outcome = completed(
        cell(stdout="a", text="1", displays=(DisplayRecord("graph", "mine", "digraph {}"),)),
        cell(index=1, error=error),
        CellOutput(),
        trace=rich(),
    )
    body = (await api.post({"cells": ["…"] * 3})).json()
    described.check(body, "RunResponse")
    summary = body["tensors"][-1]["values"]
    assert summary["mean"] == "Infinity"
    assert summary["histogram"] == [1, 2]
    assert summary["corners"]["data"] == [["NaN"], [1.0]]


async def test_run_that_was_ended_fits(api: Stage, described: Description) -> None:
    cells = (CellOutput("a", "", started=True), CellOutput())
    api.pool.outcome = TimedOut(cells=cells, trace=TraceRecord(), timing=TIMING, environment=ENVIRONMENT, limit_s=1.0)
    described.check((await api.post({"cells": ["…", "…"]})).json(), "RunResponse")


async def test_events_fit(api: Stage, described: Description) -> None:
    from tensorpad.pool.runner import CellEnded, Listener, Output
    from tensorpad.protocol.outcomes import Outcome

    outcome = completed(cell(stdout="a", text="1"), trace=rich())

    async def script(_: RunRequest, tell: Listener) -> Outcome:
        tell(Output(0, "stdout", "a"))
        assert outcome.cells[0].record is not None
        tell(CellEnded(outcome.cells[0].record))
        return outcome

    api.pool.script = script
    response = await api.post({"code": "…"}, accept="text/event-stream")
    models = {"queued": "QueuedEvent", "stdout": "OutputEvent", "cell": "CellEvent", "done": "RunResponse"}
    names = [name for name, _ in events(response.text)]
    assert names == list(models)
    for name, data in events(response.text):
        described.check(data, models[name])


async def test_graph_about_health_and_problems_fit(api: Stage, described: Description) -> None:
    api.pool.outcome = completed(trace=rich())
    for path, model in (
        ("/api/v1/graph.json?code=1", "DrawnGraph"),
        ("/api/v1/about", "About"),
        ("/healthz", "Health"),
        ("/readyz", "Health"),
        ("/api/v1/graph.json", "ProblemDetails"),
        ("/nothing", "ProblemDetails"),
    ):
        described.check((await api.client.get(path)).json(), model)
    described.check((await api.post({"code": 1})).json(), "ProblemDetails")


async def test_names_fit(api: Stage, described: Description) -> None:
    api.pool.outcome = completed(cell(stdout='[{"name": "add", "kind": "function"}]'))
    described.check((await api.client.get("/api/v1/names/torch")).json(), "NamesResponse")


async def test_request_that_is_described_is_accepted(api: Stage, described: Description) -> None:
    body = {"cells": ["1"], "seed": 3, "device": "cpu", "trace": "off", "timeout_s": 1.5, "lang": "zh-CN"}
    described.check(body, "RunBody")
    assert (await api.post(body)).status_code == 200


async def test_every_member_of_every_record_is_described(described: Description) -> None:
    schemas = described.document["components"]["schemas"].items()
    members = ((name, key, member) for name, schema in schemas for key, member in schema.get("properties", {}).items())
    assert [f"{name}.{key}" for name, key, member in members if not member.get("description")] == []
    assert [name for name, schema in schemas if not schema.get("description")] == []


async def test_every_operation_has_a_name_faults_examples_and_described_parameters(described: Description) -> None:
    for path, operations in described.document["paths"].items():
        for method, operation in operations.items():
            assert operation["operationId"].isalpha(), f"{method} {path} is not among the operations of the description"
            assert operation["summary"]
            assert operation["tags"][0] in {tag["name"] for tag in described.document["tags"]}
            assert {"414", "500"} <= operation["responses"].keys()
            for response in operation["responses"].values():
                assert response["description"]
                assert "X-Request-Id" in response["headers"]
                fault = response.get("content", {}).get("application/problem+json")
                assert fault is None or fault["examples"]
            assert all(parameter.get("description") for parameter in operation["parameters"]), f"{method} {path}"
            assert any("example" in parameter for parameter in operation["parameters"]) or not any(
                parameter["in"] != "header" for parameter in operation["parameters"]
            )
            body = operation.get("requestBody")
            assert body is None or body["content"]["application/json"]["examples"]


async def test_every_answer_has_an_example_that_fits(described: Description) -> None:
    for path, operations in described.document["paths"].items():
        for method, operation in operations.items():
            for status, response in operation["responses"].items():
                for media_type, content in response.get("content", {}).items():
                    if media_type in answers.BINARY or (media_type.startswith("image/") and status[0] != "2"):
                        continue  # a failure is told as a problem
                    assert content["examples"], f"{method} {path} {status} {media_type}"
                    for example in content["examples"].values():
                        if media_type.endswith("json") and "value" in example:
                            described.check_schema(example["value"], content["schema"])


async def test_every_component_is_referred_to(described: Description) -> None:
    components = described.document["components"]
    referred = set(re.findall(r'"#/components/(\w+/[\w-]+)"', json.dumps(described.document)))
    named = (f"{group}/{name}" for group in ("schemas", "headers") for name in components[group])
    assert [name for name in named if name not in referred] == []


async def test_headers_that_are_sent_are_described(api: Stage, described: Description) -> None:
    api.pool.outcome = completed(trace=rich())
    undescribed: dict[str, set[str]] = {}
    for path, operations in described.document["paths"].items():
        operation = operations.get("get")
        if operation is None or "{" in path:
            continue
        query = {part["name"]: str(part["example"]) for part in operation["parameters"] if "example" in part}
        response = await api.client.get(path, params={**query, "of": "out"} if "of" in query else query)
        known = {name.lower() for name in operation["responses"][str(response.status_code)]["headers"]}
        if found := {name.lower() for name in response.headers} - known - OF_HTTP:
            undescribed[path] = found
    assert undescribed == {}
