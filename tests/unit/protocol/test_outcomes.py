"""Whatever part of a report is large, its outcome is not mapped on the event loop."""

import pytest
from tensorpad.protocol.records import ArrayLayout, ArrayRecord, FullValues, Layout, RoleRecord, TensorRecord
from tensorpad.protocol.steps import ChangeRecord, StepRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.autograd_records import tutorial
from tests.support.stages import completed

VALUES = FullValues((2_000,), (1.0,) * 2_000)
TENSOR = TensorRecord(
    "t1", Layout((2_000,), (1,), "torch.float32", "cpu", None), (RoleRecord(None, False, True),), VALUES, ()
)
ARRAY = ArrayRecord("a1", (), ArrayLayout((2_000,), (4,), 0, "float32", None), VALUES)


def test_a_small_program_is_small() -> None:
    assert not completed(trace=tutorial()[0]).is_large


@pytest.mark.parametrize(
    "trace",
    [
        pytest.param(TraceRecord(steps=(StepRecord("statement"),) * 5_000), id="steps"),
        pytest.param(TraceRecord(steps=(StepRecord("statement", changed=(ChangeRecord("t1", 0),) * 5_000),)), id="changes"),
        pytest.param(TraceRecord(arrays=(ARRAY,) * 1_000), id="arrays"),
        pytest.param(TraceRecord(tensors=(TENSOR,) * 100), id="elements"),
    ],
)
def test_a_large_report_is_not_small(trace: TraceRecord) -> None:
    assert completed(trace=trace).is_large
