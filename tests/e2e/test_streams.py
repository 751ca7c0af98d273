"""A run while it happens, against the real service: the order of events, and the ways in which a run ends early."""

import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.support.client import Client, until

ENDLESS = "print('begun', flush=True)\nwhile True: pass"


def test_events_come_in_order_and_end_with_the_whole_answer(client: Client) -> None:
    cells = ["print('a')\n1", "import sys\nprint('b', file=sys.stderr)", "1 / 0", "3"]
    with client.stream(cells=cells) as stream:
        assert stream.response.headers["content-type"] == "text/event-stream; charset=utf-8"
        events = list(stream)
    assert [name for name, _ in events] == ["queued", "stdout", "cell", "stdout", "cell", "cell", "done"]
    assert events[0][1]["id"] == stream.run_id
    assert events[1][1] == {"cell": 0, "stream": "stdout", "text": "a\n"}
    assert events[3][1] == {"cell": 1, "stream": "stderr", "text": "b\n"}
    answer = events[-1][1]
    told = [data["cell"] for name, data in events if name == "cell"]
    assert told == answer["cells"][:3]
    assert [cell["status"] for cell in answer["cells"]] == ["ok", "ok", "error", "not_run"]
    assert answer["status"] == "error"


def test_output_comes_while_the_program_runs(client: Client) -> None:
    with client.stream(code=ENDLESS) as stream:
        events = iter(stream)
        assert next(events)[0] == "queued"
        assert next(events)[1]["text"] == "begun\n"
        assert client.running() >= 1
        assert client.http.delete(f"/api/v1/runs/{stream.run_id}").status_code == 204


def test_deleted_run_ends_before_its_limit_with_a_problem(client: Client) -> None:
    deleted = client.metric("tensorpad_runs_total", outcome="cancelled")
    with client.stream(code=ENDLESS) as stream:
        events = iter(stream)
        assert [next(events)[0], next(events)[0]] == ["queued", "stdout"]
        assert client.http.delete(f"/api/v1/runs/{stream.run_id}").status_code == 204
        [(name, problem)] = list(events)
    assert name == "problem"
    assert problem["type"] == "/problems/cancelled"
    assert problem["status"] == 409
    assert client.metric("tensorpad_runs_total", outcome="cancelled") == deleted + 1
    gone = client.http.delete(f"/api/v1/runs/{stream.run_id}")
    assert gone.status_code == 404
    client.assert_serves()


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_client_that_goes_away_frees_its_worker(client: Client, accept: str) -> None:
    body = httpx.Request("POST", "http://x", json={"code": "while True: pass"}).read()
    cancelled = client.metric("tensorpad_runs_total", outcome="cancelled")
    url = client.http.base_url
    with socket.create_connection((url.host, url.port or 80)) as connection:
        head = f"POST /api/v1/runs HTTP/1.1\r\nHost: {url.host}\r\nAccept: {accept}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)
        until(lambda: client.running() == 1, "the run has a worker")
    until(lambda: client.running() == 0, "the worker is free")
    # It was the client's going that ended it, and not the run's own limit.
    until(lambda: client.metric("tensorpad_runs_total", outcome="cancelled") == cancelled + 1, "the run is cancelled")
    client.assert_serves()


@pytest.mark.long
def test_each_line_stands_under_the_cell_that_printed_it(client: Client) -> None:
    cells = ["1", *(f"print({number}, flush=True)" for number in range(1, 8))]
    with ThreadPoolExecutor(4) as threads:
        runs = [threads.submit(client.post, cells=cells) for _ in range(60)]
    for run in runs:
        printed = [cell["stdout"] for cell in run.result().json()["cells"]]
        assert printed == ["", *(f"{number}\n" for number in range(1, 8))]
