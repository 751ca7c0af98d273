"""Graphs and gradients of a run, against the same program with `retain_grad()` in plain torch."""

from typing import Any

import pytest
import torch
import torch.autograd.graph
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import AutogradRecord, FullValues, FunctionRecord, SummaryValues
from tensorpad.protocol.traces import TraceRecord

from tests.support.comparison import run

TUTORIAL = """
x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
"""


def only(trace: TraceRecord) -> AutogradRecord:
    (graph,) = trace.graphs
    return graph


def flat(tensor: Any) -> list[float]:
    return tensor.flatten().tolist()


def numbers(values: Any) -> list[float]:
    assert isinstance(values, FullValues)
    return list(values.data)


def named(graph: AutogradRecord, trace: TraceRecord) -> dict[str, FunctionRecord]:
    names = {tensor.id: tensor.names[0] for tensor in trace.tensors if tensor.names}
    return {names[function.tensor]: function for function in graph.functions if function.tensor in names}


@pytest.mark.parametrize("count", [3, 20])
def test_graphs_of_several_results_are_in_the_order_of_the_program(count: int) -> None:
    results = "\n".join(f"y{number} = x * {number}" for number in range(count))
    graphs = run(f"x = torch.ones(2, requires_grad=True)\n{results}").trace.graphs
    names = [f"y{number}" for number in range(count)]
    assert [graph.root_name for graph in graphs] == names[-len(graphs) :]


def test_the_tutorials_graph_has_its_functions_tensors_gradients_and_order() -> None:
    trace = run(TUTORIAL + "out.backward()").trace
    graph = only(trace)
    assert (graph.root_name, graph.backward, graph.elided) == ("out", True, 0)
    assert [function.name for function in graph.functions] == [
        "MeanBackward0",
        "MulBackward0",
        "MulBackward0",
        "AddBackward0",
        "AccumulateGrad",
    ]
    assert [function.order for function in graph.functions] == [0, 1, 2, 3, 4]
    ids = [function.id for function in graph.functions]
    assert graph.root == ids[0]
    assert [function.next for function in graph.functions] == [
        ((ids[1], 0),),
        ((ids[2], 0), None),
        ((ids[3], 0), (ids[3], 0)),
        ((ids[4], 0), None),
        (),
    ]

    x = torch.ones(2, 2, requires_grad=True)
    y = x + 2
    square = y * y
    z = square * 3
    out: Any = z.mean()
    for tensor in (y, square, z, out):
        tensor.retain_grad()
    out.backward()
    for function, tensor in zip(graph.functions, (out, z, square, y, x), strict=True):
        (gradient,) = function.gradients
        assert tensor.grad is not None
        assert numbers(gradient) == flat(tensor.grad)
        (record,) = [record for record in trace.tensors if record.id == function.tensor]
        assert record.layout.shape == tuple(tensor.shape)
        assert numbers(record.values) == flat(tensor.detach())
    expressions = {operation.id: operation.expression for operation in trace.operations}
    assert [expressions.get(function.operation or "") for function in graph.functions] == [
        "z.mean()",
        "y * y * 3",
        "y * y",
        "x + 2",
        None,
    ]


def test_without_a_backward_pass_the_scalar_variables_are_roots() -> None:
    graph = only(run(TUTORIAL).trace)
    assert (graph.root_name, graph.backward) == ("out", False)
    assert {function.order for function in graph.functions} == {None}
    assert all(function.gradients == () for function in graph.functions)


def test_a_result_that_has_no_name_is_a_root_under_its_source() -> None:
    assert only(run("x = torch.ones(2, requires_grad=True)\n(x * 2).sum()").trace).root_name == "(x * 2).sum()"


def test_a_tensor_of_several_elements_is_a_root_where_no_graph_shows_it() -> None:
    assert only(run("x = torch.ones(2, requires_grad=True)\ny = x * 2\nz = y + 1").trace).root_name == "z"


def test_a_root_without_a_name_is_called_by_its_expression() -> None:
    assert only(run("x = torch.ones(2, requires_grad=True)\n(x * x).sum().backward()").trace).root_name == "(x * x).sum()"


def test_a_root_of_a_pass_that_a_library_runs_is_called_by_what_made_it() -> None:
    source = """
from torch.utils.checkpoint import checkpoint
def square(a):
    return a * a
x = torch.ones(2, requires_grad=True)
y = checkpoint(square, x, use_reentrant=True).sum()
y.backward()
slope = torch.func.grad(lambda a: a.sin())(torch.tensor(1.0))
"""
    assert [one.roots[0].name for one in run(source).trace.backwards] == ["y", "a * a", "a.sin()"]


