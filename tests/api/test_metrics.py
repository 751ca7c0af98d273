"""`/metrics`: every run once, by what asked for it; routes and no addresses; and Prometheus can read it."""

import re
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from tensorpad.app import create_app
from tensorpad.protocol.errors import Overloaded
from tensorpad.settings import load

from tests.support.autograd_records import tutorial
from tests.support.documents import of_kind
from tests.support.stages import Stage, cell, completed

pytestmark = pytest.mark.anyio

DOCUMENT = Path(__file__).parents[2] / "docs" / "metrics.md"
UNITS = ("_seconds", "_bytes", "_total", "_depth", "tensorpad_workers", "tensorpad_kept_runs")


async def families(api: Stage) -> list[Metric]:
    return list(text_string_to_metric_families((await api.client.get("/metrics")).text))


async def series(api: Stage, name: str) -> dict[tuple[str, ...], float]:
    """The samples of a metric, by the values of their labels."""
    samples = [sample for family in await families(api) for sample in family.samples if sample.name == name]
    return {tuple(sample.labels.values()): sample.value for sample in samples}


async def test_each_run_is_counted_once_by_what_asked_for_it(api: Stage) -> None:
    api.pool.outcome = completed(trace=tutorial()[0])
    await api.post({"code": "1"})
    for _ in range(2):
        # The second is kept, and no run.
        await api.client.get("/api/v1/graph.svg", params={"code": "1"})
    await api.client.post("/api/v1/graph", json={"code": "2"})
    await api.client.head("/api/v1/graph.png", params={"code": "1"})
    await api.client.post("/api/v1/opening", json={"code": "1", "operation": "op0"})
    api.pool.outcome = completed(cell(stdout="[]"))
    await api.client.get("/api/v1/names/torch")
    runs = {("runs", "ok"): 1.0, ("graph", "ok"): 3.0, ("opening", "ok"): 1.0, ("names", "ok"): 1.0}
    assert await series(api, "tensorpad_runs_total") == runs
    assert sum(runs.values()) == len(api.pool.requests)
    shares = await series(api, "tensorpad_run_seconds_count")
    assert {labels: count for labels, count in shares.items() if labels[1] != "render"} == {
        (kind, share): count for (kind, _), count in runs.items() for share in ("queued", "run")
    }
    assert shares["runs", "render"] == 1.0


async def test_run_that_the_service_refuses_is_counted_by_its_problem(api: Stage) -> None:
    api.pool.failure = Overloaded("full", 1.0)
    await api.post({"code": "1"})
    await api.client.get("/api/v1/graph.svg", params={"code": "1"})
    assert await series(api, "tensorpad_runs_total") == {("runs", "overloaded"): 1.0, ("graph", "overloaded"): 1.0}
    assert (await series(api, "tensorpad_http_responses_total"))["/api/v1/runs", "503"] == 1.0


async def test_caches_tell_what_they_served_and_keep(api: Stage) -> None:
    api.pool.outcome = completed(trace=tutorial()[0])
    for code in ("1", "1", "1", "2"):
        await api.client.get("/api/v1/graph.svg", params={"code": code})
    asked = await series(api, "tensorpad_cache_requests_total")
    assert (asked["graphs", "hit"], asked["graphs", "miss"], asked["graphs", "shared"]) == (2.0, 2.0, 0.0)
    assert (await series(api, "tensorpad_cache_bytes"))[("graphs",)] > 0


async def test_kept_runs_are_counted_with_their_bytes(api: Stage) -> None:
    async def kept() -> tuple[float, float]:
        return (await series(api, "tensorpad_kept_runs"))[()], (await series(api, "tensorpad_kept_bytes"))[()]

    assert await kept() == (0.0, 0.0)
    await api.post({"code": "2"})
    number, small = await kept()
    assert number == 1.0
    assert small > 0
    await api.post({"code": "2" * 10_000})
    assert await kept() == (2.0, 2 * small + 9_999)


async def test_responses_are_counted_by_route_and_never_by_address(api: Stage) -> None:
    for number in range(20):
        await api.client.get(f"/nothing/{number}")
        await api.client.get(f"/file{number}.txt")
        await api.client.delete(f"/api/v1/runs/{number}")
        await api.client.head(f"/problems/{number}")
        await api.client.options("/api/v1/runs", headers={"origin": "x", "access-control-request-method": "POST"})
    counted = await series(api, "tensorpad_http_responses_total")
    assert counted["/api/v1/runs/{run_id}", "404"] == 20.0
    assert counted["/problems/{slug}", "404"] == 20.0
    assert counted["none", "404"] == 20.0
    templates = {context.path for context in iter_route_contexts(create_app(load(snippets="off")).routes)} | {"none"}
    assert {route for route, _ in counted} <= templates


async def test_names_follow_the_conventions_of_prometheus_and_are_documented(api: Stage) -> None:
    await api.post({"code": "1"})
    documented = dict(re.findall(r"^\| `(\w+)` \| (\w+) \| ", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))
    found: dict[str, str] = {}
    for family in await families(api):
        if family.name.endswith("_created"):
            continue
        assert family.documentation.endswith("."), family.name
        name = f"{family.name}_total" if family.type == "counter" else family.name
        assert re.fullmatch(r"tensorpad_[a-z_]+", name)
        assert name.endswith(UNITS), f"{name} has no base unit"
        found[name] = family.type
    assert found == documented


async def test_queries_of_the_document_ask_for_metrics_and_labels_that_there_are(api: Stage) -> None:
    await api.post({"code": "1"})
    samples = [sample for family in await families(api) for sample in family.samples]
    for fence in of_kind("query"):
        for line in fence.text.splitlines():
            asked = re.findall(r"(tensorpad_\w+)(?:\{(.*?)\})?", line)
            assert asked
            for name, conditions in asked:
                labels = {label for sample in samples if sample.name == name for label in sample.labels}
                assert any(sample.name == name for sample in samples), name
                assert {condition.partition("=")[0] for condition in conditions.split(",") if condition} <= labels
                for grouped in re.findall(r"by \((.*?)\)", line):
                    assert set(grouped.split(", ")) <= labels
