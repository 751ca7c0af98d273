"""One graph by its address, or by a POST."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import CellOutput, TimedOut
from tensorpad.protocol.records import CellRecord, ErrorRecord
from tensorpad.protocol.steps import ModuleRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render.errors import DrawTimeout
from tensorpad.render.looks import Look

from tests.support.autograd_records import tutorial
from tests.support.stages import ENVIRONMENT, TIMING, Stage, cell, completed, stage

pytestmark = pytest.mark.anyio

TRACE, GRAPH = tutorial()


@pytest.fixture
def drawn(api: Stage) -> Stage:
    api.pool.outcome = completed(trace=TRACE)
    return api


async def get(api: Stage, kind: str = "svg", headers: dict[str, str] | None = None, **query: str) -> Any:
    return await api.client.get(f"/api/v1/graph.{kind}", params={"code": "…", **query}, headers=headers)


async def test_svg_says_how_it_was_asked_for(drawn: Stage) -> None:
    response = await get(drawn, style="torchviz", theme="dark", lang="zh-CN")
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.text == "<svg data-style='torchviz' data-theme='dark' lang='zh-CN'>out</svg>"
    assert response.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert drawn.pool.requests == [RunRequest(cells=("…",), timeout_s=Limits().timeout_s)]


async def test_the_worker_is_asked_for_the_graph_of_an_expression(drawn: Stage) -> None:
    """Nothing that a person writes is evaluated in the service."""
    trace = replace(TRACE, graphs=(*TRACE.graphs, replace(TRACE.graphs[0], id="g2", root_name='d["a"][-1]')))
    drawn.pool.outcome = completed(trace=trace)
    response = await get(drawn, "json", of='d["a"][-1]')
    assert (response.status_code, response.json()["id"]) == (200, "g2")
    assert drawn.pool.requests[-1].root == 'd["a"][-1]'


async def test_an_expression_that_stands_for_no_graph_is_answered_with_those_that_there_are(drawn: Stage) -> None:
    response = await get(drawn, of="__import__('os').name")
    assert (response.status_code, response.json()["type"]) == (404, "/problems/no-graph")
    assert "The program's graphs have the roots: out" in response.json()["detail"]


async def test_each_format_has_its_type(drawn: Stage) -> None:
    dot, data, png = [await get(drawn, kind) for kind in ("dot", "json", "png")]
    assert dot.headers["content-type"].startswith("text/vnd.graphviz")
    assert dot.text.startswith("digraph")
    assert data.headers["content-type"] == "application/json"
    assert (data.json()["root_name"], len(data.json()["nodes"])) == ("out", 5)
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNGlight")


async def test_format_is_negotiated_for_a_post(drawn: Stage) -> None:
    for accept, kind in (
        ("image/png", "image/png"),
        ("application/json, text/plain, */*", "application/json"),
        ("text/vnd.graphviz;q=0.5, image/svg+xml;q=0.6", "image/svg+xml"),
        ("*/*", "image/svg+xml"),
    ):
        response = await drawn.client.post("/api/v1/graph", json={"code": "…"}, headers={"accept": accept})
        assert response.headers["content-type"].partition(";")[0] == kind
        assert response.headers["vary"].startswith("Accept, Accept-Language")
    refused = await drawn.client.post("/api/v1/graph", json={"code": "…"}, headers={"accept": "text/html"})
    assert refused.status_code == 406


async def test_root_is_chosen_by_a_name_of_the_program(api: Stage) -> None:
    other = replace(GRAPH, id="g2", root_name="later")
    api.pool.outcome = completed(trace=replace(TRACE, graphs=(GRAPH, other)))
    assert (await get(api, "json")).json()["id"] == "g2"
    assert (await get(api, "json", of="later")).json()["id"] == "g2"
    named = tuple(replace(item, names=("out", "alias")) if item.names == ("out",) else item for item in TRACE.tensors)
    api.pool.outcome = completed(trace=replace(TRACE, tensors=named))
    assert (await get(api, "json", of="alias")).json()["id"] == "g1"


async def test_the_graph_that_was_differentiated_last_is_the_one_that_nobody_has_to_ask_for(api: Stage) -> None:
    passes = tuple(
        BackwardRecord(name, "backward", None, None, (), None, False, False, graphs, (), ())
        for name, graphs in (("b1", ("g2",)), ("b2", ("g1",)), ("b3", ()))
    )
    api.pool.outcome = completed(trace=replace(TRACE, graphs=(GRAPH, replace(GRAPH, id="g2")), backwards=passes))
    assert (await get(api, "json")).json()["id"] == "g1"


async def test_graph_is_chosen_by_its_id_in_a_run_of_the_same_cells(api: Stage) -> None:
    other = replace(GRAPH, id="g2", root_name="later")
    api.pool.outcome = completed(trace=replace(TRACE, graphs=(GRAPH, other)))
    json = {"cells": ["x = 1", "y = 2"], "graph": "g1"}
    response = await api.client.post("/api/v1/graph", json=json, headers={"Accept": "application/json"})
    assert response.json()["id"] == "g1"
    assert api.pool.requests[-1].cells == ("x = 1", "y = 2")
    missing = await api.client.post("/api/v1/graph", json={**json, "graph": "g9"})
    assert (missing.status_code, missing.json()["detail"]) == (404, "The program has no graph 'g9'. It has: g1, g2.")


async def test_graph_is_had_by_its_id_of_a_program_that_failed_after_it(api: Stage) -> None:
    error = ErrorRecord("NameError", "name 'w' is not defined", 3, 0, 3, 1, "…")
    api.pool.outcome = completed(cell(error=error), trace=TRACE)
    assert (await get(api, "json", graph="g1")).json()["id"] == "g1"
    missing = await get(api, "json", graph="g9")
    assert (missing.status_code, missing.json()["type"]) == (422, "/problems/program")


async def test_program_runs_with_the_seed_of_its_run(drawn: Stage) -> None:
    assert (await get(drawn, seed="7")).status_code == 200
    assert drawn.pool.requests[-1].seed == 7


async def test_modules_are_folded_and_opened_as_asked(api: Stage) -> None:
    modules = [ModuleRecord("net", "Net", 1) for _ in TRACE.operations]
    operations = tuple(replace(one, module=module) for one, module in zip(TRACE.operations, modules, strict=True))
    api.pool.outcome = completed(trace=replace(TRACE, operations=operations))

    async def shown(**choice: list[str]) -> list[str]:
        response = await api.client.get("/api/v1/graph.json", params={"code": "…", **choice})
        return [node["kind"] for node in response.json()["nodes"]]

    (group,) = (await get(api, "json")).json()["groups"]
    assert "folded" not in await shown()
    assert "folded" in await shown(closed=[group["id"]])
    inside = [node["id"] for node in (await get(api, "json")).json()["nodes"] if node["group"] == group["id"]]
    assert "folded" not in await shown(closed=[group["id"]], open=inside[:1])


async def test_unknown_root_lists_those_that_exist(drawn: Stage) -> None:
    response = await get(drawn, of="w")
    assert response.status_code == 404
    assert response.json()["type"] == "/problems/no-graph"
    assert "'w'" in response.json()["detail"]
    assert "roots: out" in response.json()["detail"]


async def test_program_without_a_graph_says_so(api: Stage) -> None:
    api.pool.outcome = completed(trace=TraceRecord())
    response = await get(api)
    assert response.status_code == 404
    assert "requires_grad=True" in response.json()["detail"]


async def test_failed_program_is_a_problem_with_its_error_its_place_and_what_explains_it(api: Stage) -> None:
    error = ErrorRecord("NameError", "name 'y' is not defined", 3, 0, 3, 1, "…")
    api.pool.outcome = completed(cell(error=error))
    response = await get(api, code="import torch\nx = 1\ny")
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"] == "NameError: name 'y' is not defined (line 3)"
    (fault,) = response.json()["errors"]
    assert (fault["type"], fault["line"], fault["cell"], fault["status"]) == ("NameError", 3, None, "error")
    assert fault["explanation"] == "No such name"


async def test_failure_without_an_error_is_a_problem_too(api: Stage) -> None:
    forged = CellOutput(started=True, record=CellRecord(0, "error", None, None))
    for output in (forged, CellOutput(started=True)):
        api.pool.outcome = completed(output)
        response = await get(api, code=repr(output))
        assert response.status_code == 422
        assert response.json()["type"] == "/problems/program"


async def test_program_that_is_ended_is_a_problem(api: Stage) -> None:
    api.pool.outcome = TimedOut(cells=(cell(),), trace=TRACE, timing=TIMING, environment=ENVIRONMENT, limit_s=1.0)
    response = await get(api)
    assert response.status_code == 422
    assert "time limit of 1 s" in response.json()["detail"]


async def test_layout_that_takes_too_long_is_a_problem_that_names_a_way_out(drawn: Stage) -> None:
    drawn.drawer.layout = False
    response = await get(drawn)
    assert (response.status_code, response.json()["type"]) == (503, "/problems/drawing")
    assert "graph.dot" in response.json()["detail"]
    assert response.headers["retry-after"] == "10"
    drawn.drawer.failure = DrawTimeout("the layout took longer than 3 s")
    assert (await get(drawn, "png")).status_code == 503
    assert (await get(drawn, "dot")).status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("of=x", "code"), ("code=1&style=pretty", "style"), ("code=1&theme=blue", "theme"), ("code=1&them=dark", "them")],
)
async def test_wrong_parameter_is_named(api: Stage, query: str, parameter: str) -> None:
    response = await api.client.get(f"/api/v1/graph.svg?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == parameter


async def test_source_that_is_too_long_is_refused() -> None:
    async with stage(Limits(code_bytes=10)) as api:
        assert (await get(api, code="x" * 11)).status_code == 413


async def test_a_picture_is_drawn_as_it_is_asked_for(drawn: Stage) -> None:
    await get(drawn, dir="LR", values="off", timeout_s="2", theme="dark", style="torchviz", lang="zh-CN")
    assert drawn.drawer.looks[-1] == Look("torchviz", "dark", "zh-CN", "LR", values=False)
    assert drawn.pool.requests[-1].timeout_s == 2
    assert (await get(drawn, "png", width="320")).content.endswith(b"light 320")
    body = {"code": "…", "dir": "LR", "width": 640, "max_nodes": 2, "timeout_s": 1.5, "theme": "dark"}
    posted = await drawn.client.post("/api/v1/graph", json=body, headers={"Accept": "image/png"})
    assert posted.content.endswith(b"dark 640")
    assert (drawn.drawer.looks[-1].direction, drawn.pool.requests[-1].timeout_s) == ("LR", 1.5)


async def test_a_graph_without_values_has_shapes_and_functions_alone(drawn: Stage) -> None:
    whole, bare = (await get(drawn, "json")).json(), (await get(drawn, "json", values="off")).json()
    assert any("value" in node or "grad" in node for node in whole["nodes"])
    assert not any("value" in node or "grad" in node for node in bare["nodes"])
    assert not any(edge.get("gradient") for edge in bare["edges"])
    assert [node["shape"] for node in bare["nodes"]] == [node["shape"] for node in whole["nodes"]]


async def test_no_more_nodes_are_drawn_than_asked_for(drawn: Stage) -> None:
    assert len((await get(drawn, "json", max_nodes="3")).json()["nodes"]) == 3
    most = Limits().drawn_nodes
    response = await get(drawn, max_nodes=str(most + 1))
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (422, "max_nodes")
    posted = await drawn.client.post("/api/v1/graph", json={"code": "…", "timeout_s": 99})
    assert (posted.status_code, posted.json()["errors"][0]["pointer"]) == (422, "/timeout_s")


async def test_what_is_folded_is_expanded_by_its_name(api: Stage) -> None:
    operations = tuple(replace(one, module=ModuleRecord("net", "Net", 1)) for one in TRACE.operations)
    api.pool.outcome = completed(trace=replace(TRACE, operations=operations))
    (group,) = (await get(api, "json")).json()["groups"]
    closed = {"closed": group["id"]}
    (fold,) = (await get(api, "json", **closed)).json()["folded"]
    for name in ("all", "net", group["id"], fold["id"]):
        assert (await get(api, "json", expand=name, **closed)).json()["folded"] == []
    unknown = await get(api, "json", expand="nett", **closed)
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/no-part")
    assert "'nett'" in unknown.json()["detail"]
    assert unknown.json()["detail"].endswith(f"It has: {fold['id']}, {group['id']}, net.")


async def test_a_stored_program_brings_its_graph_language_and_theme(tmp_path: Path) -> None:
    async with stage(snippets=tmp_path / "snippets.sqlite3") as api:
        other = replace(GRAPH, id="g2", root_name="later")
        api.pool.outcome = completed(trace=replace(TRACE, graphs=(GRAPH, other)))
        body = {"cells": ["1"], "graph": "g1", "lang": "zh-CN", "theme": "dark"}
        snippet = (await api.client.post("/api/v1/snippets", json=body)).json()["id"]

        async def asked(**query: str) -> tuple[str, str, str]:
            response = await api.client.get("/api/v1/graph.json", params={"snippet": snippet, **query})
            look = api.drawer.looks[-1]
            return response.json()["id"], look.lang, look.theme

        assert await asked() == ("g1", "zh-CN", "dark")
        assert await asked(lang="en", theme="auto", graph="g2") == ("g2", "en", "auto")
        assert (await asked(of="later"))[0] == "g2"
