"""What the service counts, for Prometheus. Each application has a registry of its own."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from tensorpad.api.ports import Pool
from tensorpad.api.runs.answer import RunTiming
from tensorpad.protocol.errors import Unavailable

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Counters of one application, and gauges that ask the pool when they are read."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._registry = CollectorRegistry()
        self._runs = Counter("tensorpad_runs", "Runs by outcome.", ["outcome"], registry=self._registry)
        self._seconds = Histogram(
            "tensorpad_run_seconds", "Duration of runs by share.", ["share"], buckets=_SECONDS, registry=self._registry
        )
        self._responses = Counter(
            "tensorpad_http_responses", "HTTP responses by status.", ["status"], registry=self._registry
        )
        self._workers = Gauge("tensorpad_workers", "Workers by state.", ["state"], registry=self._registry)
        self._queued = Gauge("tensorpad_queue_depth", "Runs that wait for a worker.", registry=self._registry)

    def ran(self, outcome: str, timing: RunTiming) -> None:
        """Count a run that the pool answered; `outcome` is its status."""
        self._runs.labels(outcome).inc()
        self._seconds.labels("queued").observe(timing.queued_ms / 1000)
        self._seconds.labels("run").observe(timing.run_ms / 1000)
        self._seconds.labels("render").observe(timing.render_ms / 1000)
        self._seconds.labels("total").observe(timing.total_ms / 1000)

    def failed(self, outcome: str) -> None:
        """Count a run that the service did not answer; `outcome` is `cancelled`, or the slug of the problem."""
        self._runs.labels(outcome).inc()

    def responded(self, status: int) -> None:
        """Count an HTTP response."""
        self._responses.labels(str(status)).inc()

    def exposition(self) -> bytes:
        """Everything in Prometheus' text format."""
        try:
            status = self._pool.status()
        except Unavailable:
            parked, running, queued = 0, 0, 0
        else:
            parked, running, queued = status.parked, status.running, status.queued
        self._workers.labels("parked").set(parked)
        self._workers.labels("running").set(running)
        self._queued.set(queued)
        return generate_latest(self._registry)
