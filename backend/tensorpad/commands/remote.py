"""A service somewhere else, over HTTP."""

import http.client
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tensorpad import __version__
from tensorpad.commands.exchange import Question, Reply
from tensorpad.commands.exits import CommandError, Exit

_SILENCE_S = 120
"""Longest wait for the next byte. A stream has a comment every 15 s; a picture may have to wait for its turn."""
_CHUNK_BYTES = 65536


_HANDLERS = (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.HTTPDefaultErrorHandler,
)
"""All but those that follow a redirection: they would ask there with GET, without the program."""


class Remote:
    """The service at an address, which may have a prefix."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise CommandError(f"--remote: {url!r} is no address; it begins with http:// or https://", Exit.USAGE)
        if parts.query or parts.fragment:
            raise CommandError(f"--remote: {url!r} has more than an address of a service: leave out ? and #", Exit.USAGE)
        self._url = url.rstrip("/")
        self._opener = urllib.request.OpenerDirector()
        for handler in _HANDLERS:
            self._opener.add_handler(handler())

    @contextmanager
    def ask(self, question: Question) -> Generator[Reply]:
        """Send a request. Raises CommandError."""
        headers = {**question.headers, "User-Agent": f"tensorpad/{__version__}"}
        request = urllib.request.Request(self._url + question.path, question.content(), headers, method="POST")
        try:
            response = self._opener.open(request, timeout=_SILENCE_S)
        except urllib.error.HTTPError as error:
            response = error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise CommandError(f"{self._url} cannot be reached: {_reason(error)}", Exit.SERVICE) from None
        with response:
            found = {name.lower(): value for name, value in response.headers.items()}
            yield Reply(response.status or 0, found, self._chunks(response))

    def _chunks(self, response: "http.client.HTTPResponse | urllib.error.HTTPError") -> Iterator[bytes]:
        try:
            while chunk := response.read1(_CHUNK_BYTES):
                yield chunk
        except (OSError, http.client.HTTPException) as error:
            raise CommandError(f"{self._url} broke off its answer: {_reason(error)}", Exit.SERVICE) from None


def _reason(error: Exception) -> str:
    """Why there is no answer, without the wrapping of libraries."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    match cause:
        case ssl.SSLCertVerificationError():
            return f"its certificate is not to be trusted ({cause.verify_message})"
        case ssl.SSLError():
            return f"it does not speak TLS as expected ({cause.reason or cause})"
        case ConnectionRefusedError():
            return "nothing listens there; is the service running?"
        case socket.gaierror():
            return "there is no such host"
        case BrokenPipeError() | ConnectionResetError():
            return "it broke off the request; is the program above its limits, which are at /api/v1/about?"
        case TimeoutError():
            return f"it did not answer within {_SILENCE_S} s"
        case OSError():
            return cause.strerror or str(cause)
        case _:
            return str(cause) or type(cause).__name__
