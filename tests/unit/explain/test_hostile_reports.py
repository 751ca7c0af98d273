"""Explaining reports and programs that are made to take long costs no more than in proportion to their size."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.explainer import surprises
from tensorpad.explain.program.sources import Sources
from tensorpad.protocol.backwards import BackwardRecord, FunctionRun, HookRecord, RootRecord, Slot
from tensorpad.protocol.holders import HeldRecord, HolderRecord
from tensorpad.protocol.records import FullValues, Layout, RoleRecord, Span, TensorRecord
from tensorpad.protocol.steps import ArgumentRecord, BindingRecord, OperationRecord, StepRecord, WriteRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.growth import assert_linear


def tensor(number: int, *numbers: float, named: bool = False) -> TensorRecord:
    shape, names = (len(numbers),), (f"x{number}",) if named else ()
    values = FullValues(shape, numbers)
    layout = Layout(shape, (1,), "torch.float32", "cpu", "s1")
    return TensorRecord(f"t{number}", layout, (RoleRecord(None, False, True),), values, names)


def long_word(size: int) -> Facts:
    warning = "<cell 1>:1: UserWarning: The .grad attribute of a Tensor that is not a leaf Tensor is being accessed\n"
    return Facts(Sources(("x" * size,)), TraceRecord(), stderr=(warning,))


def many_numbers(size: int) -> Facts:
    tensors = (tensor(1, *[1.0] * size), tensor(2, float("nan")))
    operations = [OperationRecord(f"op{i}", "torch.add", None, None, ("t1", "t2"), ("t2",)) for i in range(1, size + 1)]
    return Facts(Sources(("",)), TraceRecord(tensors=tensors, operations=tuple(operations)))


def many_names_for_one_memory(size: int) -> Facts:
    tensors = tuple(tensor(number, 1.0, named=True) for number in range(1, size + 1))
    names = tuple(tensor.id for tensor in tensors)
    writes = (WriteRecord("t1", 0, 1),) * size
    operations = (
        OperationRecord("op1", "torch.add", None, None, (), (), writes=writes),
        OperationRecord("op2", "torch.add", None, None, (), (), writes=writes),
        OperationRecord("op3", "torch.add", None, None, (), names),
    )
    return Facts(Sources(("",)), TraceRecord(tensors=tensors, operations=operations))


def many_long_spans(size: int) -> Facts:
    source = "x + " * (4 * size)
    operations = [
        OperationRecord(f"op{i}", "torch.empty", Span(0, 1, i, 1, len(source)), None, (), ("t1",))
        for i in range(1, size + 1)
    ]
    return Facts(Sources((source,)), TraceRecord(tensors=(tensor(1, 1.0),), operations=tuple(operations)))


def many_optimisers_and_steps(size: int) -> Facts:
    held = (HeldRecord("net.weight", "t1"),)
    holders = tuple(HolderRecord("optimizer", f"opt{number}", "SGD", held) for number in range(size))
    cell = "".join(f"opt{number}.step()\n" for number in range(size))
    steps = tuple(StepRecord("statement", Span(0, line + 1, 0, line + 1, len(f"opt{line}.step()"))) for line in range(size))
    return Facts(Sources((cell,)), TraceRecord(tensors=(tensor(1, 1.0),), holders=holders, steps=steps))


def many_writes_through_data(size: int) -> Facts:
    tensors = (replace(tensor(1, 1.0), roles=(RoleRecord(None, True, True),)), tensor(2, 1.0), tensor(3, 1.0))
    operations = [OperationRecord("op1", "torch.Tensor.data", None, None, ("t1",), ("t3",))]
    for number in range(2, 2 * size, 2):
        operations.append(OperationRecord(f"op{number}", "torch.square", None, None, ("t1",), ("t2",)))
        write = WriteRecord("t3", 0, 1)
        operations.append(OperationRecord(f"op{number + 1}", "torch.Tensor.mul_", None, None, ("t3",), (), writes=(write,)))
    runs = tuple(FunctionRun(f"f{one.id[2:]}", "", None, one.id, (), (), ()) for one in operations)
    backward = BackwardRecord("b1", "backward", None, None, (), None, False, False, (), (), runs)
    steps = (StepRecord("backward", ref="b1"), *(StepRecord("operation", ref=one.id) for one in operations))
    trace = TraceRecord(tensors=tensors, operations=tuple(operations), steps=steps, backwards=(backward,))
    return Facts(Sources(("",)), trace)


def many_calls_of_one_hook(size: int) -> Facts:
    span = Span(0, 1, 0, 1, 4)
    hook = HookRecord("tensor", "h", span, 0, (), ())
    run = FunctionRun("f1", "", "t1", None, (), (), (), hooks=(hook,))
    backward = BackwardRecord("b1", "backward", None, None, (), None, False, False, (), (), (run,))
    call = StepRecord("call", span, None, "h", 1, (BindingRecord("g", "Tensor", None, "t1"),))
    return Facts(Sources(("hook",)), TraceRecord(tensors=(tensor(1, 1.0),), steps=(call,) * size, backwards=(backward,)))


def many_cuts(size: int) -> Facts:
    leaf = replace(tensor(1, 1.0, named=True), roles=(RoleRecord(None, True, True),))
    others = [
        replace(tensor(number, 1.0), roles=(RoleRecord(None, number % 2 == 0, True),)) for number in range(2, size + 2)
    ]
    operations = [
        OperationRecord(f"op{number}", "torch.argmax", None, None, (f"t{number - 1}",), (f"t{number}",))
        for number in range(3, size + 2)
    ]
    runs = (FunctionRun("f1", "", None, None, (), (), ()),)
    root = RootRecord("f1", 0, "", f"t{size + 1}", None)
    passes = tuple(
        BackwardRecord(f"b{number}", "backward", None, None, (root,), None, False, False, (), (), runs)
        for number in range(size)
    )
    return Facts(Sources(("",)), TraceRecord(tensors=(leaf, *others), operations=tuple(operations), backwards=passes))


def many_sums_of_one_tensor(size: int) -> Facts:
    """Additions of integers, each of which is said to have the same thousands of elements."""
    values = FullValues((8 * size,), (3,) * (8 * size))
    layout = Layout((8 * size,), (1,), "torch.uint8", "cpu", "s1")
    one = TensorRecord("t1", layout, (RoleRecord(None, False, True),), values, ("x",))
    arguments = (ArgumentRecord("self", "t1"), ArgumentRecord("other", "t1"))
    operations = [
        OperationRecord(f"op{i}", name, None, "x", ("t1",), ("t1",), arguments)
        for i in range(1, size + 1)
        for name in ("torch.add", "torch.Tensor.byte")
    ]
    return Facts(Sources(("",)), TraceRecord(tensors=(one,), operations=tuple(operations)))


def many_functions_with_one_gradient(size: int) -> Facts:
    gradient = FullValues((8 * size,), (0.0,) * (8 * size))
    runs = [
        FunctionRun(f"f{i}", "ReluBackward0", None, None, (Slot(f"f{i + 1}", 0),), (0,), (0,)) for i in range(1, size + 1)
    ]
    root = RootRecord("f1", 0, "y", None, 0)
    one = BackwardRecord("b1", "backward", None, None, (root,), None, False, False, (), (gradient,), tuple(runs))
    return Facts(Sources(("",)), TraceRecord(backwards=(one,)))


@pytest.mark.parametrize(
    ("facts", "size"),
    [
        (long_word, 4_000),
        (many_numbers, 500),
        (many_names_for_one_memory, 500),
        pytest.param(many_long_spans, 100, marks=pytest.mark.long),
        (many_optimisers_and_steps, 100),
        (many_writes_through_data, 200),
        (many_calls_of_one_hook, 200),
        (many_cuts, 200),
        (many_sums_of_one_tensor, 200),
        (many_functions_with_one_gradient, 300),
    ],
)
def test_cost_of_explaining_a_hostile_report_grows_with_its_size(facts: Callable[[int], Facts], size: int) -> None:
    def work(size: int) -> Callable[[], object]:
        return lambda: surprises(facts(size), "en")

    assert_linear(work, size)
