"""Length-capped frames of MessagePack: four bytes of length, little-endian, then that many bytes of one message.

The reader takes bytes in pieces of any length, so that it serves blocking and asynchronous callers alike. It never keeps
more than the longest frame that is allowed. Source of the encoding: the MessagePack specification, through msgspec.
"""

import os
import struct
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import msgspec

from tensorpad.protocol.errors import ProtocolError, ReportTooLong

T = TypeVar("T")

_HEADER = struct.Struct("<I")
_encoder = msgspec.msgpack.Encoder()


def encode(message: Any) -> bytes:
    """One message as a frame."""
    body = _encoder.encode(message)
    return _HEADER.pack(len(body)) + body


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data` to a blocking descriptor."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


class FrameReader(Generic[T]):
    """Takes bytes as they come and gives messages of one type.

    Raises ReportTooLong for a frame above `frame_bytes` and for more than `total_bytes` in all, ProtocolError for a
    body that does not fit the type.
    """

    def __init__(self, kind: type[T] | Any, frame_bytes: int, total_bytes: int | None = None) -> None:
        self._decoder: msgspec.msgpack.Decoder[T] = msgspec.msgpack.Decoder(kind)
        self._frame_bytes = frame_bytes
        self._left = total_bytes
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[T]:
        """Give each message that `data` completes."""
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise ReportTooLong("the messages together are longer than their limit")
        self._buffer += data
        while len(self._buffer) >= _HEADER.size:
            (length,) = _HEADER.unpack_from(self._buffer)
            if length > self._frame_bytes:
                raise ReportTooLong(f"a message of {length} bytes is longer than the limit of {self._frame_bytes}")
            end = _HEADER.size + length
            if len(self._buffer) < end:
                return
            body = bytes(memoryview(self._buffer)[_HEADER.size : end])
            del self._buffer[:end]
            yield self._decode(body)

    def _decode(self, body: bytes) -> T:
        try:
            return self._decoder.decode(body)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise ProtocolError(f"a message does not fit the schema: {error}") from None


def read_message(descriptor: int, reader: FrameReader[T]) -> T:
    """Read one message from a blocking descriptor. Raises EOFError where it is closed, and what the reader raises.

    The other end sends one message and then waits for an answer, so nothing that is read can belong to a second one.
    """
    while True:
        data = os.read(descriptor, 65536)
        if not data:
            raise EOFError("the descriptor was closed before a message")
        for message in reader.feed(data):
            return message
