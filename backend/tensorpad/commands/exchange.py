"""What `run` asks of a service and what it is answered, whether that is in this process or somewhere else."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import msgspec
from msgspec import Struct

from tensorpad.commands.exits import CommandError, Exit
from tensorpad.protocol.limits import MIB

T = TypeVar("T")

_MOST_BYTES = 256 * MIB
"""Of one event, or of an answer that is none: no service of ours sends more, and another must not fill our memory."""


@dataclass(frozen=True, slots=True)
class Question:
    """A request: JSON to a path of the API."""

    path: str
    accept: str
    body: Mapping[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        """Those that are sent."""
        return {"Accept": self.accept, "Content-Type": "application/json"}

    def content(self) -> bytes:
        """The body as it is sent."""
        return msgspec.json.encode(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """A response while it comes. The names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class Connection(Protocol):
    """A way to a service."""

    def ask(self, question: Question) -> AbstractContextManager[Reply]:
        """Send a request. Raises CommandError where there is no service."""
        ...


class _Problem(Struct):
    type: str
    detail: str


_OF_THE_PROGRAM = frozenset({"program", "no-graph"})


def checked(reply: Reply) -> Reply:
    """The reply, if it carries out what was asked. Raises CommandError with what is wrong."""
    if reply.status == 200:
        return reply
    if reply.status in (301, 302, 303, 307, 308):
        moved = reply.headers.get("location", "").partition("/api/v1/")[0]
        raise CommandError(f"the service has moved to {moved}; give that address", Exit.USAGE)
    raise refusal(whole(reply.chunks), reply.status, reply.headers.get("retry-after"))


def whole(chunks: Iterable[bytes]) -> bytes:
    """All of a body. Raises CommandError where it is longer than any answer."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        _bound(len(data))
    return bytes(data)


def read(data: bytes, kind: type[T]) -> T:
    """What a service says in JSON. Raises CommandError where no service of ours says that."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        message = f"the answer is none of Tensorpad's, or of another version: {error}; is the address right?"
        raise CommandError(message, Exit.SERVICE) from None


def refusal(data: bytes, status: int, retry_after: str | None = None) -> CommandError:
    """A problem of the service as the end of the command."""
    try:
        problem = msgspec.json.decode(data, type=_Problem)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        message = f"the answer has status {status} and is none of Tensorpad's; is the address right?"
        return CommandError(message, Exit.USAGE if status < 500 else Exit.SERVICE)
    again = f" (try again in {retry_after} s)" if retry_after else ""
    if problem.type.rpartition("/")[2] in _OF_THE_PROGRAM:
        return CommandError(problem.detail, Exit.PROGRAM)
    busy = status == 429 or status >= 500
    return CommandError(problem.detail + again, Exit.SERVICE if busy else Exit.USAGE)


def events(chunks: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Server-sent events, each with its data, as they come. Comments are left out.

    Raises CommandError where one is longer than any answer.
    """
    buffer, looked = bytearray(), 0
    for chunk in chunks:
        buffer += chunk
        while (end := buffer.find(b"\n\n", looked)) >= 0:
            lines = [line.partition(b": ") for line in bytes(buffer[:end]).split(b"\n")]
            del buffer[: end + 2]
            looked = 0
            fields = {field: value for field, _, value in lines}
            if b"event" in fields:
                yield fields[b"event"].decode(errors="replace"), fields.get(b"data", b"")
        # A large event comes in many chunks; what has been looked through is not looked through again.
        looked = max(0, len(buffer) - 1)
        _bound(len(buffer))


def _bound(size: int) -> None:
    if size > _MOST_BYTES:
        raise CommandError(f"the answer is longer than {_MOST_BYTES // MIB} MiB, and none of Tensorpad's", Exit.SERVICE)
