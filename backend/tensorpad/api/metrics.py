"""What the service counts, for Prometheus. Each application has a registry of its own. `docs/metrics.md` lists it."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from tensorpad.api import route_names
from tensorpad.api.ports import Pool
from tensorpad.protocol.errors import Unavailable
from tensorpad.protocol.outcomes import RunStatus, Timing

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Cache(Protocol):
    """What a cache tells of itself."""

    @property
    def size(self) -> int:
        """Bytes that it keeps."""
        ...

    @property
    def asked(self) -> Mapping[str, int]:
        """How often it was asked, by what came of it."""
        ...


class Kept(Protocol):
    """What is known of the runs that are kept."""

    def now(self) -> tuple[int, int]:
        """How many are kept, and the bytes that they take."""
        ...


class Metrics:
    """Counters of one application, and what the pool, the caches and the kept runs tell when they are asked."""

    def __init__(self, pool: Pool, caches: Mapping[str, Cache] | None = None, kept: Kept | None = None) -> None:
        self._pool = pool
        self._kept = kept
        self._registry = registry = CollectorRegistry()
        self._runs = Counter(
            "tensorpad_runs", "Runs by what asked for them and outcome.", ["kind", "outcome"], registry=registry
        )
        self._seconds = Histogram(
            "tensorpad_run_seconds", "Duration of runs by share.", ["kind", "share"], buckets=_SECONDS, registry=registry
        )
        self._responses = Counter(
            "tensorpad_http_responses", "HTTP responses by route and status.", ["route", "status"], registry=registry
        )
        self._workers = Gauge("tensorpad_workers", "Workers by state.", ["state"], registry=registry)
        self._queued = Gauge("tensorpad_queue_depth", "Runs that wait for a worker.", registry=registry)
        self._kept_runs = Gauge("tensorpad_kept_runs", "Runs that more may be asked of.", registry=registry)
        self._kept_bytes = Gauge("tensorpad_kept_bytes", "Bytes that kept runs take, about.", registry=registry)
        registry.register(_Caches(caches or {}))

    def ran(self, outcome: RunStatus, timing: Timing) -> None:
        """Count a run that the pool answered."""
        kind = route_names.kind()
        self._runs.labels(kind, outcome).inc()
        self._seconds.labels(kind, "queued").observe(timing.queued_ms / 1000)
        self._seconds.labels(kind, "run").observe(timing.run_ms / 1000)

    def failed(self, outcome: str) -> None:
        """Count a run that the service did not answer; `outcome` is `cancelled`, or the slug of the problem."""
        self._runs.labels(route_names.kind(), outcome).inc()

    def rendered(self, seconds: float) -> None:
        """Note how long the pictures of a run and its answer took to make."""
        self._seconds.labels(route_names.kind(), "render").observe(seconds)

    def responded(self, route: str, status: int) -> None:
        """Count an HTTP response."""
        self._responses.labels(route, str(status)).inc()

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
        runs, size = (0, 0) if self._kept is None else self._kept.now()
        self._kept_runs.set(runs)
        self._kept_bytes.set(size)
        return generate_latest(self._registry)


class _Caches:
    """Asks the caches when they are read."""

    def __init__(self, caches: Mapping[str, Cache]) -> None:
        self._caches = caches

    def collect(self) -> Iterator[Metric]:
        """As the registry calls it."""
        asked = CounterMetricFamily("tensorpad_cache_requests", "Requests to a cache.", labels=["cache", "result"])
        kept = GaugeMetricFamily("tensorpad_cache_bytes", "Bytes that a cache keeps.", labels=["cache"])
        for name, cache in self._caches.items():
            kept.add_metric([name], cache.size)
            for result, count in cache.asked.items():
                asked.add_metric([name, result], count)
        yield asked
        yield kept
