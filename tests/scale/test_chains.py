"""Long chains of operations: what they cost grows as they do, and past the limits the report says so."""

from dataclasses import replace

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.outcomes import Completed

from tests.support.comparison import run
from tests.support.growth import count_calls
from tests.support.programs import run as run_in_pool
from tests.support.programs import stdout
from tests.support.short_form import shortened

CHAIN = """
import torch
x = torch.ones(4, requires_grad=True)
y = x
for _ in range({count}):
    y = y + 1
y.sum().backward()
print(y.tolist(), x.grad.tolist())
"""
WITHOUT_GRADIENT = """
import torch
y = torch.zeros(4)
for _ in range({count}):
    y = y + 1
print(y.tolist())
"""


def calls(program: str, limits: Limits) -> int:
    """How many functions are called to run and report a program."""
    return count_calls(lambda: run(program, limits=limits))


@pytest.mark.parametrize("chain", shortened([CHAIN, WITHOUT_GRADIENT]), ids=["with_gradient", "without"])
def test_the_work_grows_with_the_chain_and_no_faster(chain: str) -> None:
    limits = replace(Limits(), records=10_000, graph_nodes=10_000)
    run(chain.format(count=1), limits=limits)
    small, middle, large = (calls(chain.format(count=count), limits) for count in (500, 1_000, 2_000))
    # Twice as much is linear, four times as much quadratic.
    assert large - middle < 2.5 * (middle - small)


def test_past_the_limit_an_operation_costs_a_few_calls() -> None:
    limits = replace(Limits(), records=100, steps=100)
    run(WITHOUT_GRADIENT.format(count=200), limits=limits)
    few, many = (calls(WITHOUT_GRADIENT.format(count=count), limits) for count in (1_000, 2_000))
    assert many - few < 40 * 1_000


@pytest.mark.parametrize("count", shortened([1_000, 10_000, 100_000], keep=2))
@pytest.mark.anyio
async def test_a_long_chain_is_right_within_a_services_limits(pool: LocalPool, count: int) -> None:
    outcome = await run_in_pool(pool, WITHOUT_GRADIENT.format(count=count))
    assert isinstance(outcome, Completed), outcome
    assert stdout(outcome) == f"{[float(count)] * 4}\n"
    operations = sum(one.parent is None for one in outcome.trace.operations)
    if operations < count + 1:
        assert "operations" in {one.what for one in outcome.trace.truncated}
    assert len(outcome.trace.operations) <= Limits().records


@pytest.mark.parametrize("count", [1_000, 10_000])
@pytest.mark.anyio
async def test_a_deep_graph_is_differentiated_and_reported(pool: LocalPool, count: int) -> None:
    outcome = await run_in_pool(pool, CHAIN.format(count=count))
    assert isinstance(outcome, Completed), outcome
    assert stdout(outcome) == f"{[float(count + 1)] * 4} [1.0, 1.0, 1.0, 1.0]\n"
    (graph,) = outcome.trace.graphs
    ended = "recording" in {one.what for one in outcome.trace.truncated}
    assert ended == (count > Limits().records)
    # What comes after the recording is not on record: then the graph is that of `y`, and not of its sum.
    assert (len(graph.functions), graph.root_name, graph.elided) == (
        (count + 1, "y", 0) if ended else (count + 2, "y.sum()", 0)
    )


@pytest.mark.long
@pytest.mark.anyio
async def test_a_hundred_thousand_operations_on_a_graph_stay_within_memory(pool: LocalPool) -> None:
    outcome = await run_in_pool(pool, CHAIN.format(count=100_000))
    assert isinstance(outcome, Completed), outcome
    assert stdout(outcome) == f"{[100_001.0] * 4} [1.0, 1.0, 1.0, 1.0]\n"
    assert outcome.trace.truncated
