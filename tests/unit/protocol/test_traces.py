"""What no honest worker reports is refused, whatever its form; what torch really gives passes."""

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.holders import HeldRecord, HiddenRecord, HolderRecord
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import (
    ArrayLayout,
    ArrayRecord,
    AutogradRecord,
    FullValues,
    FunctionRecord,
    GradientChangeRecord,
    Layout,
    StorageRecord,
    SummaryValues,
    Values,
    VariableRecord,
    VersionRecord,
)
from tensorpad.protocol.series import MOST_SERIES, SeriesRecord
from tensorpad.protocol.steps import (
    BindingRecord,
    BroadcastRecord,
    ChangeRecord,
    MemoryRecord,
    OperationRecord,
    StepRecord,
    WriteRecord,
)
from tensorpad.protocol.traces import TraceRecord, check

from tests.support.autograd_records import tutorial
from tests.support.growth import assert_linear

LIMITS = Limits()


def function(name: str, *following: str) -> FunctionRecord:
    return FunctionRecord(name, "AddBackward0", None, None, (), tuple((one, 0) for one in following), None)


def graph(*functions: FunctionRecord, elided: int = 0) -> TraceRecord:
    return TraceRecord(graphs=(AutogradRecord("g1", functions[0].id, "out", False, functions, elided),))


def with_tensor(**changes: Any) -> TraceRecord:
    trace, _ = tutorial()
    return replace(trace, tensors=(replace(trace.tensors[0], **changes), *trace.tensors[1:]))


LAYOUT = Layout((1,), (1,), "torch.float32", "cpu", None)
ONE = FullValues((1,), (1.0,))
ARRAY = ArrayRecord("a1", ("x",), ArrayLayout((1,), (4,), 0, "float32", None), ONE)


def laid_out(**changes: Any) -> TraceRecord:
    trace, _ = tutorial()
    return with_tensor(layout=replace(trace.tensors[0].layout, **changes))


def with_layout(layout: Layout | None, values: Values = ONE) -> TraceRecord:
    return with_tensor(history=(VersionRecord(None, 0, values, layout), VersionRecord(None, 1, None)))


def test_a_tensor_that_lay_otherwise_before_passes() -> None:
    check(with_layout(LAYOUT), LIMITS)


def test_a_real_trace_passes() -> None:
    check(tutorial()[0], LIMITS)


def test_a_graph_whose_far_part_was_left_out_passes() -> None:
    check(graph(function("f1", "f2"), elided=1), LIMITS)


def operation(**changes: Any) -> TraceRecord:
    trace, _ = tutorial()
    plain = OperationRecord("op90", "torch.add", None, None, (trace.tensors[0].id,), (trace.tensors[0].id,))
    return replace(trace, operations=(replace(plain, **changes),), graphs=(), steps=())


def step(**changes: Any) -> TraceRecord:
    return replace(tutorial()[0], steps=(replace(StepRecord("operation"), **changes),))


def holder(**changes: Any) -> TraceRecord:
    return replace(tutorial()[0], holders=(replace(HolderRecord("module", "net", "Net", ()), **changes),))


def series(**changes: Any) -> TraceRecord:
    record = SeriesRecord("loss", "value", (1.0, float("nan")), (0, 1), tensor="t1")
    return replace(tutorial()[0], steps=(StepRecord("statement"),) * 2, series=(replace(record, **changes),))


def repeated_step() -> TraceRecord:
    trace = operation()
    return replace(trace, steps=(StepRecord("operation", ref="op90"),) * 2)


PLACES = (0, 99)
SUMMARY = SummaryValues((100, 100), 10_000, 0, 0, 0, 0.0, 1.0, 0.5, 0.1, (3, 4), (0, 99), (0, 99), (1.0,) * 4)


