"""A template whose service has gone ends quietly, whether it sends a message or waits for one."""

import os
import socket

import pytest
from tensorpad.protocol.control import TemplateReady
from tensorpad.sandbox.control import ControlSocket


def test_service_that_is_gone_is_an_end_for_who_sends_and_who_receives() -> None:
    service, template = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control = ControlSocket(os.dup(template.fileno()))
    template.close()
    service.close()
    with pytest.raises(EOFError):
        control.send(TemplateReady(None, users=False))
    with pytest.raises(EOFError):
        control.receive()
    control.close()
