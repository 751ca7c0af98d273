"""The file of a recording, and what is said of bytes that are none."""

import gzip
import json
from typing import Any

import pytest
from msgspec import Raw
from tensorpad.recordings.recording import (
    FORMAT,
    MOST_BYTES,
    VERSION,
    Made,
    Program,
    RecordedLens,
    Recording,
    RecordingError,
    decode,
    encode,
)

RECORDING = Recording(
    made=Made("1.0", "2.13.0", "3.11.7"),
    program=Program(("x = 1",), 0, "cpu", "en"),
    answer=Raw(b'{"id":"r"}'),
    lenses=(RecordedLens("op1", 0, (1, 2), Raw(b"{}")),),
)


def packed(value: Any) -> bytes:
    return gzip.compress(json.dumps(value).encode(), mtime=0)


def changed(**members: Any) -> bytes:
    return packed({**json.loads(gzip.decompress(encode(RECORDING))), **members})


def test_a_recording_is_read_as_it_was_written() -> None:
    assert decode(encode(RECORDING)) == RECORDING


def test_the_bytes_of_a_recording_have_no_time_in_them() -> None:
    # Bytes 4 to 8 of a gzip stream are when it was made.
    assert encode(RECORDING)[4:8] == bytes(4)


def test_a_recording_says_what_it_is_before_anything_else() -> None:
    assert list(json.loads(gzip.decompress(encode(RECORDING))))[:3] == ["format", "version", "made"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "cut off"),
        (b"import torch\n", "not compressed"),
        (encode(RECORDING)[:-20], "cut off"),
        (gzip.compress(b"import torch", mtime=0), "no JSON object"),
        (gzip.compress(b"[" * 100_000, mtime=0), "no JSON object"),
        (packed([]), "no JSON object"),
        (packed({"format": "something else"}), "its format is not"),
        (changed(version="1"), "does not name its version"),
        (changed(version=0), "does not name its version"),
        (changed(version=VERSION + 1), f"version {VERSION + 1}, and this Tensorpad reads up to {VERSION}"),
        (packed({"format": FORMAT, "version": 1}), "damaged"),
        (changed(program={"cells": "x"}), "damaged"),
    ],
)
def test_bytes_that_are_no_recording_are_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(RecordingError, match=said):
        decode(data)


def test_a_small_file_that_inflates_to_more_than_the_bound_is_refused() -> None:
    bomb = gzip.compress(b" " * (MOST_BYTES + 1))
    assert len(bomb) < MOST_BYTES // 500
    with pytest.raises(RecordingError, match="larger than 64 MiB"):
        decode(bomb)
