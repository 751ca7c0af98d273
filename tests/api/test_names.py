"""`/api/v1/names`: what a worker tells of a module is checked, kept, and asked for once."""

import json

import pytest
from tensorpad.protocol.records import ErrorRecord

from tests.support.stages import Stage, cell, completed

pytestmark = pytest.mark.anyio

TOLD = [{"name": "add", "kind": "function", "signature": "(input, other)", "summary": "Adds."}]


async def test_names_are_told_as_data_that_a_browser_keeps(api: Stage) -> None:
    api.pool.outcome = completed(cell(stdout=json.dumps(TOLD)))
    answer = await api.client.get("/api/v1/names/torch.nn")
    assert answer.json() == {"path": "torch.nn", "names": TOLD}
    assert "max-age" in answer.headers["cache-control"]
    again = await api.client.get("/api/v1/names/torch.nn", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_a_worker_is_asked_once_for_each_module(api: Stage) -> None:
    api.pool.outcome = completed(cell(stdout=json.dumps(TOLD)))
    for path in ("torch", "torch", "torch.nn", "torch"):
        assert (await api.client.get(f"/api/v1/names/{path}")).status_code == 200
    assert len(api.pool.requests) == 2
    assert not any(request.trace for request in api.pool.requests)


@pytest.mark.parametrize("path", ["os", "torch.", "torch.__dict__", "torch.nn')", "torchvision", "numpy.a b"])
async def test_other_paths_are_refused_without_a_run(api: Stage, path: str) -> None:
    assert (await api.client.get(f"/api/v1/names/{path}")).status_code == 404
    assert api.pool.requests == []


async def test_a_path_to_nothing_is_not_found(api: Stage) -> None:
    error = ErrorRecord("AttributeError", "no", 1, 0, 1, 2, "Traceback …")
    api.pool.outcome = completed(cell(error=error))
    assert (await api.client.get("/api/v1/names/torch.nothing")).status_code == 404


@pytest.mark.parametrize("told", ["", "[", '[{"name": 1}]', '[{"name": "a", "kind": "spell"}]'])
async def test_what_is_no_list_of_names_is_our_failure_and_not_kept(api: Stage, told: str) -> None:
    api.pool.outcome = completed(cell(stdout=told))
    assert (await api.client.get("/api/v1/names/torch")).status_code == 500
    api.pool.outcome = completed(cell(stdout="[]"))
    assert (await api.client.get("/api/v1/names/torch")).json() == {"path": "torch", "names": []}
