"""Tensors that fill most of a program's memory are summarised where they lie."""

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.outcomes import Completed
from tensorpad.protocol.records import SummaryValues
from tensorpad.protocol.traces import TraceRecord

from tests.support.programs import run

COUNT = 10**8


def summary(trace: TraceRecord, name: str) -> SummaryValues:
    (tensor,) = [tensor for tensor in trace.tensors if name in tensor.names]
    assert isinstance(tensor.values, SummaryValues), tensor.values
    return tensor.values


@pytest.mark.anyio
async def test_a_tensor_of_1e8_elements_is_summarised_without_a_copy(narrow_pool: LocalPool) -> None:
    program = f"import torch\nx = torch.zeros({COUNT})\nx[7] = 3.0\nx[-1] = -1.0"
    outcome = await run(narrow_pool, program)
    assert isinstance(outcome, Completed), outcome
    values = summary(outcome.trace, "x")
    assert (values.count, values.zeros, values.nan, values.infinite) == (COUNT, COUNT - 2, 0, 0)
    assert (values.minimum, values.maximum) == (-1.0, 3.0)
    assert values.mean == pytest.approx(2.0 / COUNT)
    assert sum(values.histogram) == COUNT
    assert values.columns[-1] == COUNT - 1
    assert values.corners[-1] == -1.0


@pytest.mark.long
@pytest.mark.anyio
async def test_its_copy_would_not_have_had_room(narrow_pool: LocalPool) -> None:
    outcome = await run(narrow_pool, f"import torch\nx = torch.zeros({COUNT})\ny = x.clone()")
    assert not (isinstance(outcome, Completed) and outcome.cells[0].record and outcome.cells[0].record.error is None)


@pytest.mark.long
@pytest.mark.anyio
async def test_views_and_gradients_of_it_have_room_too(narrow_pool: LocalPool) -> None:
    program = f"""
import torch
x = torch.ones({COUNT // 4}, requires_grad=True)
view = x.view(2, -1).t()
x.sum().backward()
"""
    outcome = await run(narrow_pool, program)
    assert isinstance(outcome, Completed), outcome
    assert summary(outcome.trace, "x").mean == 1.0
    assert summary(outcome.trace, "view").shape == (COUNT // 8, 2)
