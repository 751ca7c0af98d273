"""Backward passes in the bodies of responses."""

import json
from typing import Any

import pytest
from tensorpad.api import encoding
from tensorpad.api.runs.response import formulas
from tensorpad.protocol.traces import TraceRecord

from tests.support.comparison import run

PROGRAM = """
x = torch.ones(2, requires_grad=True)
y = x * 3
y.register_hook(lambda g: g * float("inf"))
y.sum().backward()
"""


@pytest.fixture(scope="module")
def trace() -> TraceRecord:
    return run(PROGRAM).trace


@pytest.fixture(scope="module")
def body(trace: TraceRecord) -> Any:
    return json.loads(encoding.json(trace.backwards[0]))


def test_gradients_are_named_by_their_places(body: Any) -> None:
    total, product, leaf = body["runs"]
    assert [run["name"] for run in body["runs"]] == ["SumBackward0", "MulBackward0", "AccumulateGrad"]
    assert body["gradients"][body["roots"][0]["gradient"]] == {"kind": "full", "single": True, "data": 1.0}
    assert body["gradients"][total["sent"][0]]["data"] == [1.0, 1.0]
    assert body["gradients"][product["arrived"][0]]["data"] == ["Infinity", "Infinity"]
    assert product["next"] == [{"function": leaf["function"], "slot": 0}, None]
    assert product["sent"] == [leaf["arrived"][0], None]
    assert "before" not in leaf["accumulation"]
    assert body["gradients"][leaf["accumulation"]["after"]]["data"] == ["Infinity", "Infinity"]


def test_hooks_have_their_definitions(body: Any) -> None:
    (hook,) = body["runs"][1]["hooks"]
    assert (hook["kind"], hook["name"], hook["slot"], "raised" in hook) == ("tensor", "<lambda>", 0, False)
    assert hook["span"] == {"cell": 0, "line": 4, "column": 16, "end_line": 4, "end_column": 42}
    assert [body["gradients"][hook[when][0]]["data"] for when in ("before", "after")] == [[1.0, 1.0], ["Infinity"] * 2]


def test_formulas_are_those_of_the_functions_that_are_named(trace: TraceRecord) -> None:
    found = formulas(trace)
    assert [formula.function for formula in found] == ["AccumulateGrad", "MulBackward0", "SumBackward0"]
    assert [one.latex for one in found[1].inputs] == [
        r"\mathit{grad} \cdot \mathit{other}",
        r"\mathit{grad} \cdot \mathit{self}",
    ]
