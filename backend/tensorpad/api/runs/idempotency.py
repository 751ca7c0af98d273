"""`Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a request that is sent again does not run again."""

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from tensorpad.api.problems import Problem, invalid
from tensorpad.api.rate_limit import client_of

MOST = 10_000
"""Keys that are remembered; the oldest is forgotten first."""
_FORM = re.compile(r'"?([\x21\x23-\x5b\x5d-\x7e]{1,255})"?')


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A request with a key: whose and which key, and a hash of all that the answer depends on."""

    key: tuple[str, str]
    content: bytes

    @property
    def another(self) -> Problem:
        """What to say where the key came with another request before."""
        detail = "This Idempotency-Key came with another request before. Give each request a key of its own."
        return Problem("idempotency", detail, errors=[{"header": "Idempotency-Key", "detail": detail}])


def repeatable(request: Request, body: bytes, part: int | None = None) -> Repeatable | None:
    """What the request's key stands for; None if it has none. Raises Problem 422 for what is no key.

    `body` is what is sent for one run. The runs of a batch share its key, each as a `part` of it.
    """
    given = request.headers.get("idempotency-key")
    if given is None:
        return None
    form = _FORM.fullmatch(given.strip())
    if form is None:
        raise invalid("Idempotency-Key must be 1 to 255 visible ASCII characters.", header="Idempotency-Key")
    asked = (request.url.query, request.headers.get("accept-language", ""), request.url.path)
    content = hashlib.sha256("\n".join(asked).encode() + b"\n" + body).digest()
    # No key has a space in it.
    return Repeatable((client_of(request), form[1] if part is None else f"{form[1]} {part}"), content)


class IdempotencyKeys:
    """The run that each key stands for, for as long as a run may be kept."""

    def __init__(self, keep_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._keep_s = keep_s
        self._clock = clock
        self._runs: OrderedDict[tuple[str, str], tuple[float, bytes, str]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._runs)

    def find(self, asked: Repeatable) -> str | None:
        """The id of the run that this request began before. Raises Problem 422 if the key came with another request."""
        until, content, run_id = self._runs.get(asked.key, (0.0, b"", ""))
        if self._clock() >= until:
            return None
        if content != asked.content:
            raise asked.another
        return run_id

    def note(self, asked: Repeatable, run_id: str) -> None:
        """The request begins this run."""
        self._runs.pop(asked.key, None)
        self._runs[asked.key] = (self._clock() + self._keep_s, asked.content, run_id)
        if len(self._runs) > MOST:
            self._runs.popitem(last=False)

    def forget(self, asked: Repeatable) -> None:
        """The run failed, or is not kept: the next request with the key runs."""
        self._runs.pop(asked.key, None)
