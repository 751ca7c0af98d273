"""How many runs, or other costly acts, one client address may ask for: a moving window of a minute."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

from tensorpad.api.problems import Problem

WINDOW_S = 60


def client_of(request: Request) -> str:
    """The key of a client: its IPv4 address, or the /64 network of an IPv6 address, which one household holds whole."""
    host = request.client.host if request.client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False))
    return host


class RateLimit:
    """Counts by client address; `what` is the name of what is counted.

    The headers follow the IETF draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers).
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic, what: str = "runs") -> None:
        self._most = per_minute
        self._clock = clock
        self._what = what
        self._runs: OrderedDict[str, deque[float]] = OrderedDict()
        """When each client's runs of the last minute began; the client whose last run is the oldest comes first."""

    @property
    def clients(self) -> int:
        """Addresses that are remembered."""
        return len(self._runs)

    def admit(self, request: Request) -> dict[str, str]:
        """Count one and give the headers that say what is left. Raises Problem 429."""
        now = self._clock()
        self._forget(now - WINDOW_S)
        key = client_of(request)
        runs = self._runs.setdefault(key, deque())
        while runs and runs[0] <= now - WINDOW_S:
            runs.popleft()
        admitted = len(runs) < self._most
        if admitted:
            runs.append(now)
            self._runs.move_to_end(key)
        wait_s = min(max(1, math.ceil(runs[0] + WINDOW_S - now)), WINDOW_S)
        headers = {
            "RateLimit-Policy": f'"{self._what}";q={self._most};w={WINDOW_S}',
            "RateLimit": f'"{self._what}";r={self._most - len(runs)};t={wait_s}',
        }
        if admitted:
            return headers
        detail = f"This address may ask for {self._most} {self._what} a minute; the next is possible in {wait_s} s."
        raise Problem("rate-limit", detail, headers={**headers, "Retry-After": str(wait_s)})

    def _forget(self, before: float) -> None:
        while self._runs and next(iter(self._runs.values()))[-1] <= before:
            self._runs.popitem(last=False)
