"""What an answer says once is read back as docs/answers.md shows it."""

from collections.abc import AsyncGenerator
from typing import Any

import msgspec
import pytest
import torch
from msgspec import Struct
from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.steps import OperationRecord

from tests.support.comparison import run
from tests.support.documents import of_kind
from tests.support.stages import Stage, completed, stage

pytestmark = pytest.mark.anyio

LOOP = """
model = torch.nn.Sequential(torch.nn.Linear(5, 4), torch.nn.ReLU())
x = torch.ones(10, 5)
for _ in range(3):
    y = model(x).mul(torch.ones(4))
    loss = torch.cat((y, y * y)).sum()
    model.zero_grad()
    loss.backward()
"""
TRACE = run(LOOP).trace


@pytest.fixture
async def api(anyio_backend: str) -> AsyncGenerator[Stage]:
    async with stage() as found:
        found.pool.outcome = completed(trace=TRACE)
        yield found


@pytest.fixture(scope="module")
def reader() -> dict[str, Any]:
    """The functions that the document defines."""
    names: dict[str, Any] = {}
    for fence in of_kind("reader"):
        exec(compile(fence.text, fence.where, "exec"), names)
    return names


def listed(value: Any) -> list[Any]:
    """`Tensor.tolist`, which torch leaves without a type."""
    return value.tolist()


async def ask(api: Stage, *parts: str) -> dict[str, Any]:
    return (await api.post({"code": "…", "include": list(parts)})).json()


def read(kind: type[Struct], record: dict[str, Any]) -> Any:
    """A record as the worker had it."""
    return msgspec.convert(record, kind)


async def test_equal_values_are_sent_once_and_read_back(api: Stage, reader: dict[str, Any]) -> None:
    answer = await ask(api, "full")
    assert len(answer["repeated"]) > 1
    assert len({str(values) for values in answer["repeated"]}) == len(answer["repeated"])
    # The loss is a sum: what arrives at `y` is one in each element, and is the same in every round.
    ones = listed(torch.ones(10, 4))
    for backward in answer["backwards"]:
        gradients = [reader["values_of"](answer, values) for values in backward["gradients"]]
        assert ones in [values["data"] for values in gradients]
        assert ones not in [values.get("data") for values in backward["gradients"]]


async def test_equal_values_are_sent_once_where_all_fit_into_an_answer_that_might_defer_some(api: Stage) -> None:
    answer = (await api.post({"code": "…", "defer_values": True})).json()
    assert answer["repeated"] == (await ask(api, "full"))["repeated"]


async def test_what_is_there_once_stays_where_it_is(api: Stage) -> None:
    x = next(tensor for tensor in (await ask(api, "tensors", "values"))["tensors"] if tensor["names"] == ["x"])
    assert x["values"]["data"] == listed(torch.ones(10, 5))
    assert "repeated" not in await ask(api, "variables")


async def test_steps_read_back_are_those_of_an_answer_without_operations(api: Stage, reader: dict[str, Any]) -> None:
    answer, plain = await ask(api, "full"), (await ask(api, "standard"))["steps"]
    whole = reader["steps_of"](answer)
    assert [{name: step[name] for name in own} for step, own in zip(whole, plain, strict=True)] == plain
    done = [step for step in answer["steps"] if step["kind"] == "operation"]
    assert done
    assert not any({"span", "name", "expression", "inputs", "outputs"} & step.keys() for step in done)


async def test_operations_read_back_are_those_of_the_trace(api: Stage, reader: dict[str, Any]) -> None:
    answer = await ask(api, "operations")
    for name in ("torch.nn.Linear", "torch.nn.functional.linear", "torch.cat"):
        found = [operation for operation in answer["operations"] if operation["name"] == name]
        assert [operation.get("like") for operation in found] == [None, found[0]["id"], found[0]["id"]]
        assert not any({"span", "expression", "memory", "input_shapes"} & operation.keys() for operation in found[1:])
    assert [read(OperationRecord, whole) for whole in reader["operations_of"](answer)] == list(TRACE.operations)


async def test_passes_read_back_are_those_of_the_trace(api: Stage, reader: dict[str, Any]) -> None:
    answer = await ask(api, "backwards")
    first, *later = answer["backwards"]
    assert [backward["like"] for backward in later] == [first["id"]] * 2
    assert not any("name" in run for backward in later for run in backward["runs"])
    plain = [msgspec.structs.replace(backward, gradients=()) for backward in TRACE.backwards]
    assert [read(BackwardRecord, {**whole, "gradients": []}) for whole in reader["passes_of"](answer)] == plain
