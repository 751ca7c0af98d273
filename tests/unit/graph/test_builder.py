"""Graph models built from records of real torch graphs."""

import random
from collections.abc import Callable
from typing import Any

import torch
from msgspec.structs import replace
from tensorpad.graph.builder import build
from tensorpad.graph.model import Graph
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import AutogradRecord, FullValues, FunctionRecord
from tensorpad.protocol.traces import TraceRecord, check

from tests.support.autograd_records import trace_of, tutorial, values_of
from tests.support.growth import assert_linear


def chain(length: int, reuse: int = 0) -> tuple[TraceRecord, AutogradRecord]:
    """A graph of `length` operations on one leaf, which is used again every `reuse` operations. No two are alike."""
    functions: list[FunctionRecord] = []
    for number in range(1, length + 1):
        following: list[tuple[str, int] | None] = [(f"f{number + 1}", 0)]
        if reuse and number % reuse == 0:
            following.append((f"f{length + 1}", 0))
        functions.append(FunctionRecord(f"f{number}", f"Add{number}Backward0", None, None, (), tuple(following), None))
    functions.append(FunctionRecord(f"f{length + 1}", "AccumulateGrad", None, None, (), (), None))
    graph = AutogradRecord("g1", "f1", "out", False, tuple(functions))
    return TraceRecord(graphs=(graph,)), graph


def assert_sound(graph: Graph) -> None:
    """Ids are unique, edges join nodes that are there, and inputs come before their uses."""
    places = {node.id: place for place, node in enumerate(graph.nodes)}
    assert len(places) == len(graph.nodes)
    assert len({edge.id for edge in graph.edges}) == len(graph.edges)
    for edge in graph.edges:
        assert places[edge.source] < places[edge.target]


def test_tutorial_graph_runs_from_leaf_to_result() -> None:
    graph = build(*tutorial(), 400)
    assert [(node.kind, node.label) for node in graph.nodes] == [
        ("leaf", "x"),
        ("operation", "y"),
        ("operation", "y * y"),
        ("operation", "z"),
        ("result", "out"),
    ]
    assert_sound(graph)
    assert graph.root == graph.nodes[-1].id
    leaf, y, square, *_ = graph.nodes
    assert leaf.id.startswith("t")
    assert y.id.startswith("f")
    assert [(edge.source, edge.target) for edge in graph.edges].count((y.id, square.id)) == 2


def test_leaf_carries_what_accumulated_and_operation_what_arrived() -> None:
    graph = build(*tutorial(), 400)
    x = torch.ones(2, 2, requires_grad=True)
    y = x + 2
    y.retain_grad()
    loss: Any = (y * y * 3).mean()
    loss.backward()
    assert graph.nodes[0].grad == values_of(x.grad)
    assert graph.nodes[1].grad == values_of(y.grad)
    assert graph.nodes[1].value == values_of(y)


def test_order_is_that_of_the_engine() -> None:
    graph = build(*tutorial(), 400)
    assert [node.order for node in reversed(graph.nodes)] == [0, 1, 2, 3, 4]


def test_parameters_are_told_from_leaves() -> None:
    weight, x = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    graph = build(*trace_of((weight * x).sum(), {"weight": weight, "x": x}, parameters=["weight"]), 400)
    assert {node.label: node.kind for node in graph.nodes if node.tensor} == {"weight": "parameter", "x": "leaf"}


def test_root_that_is_a_leaf() -> None:
    function = FunctionRecord("f1", "AccumulateGrad", None, None, (), (), None)
    graph = AutogradRecord("g1", "f1", "x", False, (function,))
    assert [node.kind for node in build(TraceRecord(), graph, 400).nodes] == ["leaf"]


def test_chain_of_5000_is_built_without_recursion() -> None:
    trace, record = chain(5_000, reuse=50)
    graph = build(trace, record, 10_000)
    assert len(graph.nodes) == 5_001
    assert_sound(graph)


def test_too_many_nodes_leave_one_elided_node_that_counts_the_rest() -> None:
    trace, record = chain(500)
    graph = build(trace, record, 100)
    assert len(graph.nodes) == 100
    rest = next(node for node in graph.nodes if node.kind == "elided")
    assert rest.count == graph.elided == 501 - 99
    assert [(fold.id, fold.kind, len(fold.members)) for fold in graph.folded] == [("rest", "rest", 501 - 99)]
    assert_sound(graph)
    assert any(edge.source == rest.id for edge in graph.edges)


