"""Explaining reports and programs that are made to take long costs no more than in proportion to their size."""

from collections.abc import Callable

import pytest
from tensorpad.explain.explainer import surprises
from tensorpad.explain.facts import Facts
from tensorpad.explain.sources import Sources
from tensorpad.protocol.records import FullValues, Layout, RoleRecord, Span, TensorRecord
from tensorpad.protocol.steps import OperationRecord, WriteRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.growth import assert_linear


def tensor(number: int, *numbers: float, named: bool = False) -> TensorRecord:
    shape, names = (len(numbers),), (f"x{number}",) if named else ()
    values = FullValues(shape, numbers)
    layout = Layout(shape, (1,), 0, "torch.float32", "cpu", "s1")
    return TensorRecord(f"t{number}", names, layout, (RoleRecord(None, False, True),), 0, None, values, None)


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


@pytest.mark.parametrize(
    ("facts", "size"),
    [(long_word, 4_000), (many_numbers, 500), (many_names_for_one_memory, 500), (many_long_spans, 100)],
)
def test_cost_of_explaining_a_hostile_report_grows_with_its_size(facts: Callable[[int], Facts], size: int) -> None:
    def work(size: int) -> Callable[[], object]:
        return lambda: surprises(facts(size), "en")

    assert_linear(work, size)
