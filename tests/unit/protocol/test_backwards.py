"""Hostile records of backward passes: each contradiction is refused, an honest record passes."""

from typing import Any

import pytest
from msgspec.structs import replace
from tensorpad.protocol.backwards import BackwardRecord, FunctionRun, HookRecord, ReturnedRecord, RootRecord, check_backwards
from tensorpad.protocol.checks import Ids
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import FullValues
from tensorpad.protocol.traces import TraceRecord, check

from tests.support.comparison import run

LIMITS = Limits()


def honest() -> TraceRecord:
    return run("x = torch.ones(2, requires_grad=True)\ny = x * 2\ny.register_hook(print)\ny.sum().backward()").trace


def changed(**changes: Any) -> TraceRecord:
    trace = honest()
    return replace(trace, backwards=(replace(trace.backwards[0], **changes),))


def with_run(**changes: Any) -> TraceRecord:
    trace = honest()
    first: FunctionRun = trace.backwards[0].runs[0]
    return replace(trace, backwards=(replace(trace.backwards[0], runs=(replace(first, **changes),)),))


def test_an_honest_record_passes() -> None:
    check(honest(), LIMITS)


def test_two_passes_may_not_have_one_id() -> None:
    trace = honest()
    with pytest.raises(ProtocolError, match="same id"):
        check(replace(trace, backwards=trace.backwards * 2), LIMITS)


HOOK = HookRecord("tensor", "hook", None, 0, (), (900,))
RECORDS: list[tuple[str, TraceRecord]] = [
    ("names gradient 900 of", with_run(arrived=(900,))),
    ("names gradient 900 of", with_run(sent=(900,))),
    ("names gradient 900 of", with_run(hooks=(HOOK,))),
    ("names gradient 900 of", changed(returned=(ReturnedRecord("f1", 0, 900),))),
    ("names gradient 900 of", changed(roots=(RootRecord("f1", 0, "y", None, 900),))),
    ("names t900", with_run(tensor="t900")),
    ("names op900", with_run(operation="op900")),
    ("names t900", changed(roots=(RootRecord("f1", 0, "y", "t900", None),))),
    ("names g900", changed(graphs=("g900",))),
    ("within b900", changed(within="b900")),
    ("more than it has edges", with_run(next=(), sent=(None,))),
    ("gradient 0 of b1", changed(gradients=(FullValues((3,), (1.0,)),))),
    ("the id of a function is 'op1'", with_run(function="op1")),
    ("the id of a function is 'x'", changed(roots=(RootRecord("x", 0, "y", None, None),))),
    ("the id of a backward pass is 'op1'", changed(id="op1")),
    ("runs f1 twice", changed(runs=honest().backwards[0].runs[:1] * 2)),
]


@pytest.mark.parametrize(("message", "trace"), RECORDS)
def test_what_contradicts_itself_is_refused(message: str, trace: TraceRecord) -> None:
    with pytest.raises(ProtocolError, match=message):
        check(trace, LIMITS)


def test_more_than_the_limits_allow_is_refused() -> None:
    trace = honest()
    one: BackwardRecord = trace.backwards[0]
    many = tuple(replace(one, id=f"b{number}", runs=(), gradients=(), roots=()) for number in range(20))
    with pytest.raises(ProtocolError, match="backward passes"):
        check(replace(trace, backwards=many), Limits(records=8))
    runs = tuple(replace(one.runs[0], function=f"f{number}") for number in range(20))
    with pytest.raises(ProtocolError, match="runs of functions"):
        check_backwards((replace(one, runs=runs),), Ids(), Limits(graph_nodes=2))
    with pytest.raises(ProtocolError, match="gradients of backward passes"):
        check(with_run(made=(None,) * 2_000_000, next=(None,) * 2_000_000), LIMITS)
