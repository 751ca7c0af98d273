"""The problems that an operation may be answered with, by status, each with an example."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

import msgspec

from tensorpad.api.description import headers
from tensorpad.api.problems import KINDS, MEDIA_TYPE, Kind, Problem, body, invalid

EVERYWHERE: Final = ("long-address", "internal")
"""What any request may be answered with."""
OF_A_BODY: Final = ("malformed", "slow-body", "too-large", "media-type", "invalid")
"""Besides, what a request with a body may be answered with."""
OF_A_RUN: Final = ("rate-limit", "unavailable", "overloaded")
"""Besides, what a request that runs a program may be answered with."""

_HEADERS: Final = {412: ("ETag", "Vary"), 429: ("Retry-After", "RateLimit", "RateLimit-Policy"), 503: ("Retry-After",)}
_REQUEST_ID: Final = "5f0c6b1e9d3a4c27"

_EXAMPLES: Final = (
    Problem("malformed", "The body is not JSON in UTF-8: EOF while parsing an object at line 1 column 1. Send one object."),
    Problem("not-found", "No program is stored under the id 'Zm9vYmFyYmF6cXV4MTIz'."),
    Problem("no-tallies", "The operator of this service has not asked for counts; nothing was kept."),
    Problem("no-graph", "No graph has the root 'los'. The program's graphs have the roots: loss."),
    Problem("not-acceptable", "This address gives application/json, and Accept is 'text/html'."),
    Problem("slow-body", "The body did not arrive within 10 seconds."),
    Problem("cancelled", "The run was deleted while it ran."),
    Problem("precondition", 'The answer is still "2f7c30df6e8b51f3a4d90b7f4a3c1e55", which If-None-Match names.'),
    Problem("too-large", "The body is above the limit of 524288 bytes (limits.body_bytes). Send less."),
    Problem("media-type", "Send the body as application/json, not as 'text/plain'."),
    invalid("timeout_s is 60, above the limit of 10 seconds (limits.timeout_s).", pointer="/timeout_s"),
    Problem(
        "program",
        "NameError: name 'y' is not defined (line 2)",
        errors=[{"detail": "name 'y' is not defined", "status": "error", "type": "NameError", "line": 2}],
    ),
    Problem("rate-limit", "This address may ask for 600 runs a minute; the next is possible in 4 s."),
    Problem("no-store", "This service stores no programs. Share a link that holds the program instead."),
    Problem("drawing", "The graph of loss could not be drawn: no layout was found within 3 s. Ask for graph.dot."),
    Problem("overloaded", "32 runs are waiting already; try again in 2 s."),
    Problem("store-full", "The program was not stored: there are 20000 already. Share a link that holds it instead."),
)


def responses(slugs: Iterable[str], *, pictured: bool = False) -> dict[str, Any]:
    """The responses for problems of these kinds, by status, with those that any request may have.

    `pictured` ones are pictures for whoever asks for images.
    """
    kinds = sorted((KINDS[slug] for slug in {*slugs, *EVERYWHERE}), key=lambda kind: (kind.status, kind.slug))
    found = {str(status): _response(list(group)) for status, group in groupby(kinds, key=lambda kind: kind.status)}
    for response in found.values() if pictured else ():
        response["headers"] |= headers.sent("Vary")
        response["content"] |= {"image/svg+xml": {"schema": {"type": "string"}}, "image/png": {}}
    return found


def examples() -> dict[str, Any]:
    """A component for the example of each kind of problem."""
    given = {problem.kind.slug: problem for problem in _EXAMPLES}
    problems = ((slug, given.get(slug) or Problem(slug, kind.meaning)) for slug, kind in KINDS.items())
    return {
        slug: {"summary": problem.kind.title, "value": msgspec.to_builtins(body(problem, _REQUEST_ID))}
        for slug, problem in problems
    }


def _response(kinds: list[Kind]) -> dict[str, Any]:
    return {
        "description": " ".join(_sentences(kinds)),
        "headers": headers.sent("Cache-Control", *_HEADERS.get(kinds[0].status, ())),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                "examples": {kind.slug: {"$ref": f"#/components/examples/{kind.slug}"} for kind in kinds},
            }
        },
    }


def _sentences(kinds: list[Kind]) -> Iterator[str]:
    for kind in kinds:
        yield f"`{kind.slug}`: {kind.title}. {kind.meaning}"
