"""A pytest plugin: the fixture `tensorpad_trace`, with which a test asserts on shapes, shared memory and gradients.

It is registered under the entry point `pytest11`, so pytest loads this module in every test run. PyTorch and the tracer are
loaded by the first test that asks for the fixture.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tensorpad.kernel.checks import CheckedTrace


@pytest.fixture
def tensorpad_trace() -> "Callable[[], CheckedTrace]":
    """What a test traces a block with, to check afterwards what its tensors did."""
    from tensorpad.kernel.checks import CheckedTrace

    return CheckedTrace
