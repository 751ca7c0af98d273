"""Runs that go on by themselves, requests that are sent again, and several programs in one request."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from tensorpad.pool.runner import Listener
from tensorpad.protocol.errors import Overloaded, WorkerLost
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome

from tests.support.stages import Stage, cell, completed, stage

pytestmark = pytest.mark.anyio

ALONE = {"Prefer": "wait=1, respond-async"}
KEY = {"Idempotency-Key": "a-key"}


class Held:
    """A script that ends its run when it is told to."""

    def __init__(self) -> None:
        self.end = asyncio.Event()
        self.begun = asyncio.Event()

    async def __call__(self, request: RunRequest, tell: Listener) -> Outcome:
        """Play it."""
        self.begun.set()
        await self.end.wait()
        return completed(cell(stdout=request.cells[0]))


@pytest.fixture
async def api(anyio_backend: str) -> AsyncGenerator[Stage]:
    async with stage(Limits(batch=4)) as found:
        yield found


async def test_id_of_a_run_that_goes_on_by_itself_comes_before_its_end(api: Stage) -> None:
    api.pool.script = held = Held()
    response = await api.post({"code": "hi"}, **ALONE)
    assert (response.status_code, response.headers["preference-applied"]) == (202, "respond-async")
    assert response.json() == {"id": response.headers["x-run-id"]}
    waiting = asyncio.create_task(api.client.get(response.headers["location"]))
    await held.begun.wait()
    held.end.set()
    answer = await waiting
    assert (answer.status_code, answer.json()["id"]) == (200, response.headers["x-run-id"])
    assert answer.json()["cells"][0]["stdout"] == "hi"


async def test_run_that_goes_on_by_itself_can_be_deleted(api: Stage) -> None:
    api.pool.script = held = Held()
    response = await api.post({"code": "hi"}, **ALONE)
    await held.begun.wait()
    assert (await api.client.delete(response.headers["location"])).status_code == 204
    answer = await api.client.get(response.headers["location"])
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cancelled")
    assert api.pool.cancelled.is_set()


async def test_refusal_of_a_run_that_goes_on_by_itself_has_its_status(api: Stage) -> None:
    api.pool.failure = Overloaded("full", 2.0)
    response = await api.post({"code": "hi"}, **ALONE)
    assert (response.status_code, response.headers["retry-after"]) == (503, "2")


async def test_later_failure_of_a_run_that_goes_on_by_itself_is_what_its_address_answers(api: Stage) -> None:
    end = asyncio.Event()

    async def script(_: RunRequest, _tell: Listener) -> Outcome:
        await end.wait()
        raise WorkerLost("lost")

    api.pool.script = script
    response = await api.post({"code": "hi"}, **ALONE)
    end.set()
    answer = await api.client.get(response.headers["location"])
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")


async def test_request_that_is_sent_again_does_not_run_again(api: Stage) -> None:
    api.pool.outcome = completed(cell(stdout="once"))
    first, second = [await api.post({"code": "hi"}, **KEY) for _ in range(2)]
    assert len(api.pool.requests) == 1
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert first.headers["x-run-id"] == second.headers["x-run-id"]
    assert {**first.json(), "timing": None} == {**second.json(), "timing": None}
    stream = await api.post({"code": "hi"}, accept="text/event-stream", **KEY)
    assert len(api.pool.requests) == 1
    assert [line for line in stream.text.splitlines() if line.startswith("event")] == ["event: queued", "event: done"]


async def test_request_that_is_sent_again_waits_for_the_run_that_is_under_way(api: Stage) -> None:
    api.pool.script = held = Held()
    first = asyncio.create_task(api.post({"code": "hi"}, **KEY))
    await held.begun.wait()
    others = [asyncio.create_task(api.post({"code": "hi"}, **KEY)) for _ in range(3)]
    held.end.set()
    answers = [await first, *[await other for other in others]]
    assert len(api.pool.requests) == 1
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_key_with_another_request_is_refused(api: Stage) -> None:
    assert (await api.post({"code": "hi"}, **KEY)).status_code == 200
    for code, headers in (("other", KEY), ("hi", {**KEY, "accept_language": "zh-CN"}), ("hi", {"Idempotency-Key": "a b\t"})):
        response = await api.post({"code": code}, **headers)
        assert response.status_code == 422
    assert len(api.pool.requests) == 1


async def test_request_whose_run_failed_or_was_dropped_runs_again(api: Stage) -> None:
    api.pool.failure = WorkerLost("lost")
    assert (await api.post({"code": "hi"}, **KEY)).status_code == 503
    api.pool.failure = None
    first = await api.post({"code": "hi"}, **KEY)
    assert first.status_code == 200
    await api.client.delete(f"/api/v1/runs/{first.json()['id']}")
    again = await api.post({"code": "hi"}, **KEY)
    assert (again.status_code, len(api.pool.requests)) == (200, 3)
    assert again.json()["id"] != first.json()["id"]


async def test_programs_of_a_batch_are_answered_in_order_and_one_that_is_wrong_takes_nothing_from_the_others(
    api: Stage,
) -> None:
    async def script(request: RunRequest, _: Listener) -> Outcome:
        if request.cells == ("lost",):
            raise WorkerLost("lost")
        return completed(cell(stdout=request.cells[0]))

    api.pool.script = script
    runs = [{"code": "a"}, {"code": "lost"}, {"code": 1}, {"code": "b", "include": ["minimal"]}]
    response = await api.client.post("/api/v1/batch", json={"runs": runs})
    answers = response.json()["answers"]
    assert [answer["status"] for answer in answers] == [200, 503, 422, 200]
    assert [answer["run"]["cells"][0]["stdout"] for answer in answers if answer["run"]] == ["a", "b"]
    assert "steps" in answers[0]["run"]
    assert "steps" not in answers[3]["run"]
    assert answers[2]["problem"]["errors"][0]["pointer"] == "/code"
    kept = await api.client.get(f"/api/v1/runs/{answers[3]['run']['id']}")
    assert kept.status_code == 200


async def test_runs_of_a_batch_that_is_sent_again_are_answered_from_what_is_kept(api: Stage) -> None:
    async def send(*codes: str) -> tuple[bool, list[dict[str, Any]]]:
        runs = [{"code": code} for code in codes]
        response = await api.client.post("/api/v1/batch", json={"runs": runs}, headers=KEY)
        return "idempotency-replayed" in response.headers, response.json()["answers"]

    replayed, first = await send("a", "a", "b")
    ids = [answer["run"]["id"] for answer in first]
    assert (replayed, len(set(ids)), len(api.pool.requests)) == (False, 3, 3)
    replayed, again = await send("a", "a", "b")
    assert (replayed, [answer["run"]["id"] for answer in again]) == (True, ids)

    replayed, other = await send("a", "c", "b")
    assert (replayed, [answer["status"] for answer in other]) == (False, [200, 422, 200])
    assert other[1]["problem"]["type"] == "/problems/idempotency"

    await api.client.delete(f"/api/v1/runs/{ids[1]}")
    replayed, third = await send("a", "a", "b")
    assert (replayed, [answer["run"]["id"] == old for answer, old in zip(third, ids, strict=True)]) == (
        False,
        [True, False, True],
    )
    assert len(api.pool.requests) == 4


async def test_batch_with_a_key_that_is_none_is_refused_whole(api: Stage) -> None:
    headers = {"Idempotency-Key": "a b"}
    response = await api.client.post("/api/v1/batch", json={"runs": [{"code": "a"}]}, headers=headers)
    assert (response.status_code, api.pool.requests) == (422, [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"runs": [', 400),
        ("{}", 422),
        ('{"runs": {}}', 422),
        ('{"runs": []}', 422),
        ('{"runs": [1], "more": 1}', 422),
        ('{"runs": [1, 2, 3, 4, 5]}', 422),
    ],
)
async def test_what_is_no_batch_is_refused(api: Stage, body: str, status: int) -> None:
    response = await api.client.post("/api/v1/batch", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    assert "runs" in response.json()["detail"]


async def test_each_program_of_a_batch_counts_for_the_rate_limit(anyio_backend: str) -> None:
    async with stage(Limits(requests_per_minute=3)) as api:
        response = await api.client.post("/api/v1/batch", json={"runs": [{"code": "a"}] * 5})
        assert [answer["status"] for answer in response.json()["answers"]] == [200, 200, 200, 429, 429]
        assert (await api.post({"code": "a"})).status_code == 429
