"""Failures that are remembered for a while, so that a picture in a page does not run a failing program at each view."""

import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from tensorpad.api.cache import Answer
from tensorpad.api.graphs.drawing import DEGRADED_S
from tensorpad.api.problems import Problem

FAILED_S = 60
_MOST = 500
"""Failures that are remembered; the oldest is forgotten first."""

_OF_PROGRAM = ("program", "no-graph")
"""What fails in every form and look."""
_KEPT_S = {"program": FAILED_S, "no-graph": FAILED_S, "no-part": FAILED_S, "drawing": DEGRADED_S}
"""What comes of the request itself once its program has run, and for how long. Overload says nothing of a request."""


class Failing(NamedTuple):
    """The names of a request: with all of it, and as far as its program goes."""

    drawing: str
    program: str


class _Kept(NamedTuple):
    slug: str
    detail: str
    errors: list[dict[str, Any]]
    until: float


class Failures:
    """Remembers what failed, a program once for all of its drawings."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def find(self, request: Failing) -> Problem | None:
        """The failure of a moment ago; its headers say how long it stands."""
        return self._find(request.program) or self._find(request.drawing)

    def watching(self, request: Failing, work: Callable[[], Awaitable[Answer]]) -> Callable[[], Awaitable[Answer]]:
        """The same work, whose failure is remembered and says for how long it stands."""

        async def watched() -> Answer:
            try:
                return await work()
            except Problem as problem:
                self.remember(request, problem)
                raise self.find(request) or problem from None

        return watched

    def remember(self, request: Failing, problem: Problem) -> None:
        """Keep a problem, if it comes of the request."""
        slug = problem.kind.slug
        kept_s = _KEPT_S.get(slug)
        if kept_s is None:
            return
        key = request.program if slug in _OF_PROGRAM else request.drawing
        self._kept.pop(key, None)
        self._kept[key] = _Kept(slug, problem.detail, problem.errors, self._clock() + kept_s)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)

    def _find(self, key: str) -> Problem | None:
        kept = self._kept.get(key)
        if kept is None or kept.until <= self._clock():
            self._kept.pop(key, None)
            return None
        left = max(1, math.ceil(kept.until - self._clock()))
        headers = {"Retry-After": str(left)} if kept.slug == "drawing" else {"Cache-Control": f"public, max-age={left}"}
        return Problem(kept.slug, kept.detail, errors=kept.errors, headers=headers)
