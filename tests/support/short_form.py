"""Which cases of a test run in every run of the tests, and which only in `make test-long`."""

from collections.abc import Iterable
from typing import Any, cast

import pytest


def shortened(cases: Iterable[object], keep: int = 1) -> list[Any]:
    """Cases for `parametrize`: `make test` runs the first `keep`, and the rest are marked `long`.

    A tuple is the values of several arguments, as it is for `parametrize`.
    """
    return [case if place < keep else _long(case) for place, case in enumerate(cases)]


def sampled(cases: Iterable[object], every: int) -> list[Any]:
    """The same where many cases are alike: `make test` runs the first of every so many."""
    return [case if place % every == 0 else _long(case) for place, case in enumerate(cases)]


def _long(case: object) -> Any:
    values = cast("tuple[object, ...]", case) if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.long)
