"""The headers that requests may have and answers come with, as components of the description."""

from typing import Any, Final

_TEXT: Final = {"type": "string"}


def _header(
    description: str, example: object, *, always: bool = False, schema: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {"description": description, "required": always, "schema": schema or _TEXT, "example": example}


SENT: Final[dict[str, dict[str, Any]]] = {
    "X-Request-Id": _header(
        "The id of the request, by which the service's log knows it: the one that the request gave in this header, if it is "
        "up to 64 letters, digits, dots, underscores and hyphens, else a new one.",
        "5f0c6b1e9d3a4c27",
        always=True,
    ),
    "X-Run-Id": _header("The id of the run, with which it can be deleted.", "h3cVb0cQyZ7uM1q4o2dXGA", always=True),
    "Cache-Control": _header("How long, and by whom, the answer may be kept.", "no-store", always=True),
    "Vary": _header("The headers of the request that the answer depends on.", "Accept, Accept-Language"),
    "ETag": _header("A name of the content, to send as `If-None-Match`.", '"9b2f6c0d4f7a1e58"', always=True),
    "Content-Language": _header("The language of the texts.", "en", always=True),
    "Location": _header(
        "Where the stored program, or the answer of the run, is.", "/api/v1/snippets/Zm9vYmFyYmF6cXV4MTIz", always=True
    ),
    "Preference-Applied": _header("What of the header Prefer was followed.", "respond-async", always=True),
    "Idempotency-Replayed": _header("`true` where the answer is from the run of an earlier request.", "true"),
    "Retry-After": _header(
        "Seconds after which the same request may succeed.", 2, always=True, schema={"type": "integer", "minimum": 0}
    ),
    "Tensorpad-Degraded": _header(
        "What is worse in this answer than it could be: `layout-time` (folded, because its layout took too long) or "
        "`undrawn`. Such an answer is kept by nobody. Absent where nothing is.",
        "layout-time",
    ),
    "RateLimit": _header(
        "What is left to this client address: `r` requests within the next `t` seconds "
        "(draft-ietf-httpapi-ratelimit-headers). Absent where the answer cost no run.",
        '"runs";r=599;t=60',
    ),
    "RateLimit-Policy": _header("How many requests (`q`) a client address has in `w` seconds.", '"runs";q=600;w=60'),
}
"""Headers of answers, by name. The `required` ones are there whenever an answer lists them."""

TAKEN: Final[dict[str, dict[str, Any]]] = {
    "Idempotency-Key": {
        "description": "A name of this request among those of the client, such as a random one. While the run is kept, the "
        "same request with the same key is answered from it.",
        "schema": {**_TEXT, "minLength": 1, "maxLength": 255, "pattern": "^[!#-\\[\\]-~]+$"},
    },
    "Prefer": {
        "description": "`respond-async` is answered with 202 before the run has ended (RFC 7240).",
        "schema": _TEXT,
        "example": "wait=10",
    },
    "Accept-Language": {
        "description": "Language of texts where `lang` names none; English if it prefers none that there is.",
        "schema": _TEXT,
        "example": "en",
    },
    "If-None-Match": {
        "description": "ETags of answers that the client has. If one is current, the answer to GET is 304 without a body, "
        "and the one to POST is the problem `precondition` (412).",
        "schema": _TEXT,
    },
}
"""Headers of requests, by name."""


def components() -> dict[str, Any]:
    """The components of headers that answers have."""
    return {name: dict(header) for name, header in SENT.items()}


def sent(*names: str) -> dict[str, Any]:
    """The headers of an answer: these, and those that every answer has."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-Id", *names)}


def taken(name: str) -> dict[str, Any]:
    """The parameter of a request for a header."""
    return {"name": name, "in": "header", "required": False, **TAKEN[name]}
