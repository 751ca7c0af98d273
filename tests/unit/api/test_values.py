"""Values as JSON holds them, read back as a browser would."""

import json
import math
import random
import struct
from typing import Any

import numpy as np
import pytest
import torch
from tensorpad.api import encoding
from tensorpad.api.values import OpaqueValues, sendable
from tensorpad.protocol.records import FullValues, Number, SummaryValues


@pytest.mark.parametrize(
    ("element", "sent"),
    [
        (2**53, 2**53),
        (2**53 + 1, str(2**53 + 1)),
        (-(2**63), str(-(2**63))),
        (2**64 - 1, str(2**64 - 1)),
        (True, True),
        (float("nan"), "NaN"),
        (float("-inf"), "-Infinity"),
        (1e300, 1e300),
    ],
)
def test_element_keeps_its_value_where_numbers_are_doubles(element: Number, sent: object) -> None:
    assert json.loads(encoding.json(FullValues((1,), (element,))))["data"] == [sent]


@pytest.mark.parametrize("shape", [(10_000, *[1] * 61, 0), (2_000, *[1] * 62), (10**9, 0)])
def test_a_shape_that_nests_too_many_lists_is_said_and_not_listed(shape: tuple[int, ...]) -> None:
    """Such a tensor costs torch nothing, and a few of them would be gigabytes of lists."""
    values = sendable(FullValues(shape, (0,) * math.prod(shape)))
    assert isinstance(values, OpaqueValues)
    assert str(shape) in values.text


@pytest.mark.parametrize("shape", [(1,) * 64, (100, *[1] * 20, 10), (1_000, 1, 1, 1), (10_000, 0), (0, 2**40)])
def test_odd_shapes_that_cost_little_are_listed(shape: tuple[int, ...]) -> None:
    values = sendable(FullValues(shape, (0,) * math.prod(shape)))
    zeros: Any = torch.zeros(shape)
    assert json.loads(encoding.json(values))["data"] == zeros.tolist()


def _singles() -> list[float]:
    """Floats of single precision of every magnitude, with the smallest and largest there are."""
    source = random.Random(7)
    patterns = [source.getrandbits(32) for _ in range(20_000)] + [source.getrandbits(23) for _ in range(2_000)]
    edges = [0.0, -0.0, 1e-45, 1.1754942e-38, 1.1754944e-38, 3.4028235e38, 0.1, 1e16, 123456789.0, 1 / 3]
    singles = [struct.unpack("f", struct.pack("I", pattern))[0] for pattern in patterns]
    return [float(np.float32(value)) for value in (*edges, *singles) if math.isfinite(value)]


def _digits(text: str) -> int:
    """The significant digits of a number as text."""
    return len(text.lstrip("-").partition("e")[0].replace(".", "").strip("0"))


def test_singles_have_no_more_digits_than_numpy_prints_and_read_back_the_same() -> None:
    singles = _singles()
    for part in (tuple(singles), (float("nan"), *singles)):
        sent = json.loads(encoding.json(FullValues((len(part),), part, single=True)), parse_float=str)["data"]
        for text, value in zip(sent[-len(singles) :], singles, strict=True):
            assert np.float32(text).tobytes() == np.float32(value).tobytes()
            assert _digits(text) <= _digits(str(np.float32(value))), text


def test_doubles_are_exact() -> None:
    source = random.Random(7)
    doubles = tuple(source.uniform(-1, 1) * 10 ** source.uniform(-300, 300) for _ in range(2_000))
    assert tuple(json.loads(encoding.json(FullValues((2_000,), doubles)))["data"]) == doubles


@pytest.mark.parametrize("data", [(1.5, 1e300), (1e300,), (1.5, 2**63), (True, 1e300), (3, 0.1), (1e-320, float("nan"))])
@pytest.mark.parametrize("complex_", [False, True])
def test_values_that_are_wrongly_said_to_be_singles_are_still_json(data: tuple[Number, ...], complex_: bool) -> None:
    data = (*data, *data)
    full = FullValues((len(data) // (1 + complex_),), data, complex_, single=True)
    summary = SummaryValues(
        *((2, 9), 18, 0, 0, 0, -1e300, 1e300, 0.5, float("inf"), (1, 2), (0,)),
        *(tuple(range(len(data) // (1 + complex_))), data, complex_),
        single=True,
    )
    for values in (full, summary):
        text = encoding.json(values).decode()
        assert "null" not in text
        assert json.loads(text)["single"] is True


def test_numbers_of_a_summary_of_singles_are_short() -> None:
    tenth = float(np.float32(0.1))
    summary = SummaryValues(
        *((2, 1), 2, 0, 0, 0, tenth, tenth, tenth, 0.0, (2,)), *((0, 1), (0,), (tenth, tenth)), single=True
    )
    sent = json.loads(encoding.json(summary), parse_float=str)
    assert (sent["min"], sent["max"], sent["mean"]) == ("0.1",) * 3
    assert sent["corners"]["data"] == [["0.1"], ["0.1"]]
