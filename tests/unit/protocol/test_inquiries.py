"""Answers that contradict themselves or the report are refused, whoever sends them."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from tensorpad.protocol.derivations import DerivationInquiry, DerivationRecord
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.lenses import LensInquiry, LensRecord
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.openings import OpeningInquiry, OpeningRecord
from tensorpad.protocol.records import FullValues
from tensorpad.protocol.traces import TraceRecord, check
from tensorpad.protocol.windows import WindowInquiry, WindowRecord

from tests.support.comparison import run

PROGRAM = "import torch\nx = torch.ones(2, requires_grad=True)\nout = (x * x).sum()\nout.backward()"


@pytest.fixture(scope="module")
def derived() -> TraceRecord:
    return run(PROGRAM, inquiry=DerivationInquiry(finite_differences=True)).trace


@pytest.fixture(scope="module")
def looked() -> TraceRecord:
    return run(PROGRAM, inquiry=LensInquiry("op2", 0, (1,))).trace


@pytest.fixture(scope="module")
def opened() -> TraceRecord:
    return run("import torch\nx = torch.nn.functional.normalize(torch.ones(2, 3))", inquiry=OpeningInquiry("op2")).trace


def _step(record: DerivationRecord, place: int, **changes: Any) -> DerivationRecord:
    steps = list(record.steps)
    steps[place] = replace(steps[place], **changes)
    return replace(record, steps=tuple(steps))


def _local(record: DerivationRecord, **changes: Any) -> DerivationRecord:
    return _step(record, 0, locals=(replace(record.steps[0].locals[0], **changes),))


def _leaf(record: DerivationRecord, **changes: Any) -> DerivationRecord:
    return replace(record, leaves=(replace(record.leaves[0], **changes),))


def _path(record: DerivationRecord, **changes: Any) -> DerivationRecord:
    return _leaf(record, paths=(replace(record.leaves[0].paths[0], **changes),))


FORGED: list[Callable[[DerivationRecord], DerivationRecord]] = [
    lambda record: _step(record, 0, tensor="t99"),
    lambda record: _step(record, 0, operation="op99"),
    lambda record: _step(record, 0, function="f99"),
    lambda record: _local(record, target=0),
    lambda record: _local(record, target=7),
    lambda record: _local(record, slot=3),
    lambda record: _local(record, target_slot=3),
    lambda record: _local(record, kind="matrix"),
    lambda record: _local(record, values=FullValues((3,), (1.0,))),
    lambda record: _leaf(record, step=0),
    lambda record: _leaf(record, step=9),
    lambda record: _leaf(record, path_count=0),
    lambda record: _leaf(record, autograd=FullValues((1,), (1.0,))),
    lambda record: _path(record, steps=()),
    lambda record: _path(record, steps=(0, 2), locals=(0,)),
    lambda record: _path(record, locals=(0, 9)),
    lambda record: _path(record, steps=(0, 1), locals=(0,)),
    lambda record: _path(record, product=FullValues((), (1.0,))),
]


@pytest.mark.parametrize("forged", FORGED)
def test_forged_derivation_is_refused(derived: TraceRecord, forged: Any) -> None:
    check(derived, Limits())
    with pytest.raises(ProtocolError):
        check(replace(derived, answers=(forged(derived.answers[0]),)), Limits())


def test_derivation_that_would_be_written_out_at_great_length_is_refused(derived: TraceRecord) -> None:
    assert isinstance(derived.answers[0], DerivationRecord)
    leaf = derived.answers[0].leaves[0]
    named = replace(
        _step(derived.answers[0], 0, label="_" * 1_000), leaves=(replace(leaf, path_count=64, paths=leaf.paths * 32),) * 50
    )
    with pytest.raises(ProtocolError, match="characters"):
        check(replace(derived, answers=(named,)), Limits())


@pytest.mark.parametrize("changes", [{"tensor": "t99"}, {"count": 0}, {"element": (-1,)}, {"shape": (-2,)}])
def test_forged_lens_is_refused(looked: TraceRecord, changes: Any) -> None:
    assert isinstance(looked.answers[0], LensRecord)
    check(looked, Limits())
    with pytest.raises(ProtocolError):
        check(replace(looked, answers=(replace(looked.answers[0], **changes),)), Limits())


@pytest.fixture(scope="module")
def windowed() -> TraceRecord:
    return run("import torch\nx = torch.ones(50, 60)", inquiry=WindowInquiry("t1", height=10)).trace


@pytest.mark.parametrize(
    "changes",
    [
        {"tensor": "t99"},
        {"tensor": None},
        {"shape": (-50, 60)},
        {"shape": (2, 50, 60)},
        {"leading": (0,)},
        {"rows": (0, 51)},
        {"rows": (9, 3)},
        {"columns": (0, 59)},
        {"block": (0, 1)},
        {"block": (1, 1)},
        {"data": b""},
        {"minimum": b""},
        {"format": "float64"},
        {"reason": "no_matrix"},
        {"shape": (2**40, 60), "rows": (0, 2**40)},
    ],
)
def test_forged_window_is_refused(windowed: TraceRecord, changes: Any) -> None:
    assert isinstance(windowed.answers[0], WindowRecord)
    check(windowed, Limits())
    with pytest.raises(ProtocolError):
        check(replace(windowed, answers=(replace(windowed.answers[0], **changes),)), Limits())


@pytest.mark.parametrize("changes", [{"parent": 0}, {"parent": 7}, {"inputs": (99,)}, {"outputs": (99,)}])
def test_forged_opening_is_refused(opened: TraceRecord, changes: Any) -> None:
    assert isinstance(opened.answers[0], OpeningRecord)
    check(opened, Limits())
    forged = (replace(opened.answers[0].operations[0], **changes), *opened.answers[0].operations[1:])
    with pytest.raises(ProtocolError):
        check(replace(opened, answers=(replace(opened.answers[0], operations=forged),)), Limits())


@pytest.mark.parametrize("changes", [{"tensor": "t99"}, {"shape": (7,)}])
def test_forged_tensor_of_an_opening_is_refused(opened: TraceRecord, changes: Any) -> None:
    assert isinstance(opened.answers[0], OpeningRecord)
    forged = (replace(opened.answers[0].tensors[0], **changes), *opened.answers[0].tensors[1:])
    with pytest.raises(ProtocolError):
        check(replace(opened, answers=(replace(opened.answers[0], tensors=forged),)), Limits())
