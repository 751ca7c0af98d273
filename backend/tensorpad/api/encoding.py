"""Bodies as JSON: small ones at once, large ones in a thread beside the event loop."""

import asyncio
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import msgspec
from msgspec import Struct

from tensorpad.api.values import sendable

_DEPTH = 3
"""Records within one another that are taken apart: a response, a pass in it, and a function that the engine ran in that."""
_LONG = 32
"""Members from which a list, and with it the record that contains it, is not encoded in one call."""


def json(body: Any) -> bytes:
    """A body as JSON, in one call."""
    return msgspec.json.encode(sendable(body))


async def encoded(body: Any, *, at_once: bool, before: bytes = b"", after: bytes = b"") -> bytes:
    """A body as JSON, between two texts."""
    if at_once:
        return b"".join((before, json(body), after))
    return await asyncio.to_thread(in_pieces, body, before, after)


def in_pieces(body: Any, before: bytes = b"", after: bytes = b"") -> bytes:
    """The same JSON as in one call, for a thread.

    NOTE. The encoder is one call of C, which keeps the interpreter's lock however long it takes, so a thread alone would
    still stop the event loop. Between pieces the lock can change hands.
    """
    return b"".join((before, *_pieces(body, _DEPTH), after))


def _pieces(body: Any, depth: int) -> Iterator[bytes]:
    parts = [(lead, getattr(body, name)) for name, lead in _leads(type(body))] if depth and isinstance(body, Struct) else []
    if not any(_is_long(value) for _, value in parts):
        yield json(body)
        return
    for lead, value in parts:
        yield lead
        if _is_long(value):
            between = b"["
            for member in value:
                yield between
                yield from _pieces(member, depth - 1)
                between = b","
            yield b"]"
        else:
            yield from _pieces(value, depth - 1)
    yield b"}"


def _is_long(value: Any) -> bool:
    return isinstance(value, tuple) and len(cast("tuple[Any, ...]", value)) >= _LONG


@cache
def _leads(kind: type[Struct]) -> tuple[tuple[str, bytes], ...]:
    """The names of a record's fields, with what comes before the value of each; none for a tagged record."""
    if kind.__struct_config__.tag is not None:
        return ()
    names = kind.__struct_fields__
    return tuple((name, (b"," if index else b"{") + msgspec.json.encode(name) + b":") for index, name in enumerate(names))