def test_kept_leaf_that_the_rest_also_uses_is_joined_to_it() -> None:
    trace, record = chain(500, reuse=50)
    graph = build(trace, record, 100)
    leaf = next(node for node in graph.nodes if node.kind == "leaf")
    targets = [edge.target for edge in graph.edges if edge.source == leaf.id]
    assert "rest" in targets
    assert len(graph.nodes) == 100
    assert_sound(graph)


def test_functions_that_were_never_recorded_are_one_elided_node() -> None:
    function = FunctionRecord("f1", "AddBackward0", None, None, (), (None, None), None)
    graph = build(TraceRecord(), AutogradRecord("g1", "f1", "out", False, (function,), elided=7), 400)
    assert [(node.kind, node.count) for node in graph.nodes] == [("elided", 7), ("result", 1)]
    assert [(edge.source, edge.target) for edge in graph.edges] == [("rest", "f1")]


def test_two_functions_that_claim_one_tensor_have_ids_of_their_own() -> None:
    trace, record = tutorial()
    leaf = next(function for function in record.functions if function.name.endswith("AccumulateGrad"))
    second = replace(leaf, id="f99")
    root = replace(record.functions[0], next=(*record.functions[0].next, ("f99", 0)))
    graph = build(trace, replace(record, functions=(root, *record.functions[1:], second)), 400)
    assert_sound(graph)


def test_what_the_check_passes_is_built_soundly() -> None:
    """Random records: most contradict themselves and are refused, and what is not refused gives a sound graph."""
    source = random.Random(1)
    tutorial_trace, _ = tutorial()
    tensors = [tensor.id for tensor in tutorial_trace.tensors]
    operations = [operation.id for operation in tutorial_trace.operations]
    built = 0
    for _ in range(3_000):
        count = source.randrange(1, 7)
        functions = tuple(
            FunctionRecord(
                f"f{number}",
                source.choice(["AccumulateGrad", "MulBackward0", ""]),
                source.choice([None, *tensors]),
                source.choice([None, *operations]),
                source.choice([(), (None,), (FullValues((2,), (1.0, 2.0)),)]),
                tuple((f"f{source.randrange(number, 9)}", source.randrange(2)) for _ in range(source.randrange(4))),
                None,
            )
            for number in range(1, count + 1)
        )
        record = AutogradRecord("g1", f"f{source.randrange(1, count + 2)}", "r", True, functions, source.choice([0, 3]))
        trace = replace(tutorial_trace, graphs=(record,), steps=(), backwards=())
        try:
            check(trace, Limits())
        except ProtocolError:
            continue
        built += 1
        for drawn_nodes in (source.randrange(1, 12), 400):
            assert_sound(build(trace, record, drawn_nodes))
    assert 200 < built < 2_800


def many_inputs(size: int) -> Callable[[], Graph]:
    """Builds a graph of an operation with `size` inputs of one leaf and as many of what was not recorded."""
    following: tuple[tuple[str, int] | None, ...] = (("f2", 0),) * size + (("f9", 0),) * size
    functions = (
        FunctionRecord("f1", "CatBackward0", None, None, (), following, None),
        FunctionRecord("f2", "AccumulateGrad", None, None, (), (), None),
    )
    record = AutogradRecord("g1", "f1", "out", False, functions, elided=1)
    return lambda: build(TraceRecord(graphs=(record,)), record, 400)


def test_an_operation_with_a_hundred_thousand_inputs_is_built_in_linear_time_and_drawn_with_few() -> None:
    assert_linear(many_inputs, 1_000)
    graph = many_inputs(100_000)()
    assert_sound(graph)
    assert [(edge.source, edge.target) for edge in graph.edges] == [("f2", "f1"), ("rest", "f1")]


def test_parallel_edges_are_kept_where_they_are_few() -> None:
    x = torch.ones(2, requires_grad=True)
    graph = build(*trace_of(torch.cat([x] * 50), {"x": x}), 400)
    assert len(graph.edges) == 50
