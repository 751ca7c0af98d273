"""Which operations a run keeps when it makes more than there is room for."""

from dataclasses import replace

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.traces import TraceRecord

from tests.support.comparison import run

LIMITS = replace(Limits(), records=60)
LOOP = """\
w = torch.ones(2, requires_grad=True)
linear = torch.nn.Linear(2, 2)
for number in range({rounds}):
    loss = linear(w * number).exp().sum()
    loss.backward()
    w.grad = None
"""


def numbers(trace: TraceRecord) -> list[int]:
    return [int(operation.id.removeprefix("op")) for operation in trace.operations]


def test_a_loop_keeps_its_first_operations_and_its_last_rounds() -> None:
    trace = run(LOOP.format(rounds=40), limits=LIMITS).trace
    kept = numbers(trace)
    assert kept[:60] == list(range(1, 61))
    assert 60 < len(kept) <= 90
    assert kept[60:] == list(range(kept[60], kept[-1] + 1))
    assert kept[-1] > 150
    assert "operations" in {truncation.what for truncation in trace.truncated}


def test_the_graph_of_the_last_round_has_its_operations_and_modules() -> None:
    trace = run(LOOP.format(rounds=40), limits=LIMITS).trace
    operations = {operation.id: operation for operation in trace.operations}
    (last,) = [graph for graph in trace.graphs if graph.root_name == "loss"][-1:]
    made = [operations[function.operation] for function in last.functions if function.operation is not None]
    expressions = [operation.expression for operation in made]
    assert expressions == ["linear(w * number).exp().sum()", "linear(w * number).exp()", "linear(w * number)", "w * number"]
    assert [operation.module and operation.module.path for operation in made] == [None, None, "linear", None]


def test_a_long_chain_keeps_its_first_operations_alone() -> None:
    trace = run("x = torch.ones(2, requires_grad=True)\nfor _ in range(200):\n    x = x * 1", limits=LIMITS).trace
    assert numbers(trace) == list(range(1, 61))


def test_a_run_that_just_fits_is_not_said_to_be_cut() -> None:
    trace = run("for _ in range(60):\n    x = torch.ones(2)\nprint(x)", limits=LIMITS).trace
    assert numbers(trace) == list(range(1, 61))
    assert "operations" not in {truncation.what for truncation in trace.truncated}
