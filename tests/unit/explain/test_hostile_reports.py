"""Reports and programs that are made to take long to explain are explained in no time, or left unexplained."""

import time
from collections.abc import Callable

import pytest
from tensorpad.explain.explainer import surprises
from tensorpad.explain.facts import Facts
from tensorpad.explain.sources import Sources
from tensorpad.protocol.records import FullValues, Span, TensorRecord
from tensorpad.protocol.steps import OperationRecord, WriteRecord
from tensorpad.protocol.traces import TraceRecord

QUICK_S = 2.0
"""Without its bound, each of these takes more than ten seconds."""


def tensor(number: int, *numbers: float, named: bool = False) -> TensorRecord:
    shape, names = (len(numbers),), (f"x{number}",) if named else ()
    values = FullValues(shape, numbers)
    return TensorRecord(
        f"t{number}", names, shape, "torch.float32", "cpu", False, True, None, "s1", 0, (1,), 0, None, values, None
    )


def long_word() -> Facts:
    warning = "<cell 1>:1: UserWarning: The .grad attribute of a Tensor that is not a leaf Tensor is being accessed\n"
    return Facts(Sources(("x" * 250_000,)), TraceRecord(), stderr=(warning,))


def many_numbers() -> Facts:
    tensors = (tensor(1, *[1.0] * 2_000), tensor(2, float("nan")))
    made = [
        OperationRecord(f"op{place}", "torch.add", None, None, ("t1",) * 63 + ("t2",), ("t2",)) for place in range(1, 4_001)
    ]
    return Facts(Sources(("",)), TraceRecord(tensors=tensors, operations=tuple(made)))


def many_names_for_one_memory() -> Facts:
    tensors = tuple(tensor(number, 1.0, named=True) for number in range(1, 4_001))
    names = tuple(one.id for one in tensors)
    writes = tuple(WriteRecord("t1", 0, 1) for _ in range(10_000))
    made = (
        OperationRecord("op1", "torch.add", None, None, (), (), writes=writes),
        OperationRecord("op2", "torch.add", None, None, (), (), writes=writes),
        OperationRecord("op3", "torch.add", None, None, (), names),
    )
    return Facts(Sources(("",)), TraceRecord(tensors=tensors, operations=made))


def many_long_spans() -> Facts:
    source = "x + " * 4_900
    made = [
        OperationRecord(f"op{place}", "torch.empty", Span(0, 1, place, 1, len(source)), None, (), ("t1",))
        for place in range(1, 2_001)
    ]
    return Facts(Sources((source,)), TraceRecord(tensors=(tensor(1, 1.0),), operations=tuple(made)))


@pytest.mark.parametrize("facts", [long_word, many_numbers, many_names_for_one_memory, many_long_spans])
def test_hostile_report_is_explained_in_no_time(facts: Callable[[], Facts]) -> None:
    known = facts()
    started = time.thread_time()
    surprises(known, "en")
    assert time.thread_time() - started < QUICK_S