@pytest.mark.parametrize(
    "trace",
    [
        pytest.param(repeated_step(), id="two steps of one operation"),
        pytest.param(graph(function("f1", "f2")), id="edge to a function that is not there"),
        pytest.param(graph(function("f1"), function("f1")), id="two functions with one id"),
        pytest.param(graph(function("f1", "f1")), id="function that feeds itself"),
        pytest.param(graph(function("t1")), id="function with the id of a tensor"),
        pytest.param(with_tensor(id="f1"), id="tensor with the id of a function"),
        pytest.param(
            TraceRecord(operations=(OperationRecord("t1", "", None, None, (), ()),)), id="operation named as a tensor"
        ),
        pytest.param(TraceRecord(storages=(StorageRecord("t1", 4, "cpu", ()),)), id="storage with the id of a tensor"),
        pytest.param(TraceRecord(arrays=(replace(ARRAY, id="t1"),)), id="array with the id of a tensor"),
        pytest.param(TraceRecord(arrays=(replace(ARRAY, id="<b>"),)), id="array with an id that is none"),
        pytest.param(graph(replace(function("f1", "f2"), name="AccumulateGrad"), function("f2")), id="leaf with an edge"),
        pytest.param(graph(function("f1", "f2"), function("f2", "f3"), function("f3", "f2")), id="cycle"),
        pytest.param(graph(replace(function("f1"), tensor="t9")), id="tensor of a function that is not there"),
        pytest.param(graph(replace(function("f1"), operation="op9")), id="operation that is not there"),
        pytest.param(graph(replace(function("f1"), gradients=(FullValues((2,), (1.0,)),))), id="gradient too short"),
        pytest.param(TraceRecord(graphs=(AutogradRecord("g1", "f1", "", False, ()),)), id="root that is not there"),
        pytest.param(TraceRecord(graphs=graph(function("f1")).graphs * 2), id="two graphs with one id"),
        pytest.param(TraceRecord(variables=(VariableRecord("x", "Tensor", "", "t9"),)), id="variable of no tensor"),
        pytest.param(TraceRecord(storages=(StorageRecord("s1", 4, "cpu", ("t9",)),)), id="member that is not there"),
        pytest.param(TraceRecord(operations=(OperationRecord("op1", "", None, None, ("t9",), ()),)), id="input not there"),
        pytest.param(TraceRecord(operations=(OperationRecord("op1", "", None, None, (), ("t9",)),)), id="output not there"),
        pytest.param(operation(memory=(MemoryRecord("new"),) * 2), id="more memory than outputs"),
        pytest.param(operation(memory=(MemoryRecord("view", "a9"),)), id="view of what is not there"),
        pytest.param(operation(input_shapes=((1,), (2,))), id="more shapes than inputs"),
        pytest.param(operation(writes=(WriteRecord("t99", 0, 1),)), id="write to what is not there"),
        pytest.param(operation(broadcast=(BroadcastRecord(1, (1,), (2,), (0,), ()),)), id="broadcast of no input"),
        pytest.param(operation(broadcast=(BroadcastRecord(0, (1,), (2,), (1,), ()),)), id="stretched without a dimension"),
        pytest.param(operation(parent="op90"), id="operation within itself"),
        pytest.param(step(ref="op99"), id="step of an operation that is not there"),
        pytest.param(step(kind="statement", ref="op1"), id="statement that is an operation"),
        pytest.param(step(bound=(BindingRecord("x", "Tensor", None, "t99"),)), id="name of what is not there"),
        pytest.param(step(changed=(ChangeRecord("t1", 99),)), id="version that is not there"),
        pytest.param(with_tensor(history=(VersionRecord(9, 0, None),)), id="version at a step that is not there"),
        pytest.param(with_tensor(grad_changes=(GradientChangeRecord(9_999, None),)), id="gradient changed at no step"),
        pytest.param(
            with_tensor(grad_changes=(GradientChangeRecord(0, FullValues((9,), (1.0,))),)), id="changed gradient too short"
        ),
        pytest.param(with_tensor(history=(VersionRecord(None, 0, None),) * 2), id="history without values"),
        pytest.param(with_layout(LAYOUT, FullValues((2,), (1.0, 2.0))), id="history of another shape than its layout"),
        pytest.param(with_layout(None, FullValues((9,), (1.0,) * 9)), id="history of another shape than the tensor"),
        pytest.param(with_layout(replace(LAYOUT, shape=(-1,))), id="layout with a negative size"),
        pytest.param(with_layout(replace(LAYOUT, stride=(1, 1))), id="layout with strides of another length"),
        pytest.param(with_layout(replace(LAYOUT, storage="s9")), id="layout in a storage that is not there"),
        pytest.param(with_tensor(history=(VersionRecord(None, 0, None, LAYOUT),)), id="layout of the last version"),
        pytest.param(with_tensor(id="t2"), id="two tensors with one id"),
        pytest.param(laid_out(storage="s9"), id="storage that is not there"),
        pytest.param(with_tensor(view_of="t99"), id="base that is not there"),
        pytest.param(laid_out(stride=(1, 1, 1, 1, 1)), id="strides of another length"),
        pytest.param(laid_out(shape=(3,), stride=(1,)), id="values of another shape"),
        pytest.param(laid_out(shape=(-1,), stride=(1,)), id="negative size"),
        pytest.param(with_tensor(grad=FullValues((2,), (1.0, 2.0, 3.0))), id="too many values"),
        pytest.param(with_tensor(grad=FullValues((2, 2), (1.0,))), id="too few values"),
        pytest.param(graph(replace(function("f1"), gradients=(FullValues((2, 2), (1.0,)),))), id="drawn values too few"),
        pytest.param(
            TraceRecord(arrays=(replace(ARRAY, layout=replace(ARRAY.layout, strides=())),)), id="array without strides"
        ),
        pytest.param(
            TraceRecord(backwards=(BackwardRecord("x1", "grad", None, None, (), (), False, False, (), (), ()),)),
            id="pass with an id that is none",
        ),
        pytest.param(with_tensor(grad=FullValues((-1, -1), (1.0,))), id="values of a negative size"),
        pytest.param(with_tensor(grad=FullValues((2,), (1.0, 2.0), complex=True)), id="half of the complex values"),
        pytest.param(with_tensor(grad=FullValues((2**62,) * 64, ())), id="absurd shape"),
        pytest.param(with_tensor(grad=FullValues((3_000,), (0,) * 3_000)), id="more values than the limit"),
        pytest.param(with_tensor(grad=replace(SUMMARY, corners=(1.0,))), id="too few corners"),
        pytest.param(with_tensor(grad=replace(SUMMARY, maximum=None)), id="a histogram between no ends"),
        pytest.param(with_tensor(grad=replace(SUMMARY, rows=(9, 9))), id="rows out of order"),
        pytest.param(series(steps=(0, 0, 0)), id="series with more steps than values"),
        pytest.param(series(steps=(1, 0)), id="series that goes back in time"),
        pytest.param(series(steps=(0, 9_999)), id="series of a step that is not there"),
        pytest.param(series(tensor="t99"), id="series of a parameter that is not there"),
        pytest.param(replace(series(), series=series().series * (2 * MOST_SERIES + 1)), id="too many series"),
        pytest.param(series(values=(0.0,) * (2 * LIMITS.series + 1)), id="more numbers of series than the limit"),
        pytest.param(holder(held=(HeldRecord("net.weight", "t99"),)), id="parameter that is not there"),
        pytest.param(holder(plain=(HeldRecord("net.scale", "op1"),)), id="attribute that is no tensor"),
        pytest.param(
            holder(hidden=(HiddenRecord("net.layers", "list", 1, (HeldRecord("net.layers[0].weight", "t99"),)),)),
            id="layer of a list whose parameter is not there",
        ),
    ],
)
def test_refuses(trace: TraceRecord) -> None:
    with pytest.raises(ProtocolError):
        check(trace, LIMITS)


