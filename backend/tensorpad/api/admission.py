"""How many runs one client address may ask for: a moving window of a minute."""

import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from tensorpad.api.problems import Problem

WINDOW_S = 60


def _client(request: Request) -> str:
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


class Admission:
    """Counts runs by client address.

    The headers follow the IETF draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers).
    """

    def __init__(self, requests_per_minute: int) -> None:
        self._item = RateLimitItemPerMinute(requests_per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def admit(self, request: Request) -> dict[str, str]:
        """Count one run and give the headers that say what is left. Raises Problem 429."""
        key = _client(request)
        admitted = self._limiter.hit(self._item, key)
        window = self._limiter.get_window_stats(self._item, key)
        wait_s = min(max(1, math.ceil(window.reset_time - time.time())), WINDOW_S)
        headers = {
            "RateLimit-Policy": f'"runs";q={self._item.amount};w={WINDOW_S}',
            "RateLimit": f'"runs";r={max(0, window.remaining)};t={wait_s}',
        }
        if admitted:
            return headers
        detail = f"This address may ask for {self._item.amount} runs a minute; the next is possible in {wait_s} s."
        raise Problem("rate-limit", detail, headers={**headers, "Retry-After": str(wait_s)})
