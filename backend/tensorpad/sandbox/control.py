"""The template's end of its control socket: packets, with descriptors beside them."""

import socket

import msgspec

from tensorpad.protocol.control import PACKET_BYTES, FromTemplate, ToTemplate

_MAXIMUM_DESCRIPTORS = 8
_decoder: msgspec.msgpack.Decoder[ToTemplate] = msgspec.msgpack.Decoder(ToTemplate)
_encoder = msgspec.msgpack.Encoder()


class ControlSocket:
    """A blocking sequenced-packet socket to the service, which is trusted."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)

    def fileno(self) -> int:
        """The descriptor, to wait on."""
        return self._socket.fileno()

    def receive(self) -> tuple[ToTemplate, list[int]]:
        """One packet and its descriptors. Raises EOFError when the service is gone."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self._socket, PACKET_BYTES, _MAXIMUM_DESCRIPTORS)
        except ConnectionResetError:
            data, descriptors = b"", []
        if not data:
            raise EOFError("the service is gone")
        return _decoder.decode(data), descriptors

    def send(self, message: FromTemplate, descriptors: tuple[int, ...] = ()) -> None:
        """Send one packet. Raises EOFError when the service is gone."""
        try:
            socket.send_fds(self._socket, [_encoder.encode(message)], list(descriptors))
        except (BrokenPipeError, ConnectionResetError):
            raise EOFError("the service is gone") from None

    def close(self) -> None:
        """Close this end."""
        self._socket.close()
