"""How a request gets an answer that many may ask for: a kept one, a share in one that is being made, or one at its cost."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request

from tensorpad.api.cache import Answer, AnswerCache
from tensorpad.api.problems import Problem
from tensorpad.api.rate_limit import RateLimit
from tensorpad.api.runs.registry import RunRegistry, new_id


class AnswerMaker:
    """Makes the answers of one cache, each as a run that ends when the last client that waits for it leaves."""

    def __init__(self, cache: AnswerCache, registry: RunRegistry, rate_limit: RateLimit) -> None:
        self._cache = cache
        self._registry = registry
        self._rate_limit = rate_limit

    async def answer(
        self,
        request: Request,
        key: str,
        work: Callable[[], Awaitable[Answer]],
        recall: Callable[[], Problem | None] = lambda: None,
    ) -> tuple[Answer, dict[str, str]]:
        """The answer under `key`, by `work` where none is kept, and the rate limit's headers where that costs a run.

        `recall` says how the same work failed a moment ago. Raises that, Problem 429, and what the work raises.
        """
        kept = self._cache.get(key)
        if kept is not None:
            return kept, {}
        failure = recall()
        if failure is not None:
            raise failure
        # Who waits for an answer that is being made already causes no run.
        headers = {} if self._cache.making(key) else self._rate_limit.admit(request)
        return await self._registry.watch(new_id(), self._cache.make(key, work), request.receive), headers