def test_gradients_are_those_after_the_programs_hooks_and_survive_a_failing_hook() -> None:
    source = """
x = torch.ones(2, requires_grad=True)
y = x * 2
y.register_hook(lambda g: g * 10)
z = y * 3
out = z.sum()
def fail(g): raise ValueError("from the hook")
x.register_hook(fail)
out.backward()
"""
    course = run(source)
    error = course.cell.error
    assert error is not None
    assert (error.message, error.line) == ("from the hook", 7)
    functions = named(only(course.trace), course.trace)
    assert numbers(functions["y"].gradients[0]) == [30.0, 30.0]
    assert functions["x"].order is None
    assert [tensor.grad for tensor in course.trace.tensors if "x" in tensor.names] == [None]


def test_operations_in_hooks_are_logged_where_they_stand() -> None:
    trace = run("x = torch.ones(2, requires_grad=True)\nx.register_hook(lambda g: g * 2)\n(x + 1).sum().backward()").trace
    assert [operation.expression for operation in trace.operations if operation.name == "torch.Tensor.mul"] == ["g * 2"]


def test_autograd_grad_shows_the_gradients_that_it_gives() -> None:
    trace = run(
        "x = torch.ones(2, requires_grad=True)\ny = x * 2\nout = (y * y).sum()\ng, = torch.autograd.grad(out, [y])"
    ).trace
    functions = named(trace.graphs[0], trace)
    assert numbers(functions["y"].gradients[0]) == [4.0, 4.0]
    assert functions["y"].order is None
    assert functions["out"].order == 0


def test_a_function_of_several_outputs_has_none_where_no_gradient_arrived() -> None:
    graph = run("x = torch.ones(3, requires_grad=True)\na, b, c = x.unbind()\n(b * 2).backward()").trace.graphs[0]
    (unbind,) = [function for function in graph.functions if function.name == "UnbindBackward0"]
    assert [gradient is None for gradient in unbind.gradients] == [True, False, True]


def test_functions_keep_their_ids_over_two_passes() -> None:
    trace = run(TUTORIAL + "out.backward(retain_graph=True)\nout.backward()").trace
    first, second = trace.graphs
    assert [function.id for function in first.functions] == [function.id for function in second.functions]
    assert [function.gradients for function in first.functions] == [function.gradients for function in second.functions]


def test_a_function_whose_tensor_was_written_over_no_longer_stands_for_it() -> None:
    trace = run("x = torch.ones(2, requires_grad=True)\ny = x * 2\ny += 1\ny.sum().backward()").trace
    functions = {function.name: function for function in only(trace).functions}
    assert functions["MulBackward0"].tensor is None
    (y,) = [tensor for tensor in trace.tensors if "y" in tensor.names]
    assert functions["AddBackward0"].tensor == y.id
    assert numbers(y.values) == [3.0, 3.0]


def test_a_write_through_a_view_gives_its_base_and_its_views_other_functions() -> None:
    source = """
x = torch.ones(2, 2, requires_grad=True)
y = x * 2
first, second = y[0], y[1]
first.mul_(3)
both = first * second
(both.sum() + y.sum()).backward()
names = {name: type(globals()[name].grad_fn).__name__ for name in ("y", "first", "second", "both")}
print(names)
"""
    course = run(source)
    functions = named(only(course.trace), course.trace)
    assert str({name: functions[name].name for name in ("y", "first", "second", "both")}) == course.printed.strip()
    of_y = [function for function in only(course.trace).functions if function.name == "MulBackward0"]
    assert [function.tensor for function in of_y].count(None) == 1


def test_a_function_of_the_programs_own_stands_for_its_output() -> None:
    source = """
class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 2
    @staticmethod
    def backward(ctx, g): return g * 2
x = torch.ones(2, requires_grad=True)
y = Double.apply(x)
y.sum().backward()
"""
    trace = run(source).trace
    assert named(only(trace), trace)["y"].name == "DoubleBackward"


def test_several_roots_are_several_graphs_of_one_pass() -> None:
    trace = run(
        "x = torch.ones(2, requires_grad=True)\na = x.sum()\nb = (x * x).sum()\ntorch.autograd.backward([a, b])"
    ).trace
    assert [graph.root_name for graph in trace.graphs] == ["a", "b"]
    leaves = [graph.functions[-1] for graph in trace.graphs]
    assert leaves[0].id == leaves[1].id
    assert numbers(leaves[0].gradients[0]) == [3.0, 3.0]


