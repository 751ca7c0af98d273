import os

import pytest
from tensorpad.pool.descriptors import read_available


def test_a_pipe_that_always_has_more_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads until there is no more is kept for ever by a program that writes a byte at a time."""
    pieces = iter([b"a", b"b"])

    def read(descriptor: int, size: int) -> bytes:
        return next(pieces)

    monkeypatch.setattr(os, "read", read)
    assert read_available(0) == (b"a", False)
    assert read_available(0) == (b"b", False)
