"""What a run answers: the mapping from outcomes to bodies."""

import math
from typing import Any, cast

import pytest
import torch
from msgspec.structs import replace
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import CellOutput, Crashed, Outcome, OutOfMemory, OutputLimit, TimedOut
from tensorpad.protocol.records import (
    ErrorRecord,
    FullValues,
    Layout,
    RoleRecord,
    TensorRecord,
    TruncationRecord,
    Values,
)
from tensorpad.protocol.steps import BindingRecord, StepRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render.errors import DrawError

from tests.support.autograd_records import tutorial
from tests.support.stages import ENVIRONMENT, TIMING, Stage, cell, completed, stage

pytestmark = pytest.mark.anyio

ERROR = ErrorRecord("ZeroDivisionError", "division by zero", 1, 0, 1, 3, "Traceback …")
WHOLE: dict[str, Any] = {"trace": TraceRecord(), "timing": TIMING, "environment": ENVIRONMENT}


def tensor(values: Values, shape: tuple[int, ...]) -> TensorRecord:
    return TensorRecord(
        "t1", Layout(shape, (1,), "float32", "cpu", None), (RoleRecord(None, False, True),), values, names=("x",)
    )


def listed(value: Any) -> list[Any]:
    """`Tensor.tolist`, which torch leaves without a type."""
    return value.tolist()


async def test_program_that_ends_well_is_ok(api: Stage) -> None:
    api.pool.outcome = completed(cell(stdout="hello\n", text="3"))
    response = await api.post({"code": "print('hello')\n1 + 2"})
    body = response.json()
    assert (body["status"], body["message"]) == ("ok", None)
    assert body["cells"][0] == {
        "status": "ok",
        "stdout": "hello\n",
        "stderr": "",
        "result": {"text": "3", "tensor": None},
        "displays": [],
        "error": None,
        "title": None,
    }
    assert body["id"] == response.headers["x-run-id"]
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["access-control-allow-origin"] == "*"


async def test_request_reaches_the_runner_whole(api: Stage) -> None:
    await api.post({"cells": ["a", "b"], "seed": None, "device": "cpu", "trace": "off", "timeout_s": 2})
    assert api.pool.requests == [RunRequest(cells=("a", "b"), seed=None, device="cpu", trace=False, timeout_s=2.0)]


async def test_rounds_that_are_recorded_reach_the_runner(api: Stage) -> None:
    await api.post({"code": "a", "trace": {"rounds": 20}})
    assert api.pool.requests == [RunRequest(cells=("a",), rounds=20)]


async def test_titles_of_cells_reach_the_runner_and_are_in_the_answer(api: Stage) -> None:
    api.pool.outcome = completed(cell(), CellOutput())
    titles = ["程序 1", "程序 6"]
    answer = (await api.post({"cells": ["a", "b"], "titles": titles})).json()
    assert api.pool.requests[0].titles == tuple(titles)
    assert [each["title"] for each in answer["cells"]] == titles


@pytest.mark.parametrize(
    "titles",
    [
        ["one"],
        ["one", "two", "three"],
        ["same", "same"],
        ["a", "<b>"],
        ["a", "b\nc"],
        ["a", "`b`"],
        ["a", ""],
        ["a", "b" * 81],
    ],
)
async def test_titles_that_do_not_name_each_cell_by_itself_are_refused(api: Stage, titles: list[str]) -> None:
    response = await api.post({"cells": ["a", "b"], "titles": titles})
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"].startswith("/titles")
    assert api.pool.requests == []


async def test_defaults_are_seed_zero_full_trace_and_the_longest_time(api: Stage) -> None:
    await api.post({"code": "a"})
    assert api.pool.requests == [RunRequest(cells=("a",), seed=0, device="cpu", trace=True, timeout_s=Limits().timeout_s)]


async def test_exception_of_the_program_is_an_answer(api: Stage) -> None:
    api.pool.outcome = completed(cell(error=ERROR), CellOutput())
    response = await api.post({"cells": ["1/0", "2"]})
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "error"
    assert body["message"] is None
    assert [part["status"] for part in body["cells"]] == ["error", "not_run"]
    error = body["cells"][0]["error"]
    assert (error["type"], error["line"], error["end_column"]) == ("ZeroDivisionError", 1, 3)


async def test_report_that_leaves_out_the_end_of_a_cell_is_no_success(api: Stage) -> None:
    api.pool.outcome = completed(CellOutput(started=True), CellOutput())
    body = (await api.post({"cells": ["forge()", "2"]})).json()
    assert body["status"] == "error"
    assert [part["status"] for part in body["cells"]] == ["error", "not_run"]