CHAIN = "x = torch.ones(1, requires_grad=True)\ny = x\nfor _ in range({count}): y = y + 1\n"


def test_a_chain_of_thousands_of_operations_does_not_recurse() -> None:
    course = run(CHAIN.format(count=5_000) + "y.backward()", limits=Limits(graph_nodes=4_000))
    assert course.cell.error is None
    graph = only(course.trace)
    assert len(graph.functions) == 4_000
    assert graph.elided == 5_001 - 4_000
    assert "operations" in [part.what for part in course.trace.truncated]


def test_a_chain_of_ten_thousand_operations_is_recorded_whole() -> None:
    graph = only(run(CHAIN.format(count=10_000) + "y.backward()").trace)
    assert (len(graph.functions), graph.elided) == (10_001, 0)


def test_the_graphs_of_a_run_share_the_limit_and_the_newest_pass_comes_first() -> None:
    source = (
        CHAIN.format(count=30) + "for _ in range(3): y.backward(retain_graph=True)\nz = x\nfor _ in range(30): z = z * 2"
    )
    trace = run(source, limits=Limits(graph_nodes=50)).trace
    assert [(graph.backward, len(graph.functions), graph.elided) for graph in trace.graphs] == [
        (True, 31, 0),
        (False, 19, 12),
    ]
    assert ("functions of graphs", 50) in [(part.what, part.limit) for part in trace.truncated]


def test_the_roots_of_a_pass_share_its_room() -> None:
    source = CHAIN.format(count=30) + "torch.autograd.backward([y.sum() for _ in range(3)])\ndel y"
    trace = run(source, limits=Limits(graph_nodes=60)).trace
    assert [len(graph.functions) for graph in trace.graphs] == [20, 20, 20]
    assert [graph.elided for graph in trace.graphs] == [12, 12, 12]


def test_of_many_passes_the_newest_are_kept() -> None:
    source = "w = torch.ones(1, requires_grad=True)\nfor i in range(50):\n    loss = (w * i).sum()\n    loss.backward()"
    trace = run(source, limits=Limits(graphs=4)).trace
    assert [numbers(graph.functions[-1].gradients[0]) for graph in trace.graphs] == [[46.0], [47.0], [48.0], [49.0]]
    assert {graph.root_name for graph in trace.graphs} == {"loss"}
    assert [part.what for part in trace.truncated] == ["graphs"]


def test_large_gradients_are_summarised() -> None:
    graph = only(run("x = torch.ones(5000, requires_grad=True)\n(x * 3).sum().backward()").trace)
    gradient = graph.functions[-1].gradients[0]
    assert isinstance(gradient, SummaryValues)
    assert (gradient.minimum, gradient.maximum, gradient.count) == (3.0, 3.0, 5000)


def test_the_engines_entry_is_there_and_is_put_back() -> None:
    before: list[Any] = [vars(module)["_engine_run_backward"] for module in (torch.autograd, torch.autograd.graph)]
    run(TUTORIAL + "out.backward()")
    assert [vars(module)["_engine_run_backward"] for module in (torch.autograd, torch.autograd.graph)] == before


def test_a_hook_that_changes_nothing_leaves_what_it_saw() -> None:
    trace = run(
        """
x = torch.tensor([1.0, float("nan")], requires_grad=True)
y = x * 2
y.register_hook(lambda g: None)
y.register_hook(lambda g: g.clone())
y.register_hook(lambda g: g * 3)
def write(g): g.mul_(5)
y.register_hook(write)
(y * x.detach()).sum().backward()
"""
    ).trace
    (record,) = trace.backwards
    hooks = [hook for ran in record.runs for hook in ran.hooks]
    assert [hook.before == hook.after for hook in hooks] == [True, True, False, False]


def test_no_hook_stays_on_a_function() -> None:
    source = (
        TUTORIAL + "out.backward(retain_graph=True)\nbefore = len(torch.autograd.graph.get_gradient_edge(x).node.metadata)\n"
    )
    counted = """
calls = []
f = y.grad_fn
handle = f.register_prehook(lambda g: calls.append(len(g)))
out.backward()
print(calls, x.grad.flatten().tolist())
"""
    assert run(source + counted).printed == "[1] [9.0, 9.0, 9.0, 9.0]\n"
