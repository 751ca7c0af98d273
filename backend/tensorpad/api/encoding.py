"""Bodies as JSON: small ones at once, large ones in a thread beside the event loop.

NOTE. The encoder is one call of C, which holds the lock of the interpreter however long it takes: a thread alone would not
let the event loop go on. So a large body is encoded in pieces, between which the lock can change hands.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, cast

import msgspec

_DEPTH = 3
"""Records within one another that are taken apart: a response, a pass in it, and what the engine ran in that."""
_LONG = 32
"""Members from which a list, and with it the record that holds it, is not encoded in one call."""


async def encoded(body: Any, *, at_once: bool, before: bytes = b"", after: bytes = b"") -> bytes:
    """A body as JSON, between two texts."""
    if at_once:
        return b"".join((before, msgspec.json.encode(body), after))
    return await asyncio.to_thread(in_pieces, body, before, after)


def in_pieces(body: Any, before: bytes = b"", after: bytes = b"") -> bytes:
    """The same JSON as in one call, for a thread."""
    return b"".join((before, *_pieces(body, _DEPTH), after))


def _pieces(body: Any, depth: int) -> Iterator[bytes]:
    parts = [(lead, getattr(body, name)) for name, lead in _leads(type(body))] if depth and is_dataclass(body) else []
    if not any(_is_long(value) for _, value in parts):
        yield msgspec.json.encode(body)
        return
    for lead, value in parts:
        yield lead
        if _is_long(value):
            between = b"["
            for member in cast("list[Any]", value):
                yield between
                yield from _pieces(member, depth - 1)
                between = b","
            yield b"]"
        else:
            yield from _pieces(value, depth - 1)
    yield b"}"


def _is_long(value: Any) -> bool:
    return isinstance(value, list) and len(cast("list[Any]", value)) >= _LONG


@cache
def _leads(kind: type) -> tuple[tuple[str, bytes], ...]:
    """The names of a record's fields, with what stands before the value of each."""
    names = [field.name for field in fields(kind)]
    return tuple((name, (b"," if place else b"{") + msgspec.json.encode(name) + b":") for place, name in enumerate(names))