def test_a_series_passes_whose_later_numbers_have_no_step() -> None:
    check(series(), LIMITS)
    check(series(steps=(1,), tensor=None), LIMITS)


def test_a_summary_passes() -> None:
    check(with_tensor(grad=SUMMARY), LIMITS)


def test_refuses_more_records_than_the_limits_ask_for() -> None:
    operation = OperationRecord("op1", "", None, None, (), ())
    operations = tuple(replace(operation, id=f"op{number}") for number in range(50))
    check(TraceRecord(operations=operations), Limits(records=25))
    with pytest.raises(ProtocolError):
        check(TraceRecord(operations=operations), Limits(records=24))


def test_refuses_more_held_tensors_than_the_limits_ask_for() -> None:
    held = (HeldRecord("x", "t1"),) * 200
    trace = replace(with_tensor(), holders=(HolderRecord("container", "xs", "list", held),))
    check(trace, Limits(records=25))
    with pytest.raises(ProtocolError):
        check(trace, Limits(records=24))


def test_refuses_more_edges_than_any_graph_has() -> None:
    functions = (function("f1", *["f2"] * 1_000), function("f2"))
    with pytest.raises(ProtocolError):
        check(graph(*functions), Limits(graph_nodes=2))


def test_refuses_more_names_and_references_than_any_program_has() -> None:
    trace, _ = tutorial()
    tensor = trace.tensors[0].id
    few = Limits(records=8)
    for much in (
        replace(trace, tensors=(replace(trace.tensors[0], names=("x",) * 1_025), *trace.tensors[1:])),
        replace(trace, storages=(StorageRecord("s1", 4, "cpu", (tensor,) * 1_025),)),
        replace(trace, operations=(OperationRecord("op9", "", None, None, (tensor,) * 1_025, ()),)),
    ):
        with pytest.raises(ProtocolError, match="is more than 1024"):
            check(much, few)


