"""Streams are compressed event by event."""

import asyncio
import zlib

import pytest
from starlette.types import Message, Receive, Scope, Send
from tensorpad.api.compression import Compression

PATIENCE_S = 10.0
EVENTS = (b'event: queued\ndata: {"ahead":0}\n\n', b": ping\n\n", b"event: done\ndata: " + b"1" * 200_000 + b"\n\n")


class Sender:
    """Sends each event when the one before has been read."""

    def __init__(self) -> None:
        self.read = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send all events."""
        headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for event in EVENTS:
            self.read.clear()
            await send({"type": "http.response.body", "body": event, "more_body": True})
            async with asyncio.timeout(PATIENCE_S):
                await self.read.wait()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


@pytest.mark.anyio
@pytest.mark.parametrize("accepts", [b"gzip, br", b"identity"])
async def test_each_event_can_be_read_before_the_next_is_sent(anyio_backend: str, accepts: bytes) -> None:
    sender, came, sent = Sender(), [b""], [0]
    decoder = zlib.decompressobj(16 + zlib.MAX_WBITS) if accepts != b"identity" else None
    headers: dict[bytes, bytes] = {}

    async def send(message: Message) -> None:
        headers.update(message.get("headers", ()))
        data: bytes = message.get("body", b"")
        sent[0] += len(data)
        came[0] += decoder.decompress(data) if decoder else data
        if any(came[0] == b"".join(EVENTS[: count + 1]) for count in range(len(EVENTS))):
            sender.read.set()

    async def receive() -> Message:
        return await asyncio.get_running_loop().create_future()

    await Compression(sender)({"type": "http", "headers": [(b"accept-encoding", accepts)]}, receive, send)
    assert came[0] == b"".join(EVENTS)
    assert (headers.get(b"content-encoding") == b"gzip") == (decoder is not None)
    assert (sent[0] < 10_000) == (decoder is not None)
