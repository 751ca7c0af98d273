"""A client of a real service, and what a test asks of it most often."""

import json
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.support.patience import PATIENCE_S, in_time


class Client:
    """Speaks to the service at `url`; `headers` go with every request."""

    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        self.http = httpx.Client(base_url=url, headers=headers, timeout=PATIENCE_S)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def post(self, **body: Any) -> httpx.Response:
        """Ask for a run."""
        return self.http.post("/api/v1/runs", json=body)

    def run(self, code: str, **fields: Any) -> dict[str, Any]:
        """The answer of a run that the service carries out."""
        response = self.post(code=code, **fields)
        assert response.status_code == 200, response.text
        return response.json()

    def assert_serves(self) -> None:
        """The next run is right, and does not wait for what the last one left."""
        with in_time():
            assert result(self.run("import torch\ntorch.arange(4).sum().item()")) == "6"

    @contextmanager
    def stream(self, **body: Any) -> "Generator[EventStream]":
        """A run that is sent while it happens."""
        headers = {"Accept": "text/event-stream"}
        with self.http.stream("POST", "/api/v1/runs", json=body, headers=headers) as response:
            yield EventStream(response)

    def metric(self, name: str, **labels: str) -> float:
        """The value of a metric now, of all series with these labels together."""
        families = text_string_to_metric_families(self.http.get("/metrics").text)
        samples = (sample for family in families for sample in family.samples if sample.name == name)
        return sum((sample.value for sample in samples if labels.items() <= sample.labels.items()), start=0.0)

    def running(self) -> float:
        """Workers that carry out a run."""
        return self.metric("tensorpad_workers", state="running")


class EventStream:
    """The events of one run, in the order in which they come."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.iter_lines()

    @property
    def run_id(self) -> str:
        """The id of the run, as the headers tell it."""
        return self.response.headers["x-run-id"]

    def __iter__(self) -> Iterator[tuple[str, dict[str, Any]]]:
        name = ""
        for line in self._lines:
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                yield name, json.loads(value)


def result(body: dict[str, Any]) -> str:
    """What the last cell shows."""
    shown = body["cells"][-1]["result"]
    assert shown is not None, body
    return shown["text"]


def error(body: dict[str, Any]) -> dict[str, Any]:
    """The error of the first cell that has one."""
    return next(cell["error"] for cell in body["cells"] if cell["error"])


def until(condition: Callable[[], bool], what: str, within_s: float = PATIENCE_S) -> None:
    """Wait for a condition, and fail by name if it does not come."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_s} s: {what}"
        time.sleep(0.01)
