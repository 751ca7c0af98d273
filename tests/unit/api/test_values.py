"""Values as JSON holds them, read back as a browser would."""

import json
import math
from typing import Any

import pytest
import torch
from tensorpad.api.values import OpaqueValues, sendable
from tensorpad.protocol.records import FullValues, Number


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
    values = sendable(FullValues((1,), (element,)))
    assert json.loads(json.dumps(values.data), parse_int=float if type(sent) is float else int) == [sent]


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
    assert json.loads(json.dumps(values.data)) == zeros.tolist()
