import os
import struct

import pytest
from tensorpad.protocol.errors import ProtocolError, ReportTooLong
from tensorpad.protocol.frames import FrameReader, encode, read_message
from tensorpad.protocol.messages import CellStarted, Ready, Report


def reader(frame_bytes: int = 1000, total_bytes: int | None = None) -> FrameReader[Report]:
    return FrameReader(Report, frame_bytes, total_bytes)


def test_messages_come_out_as_they_went_in_however_the_bytes_are_cut() -> None:
    messages = [CellStarted(3), Ready("2", "3", False), CellStarted(4)]
    data = b"".join(map(encode, messages))
    for size in (1, 2, 5, len(data)):
        frames = reader()
        pieces = [data[start : start + size] for start in range(0, len(data), size)]
        assert [message for piece in pieces for message in frames.feed(piece)] == messages


def test_a_frame_that_announces_too_much_is_refused_before_it_comes() -> None:
    with pytest.raises(ReportTooLong, match="1001"):
        list(reader().feed(struct.pack("<I", 1001)))


def test_all_frames_together_are_bounded() -> None:
    frames = reader(total_bytes=len(encode(CellStarted(1))))
    assert list(frames.feed(encode(CellStarted(1)))) == [CellStarted(1)]
    with pytest.raises(ReportTooLong):
        list(frames.feed(b"x"))


@pytest.mark.parametrize(
    "body",
    [b"", b"\xc1", b"junk", encode(["no", "such"])[4:], encode({"type": "other"})[4:], b"\x91" * 900, b"\xdc\xff\xff"],
)
def test_a_body_that_does_not_fit_is_refused(body: bytes) -> None:
    with pytest.raises(ProtocolError, match="schema"):
        list(reader().feed(struct.pack("<I", len(body)) + body))


def test_a_closed_descriptor_is_told_from_a_message() -> None:
    read, write = os.pipe()
    try:
        os.write(write, encode(CellStarted(1)))
        assert read_message(read, reader()) == CellStarted(1)
        os.close(write)
        with pytest.raises(EOFError):
            read_message(read, reader())
    finally:
        os.close(read)