@pytest.mark.parametrize(
    ("kind", "facts", "status", "interruption", "words"),
    [
        (TimedOut, {"limit_s": 2.5}, "timeout", "Timeout", ["2.5 s", "loop"]),
        (OutOfMemory, {"limit_bytes": 2**30}, "out_of_memory", "OutOfMemory", ["1024 MiB", "smaller"]),
        (OutputLimit, {"what": "output", "limit_bytes": 2**18}, "output_limit", "OutputLimit", ["256 KiB", "Print less"]),
        (OutputLimit, {"what": "report", "limit_bytes": 2**20}, "output_limit", "OutputLimit", ["1024 KiB", "trace"]),
        (Crashed, {"cause": "signal", "signal": "SIGSEGV"}, "crashed", "Crashed", ["ended by the signal SIGSEGV", "again"]),
        (Crashed, {"cause": "exit", "exit_code": 7}, "crashed", "Crashed", ["its own process", "exit code 7"]),
        (Crashed, {"cause": "no_report", "detail": "too short"}, "crashed", "Crashed", ["no report: too short."]),
        (Crashed, {"cause": "unknown"}, "crashed", "Crashed", ["the cause is not known"]),
    ],
)
async def test_program_that_was_ended_says_why_and_what_to_do(
    api: Stage, kind: type[Any], facts: dict[str, Any], status: str, interruption: str, words: list[str]
) -> None:
    outcome: Outcome = kind(cells=(cell(stdout="a"), CellOutput("b", "", started=True), CellOutput()), **WHOLE, **facts)
    api.pool.outcome = outcome
    response = await api.post({"cells": ["1", "2", "3"]})
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == status
    for word in words:
        assert word in body["message"]
    assert [part["status"] for part in body["cells"]] == ["ok", "error", "not_run"]
    stopped = body["cells"][1]
    assert stopped["stdout"] == "b"
    assert stopped["error"]["type"] == interruption
    assert stopped["error"]["message"] == body["message"]
    assert (stopped["error"]["line"], stopped["error"]["traceback"]) == (None, "")


@pytest.mark.parametrize(
    ("body_lang", "header", "chinese"),
    [
        ("zh-CN", "en", True),
        ("en", "zh", False),
        (None, "fr, zh-TW;q=0.9, en;q=0.8", True),
        (None, "zh;q=0.1, en-GB", False),
        (None, "zh;q=0", False),
        (None, "", False),
    ],
)
async def test_messages_are_in_the_language_asked_for(api: Stage, body_lang: str | None, header: str, chinese: bool) -> None:
    api.pool.outcome = TimedOut(cells=(cell(),), **WHOLE, limit_s=1.0)
    response = await api.post({"code": "1", "lang": body_lang}, accept_language=header)
    assert ("程序" in response.json()["message"]) is chinese


async def test_a_cell_without_an_end_says_so_in_the_language_asked_for(api: Stage) -> None:
    api.pool.outcome = completed(CellOutput("", "", started=True))
    errors = [(await api.post({"code": "1", "lang": lang})).json()["cells"][0]["error"] for lang in ("en", "zh-CN")]
    assert [error["message"] for error in errors] == ["It did not end.", "没有运行完。"]


@pytest.mark.parametrize(
    "value",
    [
        torch.tensor(2.5),
        torch.tensor([1.0, math.nan, math.inf, -math.inf]),
        torch.arange(24).reshape(2, 3, 4),
        torch.tensor([[True, False]]),
        torch.tensor([[1 + 2j, complex(math.nan, 0)]]),
        torch.empty(2, 0, 3),
        torch.empty(0, 5),
    ],
)
async def test_values_are_nested_as_torch_nests_them_without_losing_what_json_lacks(api: Stage, value: torch.Tensor) -> None:
    flat = torch.view_as_real(value) if value.is_complex() else value
    full = FullValues(tuple(value.shape), tuple(listed(flat.flatten())), complex=value.is_complex())
    api.pool.outcome = completed(trace=TraceRecord(tensors=(tensor(full, tuple(value.shape)),)))
    sent = (await api.post({"code": "x"})).json()["tensors"][0]["values"]
    names = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}

    def spell(part: Any) -> Any:
        if isinstance(part, list):
            return [spell(inner) for inner in cast("list[Any]", part)]
        return names.get(str(part), part)

    assert sent == {"kind": "full", "data": spell(listed(flat))}


async def test_no_elements_in_very_many_rows_are_opaque(api: Stage) -> None:
    shape = (2**40, 0)
    api.pool.outcome = completed(trace=TraceRecord(tensors=(tensor(FullValues(shape, ()), shape),)))
    assert (await api.post({"code": "x"})).json()["tensors"][0]["values"]["kind"] == "opaque"


async def test_graphs_come_with_their_nodes_and_pictures(api: Stage) -> None:
    trace, _ = tutorial()
    api.pool.outcome = completed(trace=trace)
    graph = (await api.post({"code": "…"})).json()["graphs"][0]
    assert (graph["id"], graph["root_name"], graph["backward"]) == ("g1", "out", True)
    assert "<svg" in graph["svg"]
    leaf = next(node for node in graph["nodes"] if node["kind"] == "leaf")
    assert (leaf["names"], leaf["grad"]["data"]) == (["x"], [[4.5, 4.5], [4.5, 4.5]])


