"""Values as JSON holds them, read back as a browser would."""

import json

import pytest
from tensorpad.api.values import sendable
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
