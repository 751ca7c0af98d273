"""Pictures of failures, in English: a heading for each kind of problem, and where a program failed."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import PlaceText

HEADINGS: Final[Mapping[str, str]] = {
    "malformed": "The request is not JSON",
    "not-found": "There is no such program",
    "no-graph": "There is no such graph",
    "no-part": "There is no such part of the graph",
    "not-acceptable": "This type of picture is not available",
    "slow-body": "The request came too slowly",
    "cancelled": "The run was cancelled",
    "precondition": "The client has this picture already",
    "long-address": "The address is too long",
    "too-large": "The program is too large",
    "media-type": "The request is not JSON",
    "invalid": "The request is not valid",
    "program": "The program failed",
    "rate-limit": "Too many requests: try again later",
    "no-store": "Programs are not stored here",
    "internal": "The service failed",
    "drawing": "The graph could not be drawn",
    "unavailable": "Programs cannot run right now",
    "overloaded": "Too many runs are waiting: try again later",
}

PLACES: Final[Mapping[PlaceText, str]] = {
    "cell": "cell {cell}, line {line}",
    "line": "line {line}",
    "alone": "cell {cell}",
}
