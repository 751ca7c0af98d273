"""Pictures of failures, in English: a heading for each kind of problem, and where a program failed."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import PlaceText

HEADINGS: Final[Mapping[str, str]] = {
    "malformed": "The request is not JSON",
    "not-found": "There is no such program",
    "no-graph": "There is no such graph",
    "no-part": "There is no such part of the graph",
    "not-acceptable": "This type of picture cannot be given",
    "slow-body": "The request came too slowly",
    "cancelled": "The run was cancelled",
    "precondition": "The client has this picture already",
    "long-address": "The address is too long",
    "too-large": "The program is too large",
    "media-type": "The request is not JSON",
    "invalid": "The request is not right",
    "program": "The program failed",
    "rate-limit": "Too many requests: try again in a while",
    "no-store": "Programs are not stored here",
    "internal": "A fault of the service",
    "drawing": "The graph could not be drawn",
    "unavailable": "No program can be run just now",
    "overloaded": "Too many runs are waiting: try again in a while",
}

PLACES: Final[Mapping[PlaceText, str]] = {
    "cell": "cell {cell}, line {line}",
    "line": "line {line}",
    "alone": "cell {cell}",
}
