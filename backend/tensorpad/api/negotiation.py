"""Content negotiation (RFC 9110, section 12): which of our types a request prefers, and in which language."""

import math
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.requests import Request

from tensorpad.api.problems import Problem
from tensorpad.texts import Lang


def _preferences(header: str) -> list[tuple[str, float]]:
    """Each member of the list with its quality; a quality that cannot be read is 0, so that it never wins."""
    found: list[tuple[str, float]] = []
    for member in header.split(","):
        name, *parameters = (part.strip().lower() for part in member.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = min(max(float(parameter[2:]), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if name:
            found.append((name, 0.0 if math.isnan(quality) else quality))
    return found


def _quality(media_type: str, preferences: list[tuple[str, float]]) -> tuple[float, int]:
    """The quality of the most specific range that covers the type, and how specific that is, which breaks ties."""
    family = media_type.partition("/")[0]
    best = (0.0, -1)
    for name, quality in preferences:
        rank = {media_type: 2, f"{family}/*": 1, "*/*": 0}.get(name, -1)
        if rank > best[1]:
            best = (quality, rank)
    return best


def media_type(request: Request, offers: Sequence[str]) -> str:
    """The offer that the Accept header prefers, the first of them where it is silent. Raises Problem 406."""
    header = ", ".join(request.headers.getlist("accept"))
    if not header.strip():
        return offers[0]
    preferences = _preferences(header)
    # `max` keeps the first of equals, so the order of the offers is our own preference.
    best = max(offers, key=lambda offer: _quality(offer, preferences))
    if _quality(best, preferences)[0] <= 0:
        raise Problem("not-acceptable", f"This address gives {' or '.join(offers)}, and Accept is {header[:200]!r}.")
    return best


def image(headers: Headers, offers: Sequence[str]) -> str | None:
    """The image among the offers that Accept asks for by name or as `image/*`, and rather than a problem; else None."""
    preferences = _preferences(", ".join(headers.getlist("accept")))
    best = max(offers, key=lambda offer: _quality(offer, preferences)[0])
    quality, rank = _quality(best, preferences)
    problem = max(_quality(name, preferences)[0] for name in ("application/problem+json", "application/json"))
    return best if rank > 0 and quality > problem else None


def takes_gzip(headers: Headers) -> bool:
    """Whether Accept-Encoding allows gzip, and does not prefer the body as it is."""
    qualities = dict(_preferences(", ".join(headers.getlist("accept-encoding"))))
    gzip = max((qualities[name] for name in ("gzip", "x-gzip") if name in qualities), default=qualities.get("*", 0.0))
    return gzip > 0 and gzip >= qualities.get("identity", 0.0)


def language(request: Request, chosen: Lang | None = None) -> Lang:
    """The language of texts: the one chosen, else by Accept-Language, else English."""
    if chosen is not None:
        return chosen
    ranked = sorted(_preferences(request.headers.get("accept-language", "")), key=lambda item: -item[1])
    for name, quality in ranked:
        if quality > 0 and name.partition("-")[0] == "zh":
            return "zh-CN"
        if quality > 0 and name.partition("-")[0] == "en":
            return "en"
    return "en"
