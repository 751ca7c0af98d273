import pytest
from tensorpad.protocol.limits import Limits


def test_the_defaults_are_those_that_the_design_names() -> None:
    limits = Limits()

    assert limits.timeout_s == 10
    assert limits.memory_bytes == 2**30
    assert limits.scratch_bytes == 64 * 2**20
    assert limits.output_bytes == 256 * 2**10
    assert limits.processes == 64
    assert limits.threads == 1


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf")])
def test_a_limit_that_is_no_positive_number_is_refused_by_name(value: float) -> None:
    with pytest.raises(ValueError, match="timeout_s"):
        Limits(timeout_s=value)
