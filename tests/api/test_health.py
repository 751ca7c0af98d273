"""What an operator asks."""

import pytest
from tensorpad import __version__
from tensorpad.protocol.errors import Overloaded, Unavailable
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.outcomes import Crashed
from tensorpad.protocol.records import ErrorRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.stages import ENVIRONMENT, TIMING, Stage, cell, completed, stage

pytestmark = pytest.mark.anyio


async def test_process_is_alive_whatever_the_pool_does(api: Stage) -> None:
    api.pool.failure = Unavailable("no worker")
    response = await api.client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "alive"})
    assert api.pool.requests == []


async def test_readiness_is_a_run_that_serves_a_second(api: Stage) -> None:
    for _ in range(3):
        response = await api.client.get("/readyz")
        assert (response.status_code, response.json()) == (200, {"status": "ready"})
    assert len(api.pool.requests) == 1
    assert "torch" in api.pool.requests[0].cells[0]


@pytest.mark.parametrize(
    "failure", [Unavailable("no worker"), Overloaded("32 runs are waiting", 1.0)], ids=["unavailable", "overloaded"]
)
async def test_service_that_cannot_run_is_not_ready_and_says_why(api: Stage, failure: Exception) -> None:
    api.pool.failure = failure
    response = await api.client.get("/readyz")
    assert response.status_code == 503
    assert str(failure) in response.json()["detail"]
    assert response.headers["retry-after"] == "2"


@pytest.mark.parametrize("crashed", [True, False])
async def test_trial_program_that_fails_is_not_ready(api: Stage, crashed: bool) -> None:
    failed = completed(cell(error=ErrorRecord("ImportError", "no torch", 1, 0, 1, 1, "…")))
    end = Crashed(cells=(), trace=TraceRecord(), timing=TIMING, environment=ENVIRONMENT, cause="unknown")
    api.pool.outcome = end if crashed else failed
    response = await api.client.get("/readyz")
    assert response.status_code == 503
    assert "trial program" in response.json()["detail"]


async def test_about_tells_versions_limits_and_isolation() -> None:
    async with stage(Limits(timeout_s=3.0)) as api:
        body = (await api.client.get("/api/v1/about")).json()
    assert body["version"] == __version__
    assert body["environment"]["torch"] == ENVIRONMENT.torch
    assert body["limits"]["timeout_s"] == 3.0
    assert body["isolation"]["profile"] == "strict"
    assert {"name": "cgroup", "held": False, "detail": "no group"} in body["isolation"]["layers"]
    assert body["languages"] == ["en", "zh-CN"]


async def test_any_page_may_ask_the_api_before_it_sends(api: Stage) -> None:
    response = await api.client.options(
        "/api/v1/runs",
        headers={"origin": "https://course.example", "access-control-request-method": "POST"},
    )
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "Content-Type" in response.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in response.headers


async def test_only_the_api_is_open_to_other_origins(api: Stage) -> None:
    assert "access-control-allow-origin" not in (await api.client.get("/healthz")).headers
    assert "x-request-id" in (await api.client.get("/healthz")).headers