def test_functions_and_edges_are_counted_over_all_graphs() -> None:
    one = (function("f1", *["f2"] * 20), function("f2"))
    graphs = tuple(AutogradRecord(f"g{number}", "f1", "", False, one) for number in (1, 2, 3))
    check(TraceRecord(graphs=graphs[:1]), Limits(graph_nodes=2))
    with pytest.raises(ProtocolError, match="edges of graphs"):
        check(TraceRecord(graphs=graphs[:2]), Limits(graph_nodes=2))
    with pytest.raises(ProtocolError, match="functions of graphs"):
        check(TraceRecord(graphs=graphs), Limits(graph_nodes=2))


def test_a_long_chain_is_checked_in_linear_time() -> None:
    def chain(size: int) -> Callable[[], None]:
        functions = [function(f"f{number}", f"f{number + 1}") for number in range(1, size)]
        trace = graph(*functions, function(f"f{size}"))
        return lambda: check(trace, LIMITS)

    assert_linear(chain, 1_000)


def test_mangled_traces_are_refused_or_pass_but_never_break() -> None:
    source = random.Random(2)
    original = msgspec.to_builtins(tutorial()[0])
    strange: tuple[Any, ...] = (0, -1, 2**62, "", "t1", "f1", None, [], [1, 2], [[["f1", 0]]], True, 1.5)
    refused = 0
    for _ in range(400):
        mangled = msgspec.json.decode(msgspec.json.encode(original))
        node: Any = mangled
        while True:
            keys: list[Any] = list(node.keys()) if hasattr(node, "keys") else list(range(len(node)))
            key = source.choice(keys)
            following: Any = node[key]
            if not hasattr(following, "__setitem__") or not following or source.random() < 0.15:
                node[key] = source.choice(strange)
                break
            node = following
        try:
            check(msgspec.convert(mangled, TraceRecord), LIMITS)
        except (msgspec.ValidationError, ProtocolError):
            refused += 1
    assert refused > 200