async def test_graph_that_is_like_a_later_one_comes_as_an_outline_and_is_drawn_when_it_is_asked_for(api: Stage) -> None:
    trace, graph = tutorial()
    api.pool.outcome = completed(trace=replace(trace, graphs=(graph, replace(graph, id="g2"))))
    body = (await api.post({"code": "…"})).json()
    assert api.drawer.drawn == ["g2"]
    outline, last = body["graphs"]
    assert (outline["id"], outline["like"], outline["svg"], outline["dot"]) == ("g1", "g2", None, None)
    assert all("value" not in node and "grad" not in node for node in outline["nodes"])
    assert [node["id"] for node in outline["nodes"]] == [node["id"] for node in last["nodes"]]
    assert (last["like"], "<svg" in last["svg"]) == (None, True)
    assert body["truncated"] == []
    asked = {"code": "…", "graph": "g1"}
    whole = (await api.client.post("/api/v1/graph", json=asked, headers={"Accept": "application/json"})).json()
    assert whole["id"] == "g1"
    assert "<svg" in whole["svg"]
    assert [node.get("value") for node in whole["nodes"]] == [node.get("value") for node in last["nodes"]]


async def test_graph_without_a_picture_is_listed_as_truncated(api: Stage) -> None:
    trace, _ = tutorial()
    api.pool.outcome = completed(trace=trace)
    api.drawer.layout = False
    body = (await api.post({"code": "…"})).json()
    assert body["graphs"][0]["svg"] is None
    assert body["graphs"][0]["dot"]
    assert {"what": "picture of g1", "limit": 3} in body["truncated"]


async def test_failed_drawing_leaves_the_answer_whole(api: Stage) -> None:
    trace, _ = tutorial()
    api.pool.outcome = completed(cell(displays=(DisplayRecord("graph", "mine", "digraph {}"),)), trace=trace)
    api.drawer.failure = DrawError("syntax error in line 1")
    response = await api.post({"code": "…"})
    assert response.status_code == 200
    body = response.json()
    assert body["graphs"][0]["svg"] is None
    assert body["graphs"][0]["dot"].startswith("digraph")
    assert body["cells"][0]["displays"][0]["note"] == "syntax error in line 1"
    assert body["cells"][0]["displays"][0]["svg"] is None


async def test_drawing_that_never_ends_is_cut_off() -> None:
    trace, _ = tutorial()
    async with stage(Limits(draw_s=0.01)) as api:
        api.pool.outcome = completed(cell(displays=(DisplayRecord("graph", "mine", "digraph {}"),)), trace=trace)
        api.drawer.endless = True
        body = (await api.post({"code": "…"})).json()
    assert body["graphs"][0]["svg"] is None
    assert "0.03 s" in body["cells"][0]["displays"][0]["note"]


async def test_only_as_many_graphs_and_displays_as_the_limit_are_drawn() -> None:
    trace, graph = tutorial()
    many = TraceRecord(
        tensors=trace.tensors,
        operations=trace.operations,
        graphs=(graph, graph, graph),
        truncated=(TruncationRecord("variables", 5),),
    )
    displays = tuple(DisplayRecord("graph", f"d{number}", "digraph {}") for number in range(4))
    async with stage(Limits(graphs=2)) as api:
        api.pool.outcome = completed(cell(displays=displays), trace=many)
        body = (await api.post({"code": "…"})).json()
    assert len(body["graphs"]) == 2
    assert len(api.drawer.drawn) == 4
    assert [bool(display["svg"]) for display in body["cells"][0]["displays"]] == [True, True, False, False]
    assert {"what": "graphs", "limit": 2} in body["truncated"]
    assert {"what": "variables", "limit": 5} in body["truncated"]


async def test_steps_and_timing_are_told(api: Stage) -> None:
    trace, _ = tutorial()
    names = tuple(operation.id for operation in trace.operations)
    bound = StepRecord("statement", bound=(BindingRecord("x", "torch.Tensor", None, "t1"),), unbound=("y",))
    steps = (*(StepRecord("operation", ref=name) for name in names), bound)
    api.pool.outcome = completed(trace=replace(trace, steps=steps))
    body = (await api.post({"code": "…"})).json()
    assert body["steps"][:-1] == [{"kind": "operation", "ref": name} for name in names]
    assert [operation["id"] for operation in body["operations"]] == list(names)
    assert body["steps"][-1]["bound"] == [{"name": "x", "type": "torch.Tensor", "value": "t1"}]
    assert (body["steps"][-1]["kind"], body["steps"][-1]["unbound"]) == ("statement", ["y"])
    assert (body["timing"]["queued_ms"], body["timing"]["run_ms"]) == (0.5, 1.5)
    assert body["timing"]["total_ms"] >= body["timing"]["render_ms"]


async def test_large_report_is_mapped_as_a_small_one_is(api: Stage) -> None:
    one = tensor(FullValues((1,), (1.0,)), (1,))
    api.pool.outcome = completed(trace=TraceRecord(tensors=(one,) * 1_000))
    assert len((await api.post({"code": "…"})).json()["tensors"]) == 1_000
