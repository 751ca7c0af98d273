"""Bodies as JSON: small ones at once, large ones in a thread beside the event loop."""

import asyncio
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import msgspec
from msgspec import NODEFAULT, UNSET, Struct
from msgspec.structs import fields

from tensorpad.api.values import Forms, sendable

_DEPTH = 3
"""Records within one another that are taken apart: a response, a pass in it, and a function that the engine ran in that."""
_LONG = 32
"""Members from which a list, and with it the record that contains it, is not encoded in one call."""


def json(body: Any, forms: Forms = sendable) -> bytes:
    """A body as JSON, in one call. `forms` say how its values are sent."""
    return msgspec.json.encode(forms(body))


async def encoded(body: Any, *, at_once: bool, before: bytes = b"", after: bytes = b"", forms: Forms = sendable) -> bytes:
    """A body as JSON, between two texts."""
    if at_once:
        return b"".join((before, json(body, forms), after))
    return await asyncio.to_thread(in_pieces, body, before, after, forms)


def in_pieces(body: Any, before: bytes = b"", after: bytes = b"", forms: Forms = sendable) -> bytes:
    """The same JSON as in one call, for a thread.

    NOTE. The encoder is one call of C, which keeps the interpreter's lock however long it takes, so a thread alone would
    still stop the event loop. Between pieces the lock can change hands.
    """
    return b"".join((before, *_pieces(body, _DEPTH, forms), after))


def _pieces(body: Any, depth: int, forms: Forms) -> Iterator[bytes]:
    members = _members(body) if depth and isinstance(body, Struct) else []
    if not any(_is_long(value) for _, value in members):
        yield json(body, forms)
        return
    before = b"{"
    for name, value in members:
        yield before + name
        before = b","
        if _is_long(value):
            between = b"["
            for member in value:
                yield between
                yield from _pieces(member, depth - 1, forms)
                between = b","
            yield b"]"
        else:
            yield from _pieces(value, depth - 1, forms)
    yield b"}"


def _is_long(value: Any) -> bool:
    return isinstance(value, tuple) and len(cast("tuple[Any, ...]", value)) >= _LONG


def _members(body: Struct) -> list[tuple[bytes, Any]]:
    """The members of a record that are sent, each after its name; none of a tagged record."""
    every = [(name, getattr(body, field), default) for field, name, default in _fields(type(body))]
    return [(name, value) for name, value, default in every if value is not UNSET and value is not default]


@cache
def _fields(kind: type[Struct]) -> tuple[tuple[str, bytes, Any], ...]:
    """The fields of a record: each with its name before its value, and the default with which it is left out."""
    config = kind.__struct_config__
    if config.tag is not None:
        return ()
    return tuple(
        (field.name, msgspec.json.encode(field.encode_name) + b":", field.default if config.omit_defaults else NODEFAULT)
        for field in fields(kind)
    )
