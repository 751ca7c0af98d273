"""What is folded, in which order, and that nothing is lost."""

import random
from itertools import pairwise

from msgspec.structs import replace
from tensorpad.graph.folding import READABLE, fold
from tensorpad.graph.model import Choice, Edge, Graph, Group, Node

from tests.support.graph_models import accounted, assert_sound, random_graph
from tests.support.growth import count_lines


def line(functions: list[str], groups: list[str | None] | None = None, known: tuple[Group, ...] = ()) -> Graph:
    """Operations one after another, from a leaf to the result."""
    nodes = [
        Node(f"f{place}", "operation", function, function=function, group=groups[place] if groups else None)
        for place, function in enumerate(functions)
    ]
    nodes[-1] = replace(nodes[-1], kind="result")
    names = ["t1", *(node.id for node in nodes)]
    edges = tuple(Edge(f"e{place}", *pair) for place, pair in enumerate(pairwise(names), 1))
    return Graph("g1", nodes[-1].id, "out", False, (Node("t1", "leaf", "x"), *nodes), edges, 0, known)


def work(graph: Graph) -> int:
    """Lines of Python that are run to fold a graph."""
    return count_lines(lambda: fold(graph, 300))


def test_what_is_small_enough_stays_as_it_is() -> None:
    graph = line(["a"] * 30)
    assert fold(graph, 400) is graph


def test_a_loop_shows_its_first_and_last_round_and_one_node_for_the_others() -> None:
    graph = fold(line([*"pq", *"abc" * 200, "end"]), 400)
    assert [node.label for node in graph.nodes] == ["x", *"pqabc", "a; b; c", *"abc", "end"]
    assert_sound(graph)
    (one,) = graph.folded
    assert (one.kind, one.count, one.pattern, len(one.members)) == ("repetition", 198, ("a", "b", "c"), 594)
    assert [(group.kind, group.round, group.rounds) for group in graph.groups] == [
        ("repetition", 1, 200),
        ("repetition", 200, 200),
    ]
    assert [node.group for node in graph.nodes] == [None] * 3 + ["r1"] * 3 + [None] + ["r2"] * 3 + [None]


def test_loops_within_loops_are_folded_inside_out() -> None:
    graph = fold(line([*("a" * 50 + "b") * 20, "end"]), 400)
    assert len(graph.nodes) == 1 + 4 + 1 + 4 + 1
    outer = next(one for one in graph.folded if one.count == 18)
    assert outer.pattern == ("a", "b")
    assert len(outer.members) == 18 * 51
    assert_sound(graph)


def test_an_input_that_only_folded_rounds_use_goes_with_them_and_others_stay() -> None:
    graph = line([*"ab" * 300, "end"])
    own = tuple(Node(f"t{place + 10}", "constant", "c") for place in range(300))
    edges = [Edge("", f"t{place + 10}", f"f{2 * place}") for place in range(300)]
    edges += [Edge("", "t2", f"f{2 * place + 1}") for place in range(300)]
    numbered = tuple(replace(edge, id=f"e{number}") for number, edge in enumerate((*graph.edges, *edges), 1))
    graph = fold(replace(graph, nodes=(*own, Node("t2", "parameter", "w"), *graph.nodes), edges=numbered), 400)
    assert_sound(graph)
    assert len(graph.folded[0].members) == 3 * 298
    shared = {edge.target: edge.count for edge in graph.edges if edge.source == "t2"}
    assert shared == {"f1": 1, "k1": 298, "f599": 1}
    # What the first round alone uses is in it.
    assert {node.id: node.group for node in graph.nodes}["t10"] == "r1"


def test_rounds_in_calls_of_a_module_begin_where_the_calls_begin() -> None:
    groups = (Group("m1", "module", "net"), *(Group(f"m{n}", "module", f"net.{n}", "Layer", n, "m1") for n in range(2, 102)))
    inside: list[str | None] = [None, *(f"m{2 + place // 6}" for place in range(600)), None]
    graph = fold(line(["abcdef"[5], *"abcdef" * 100, "end"], inside, groups), 400)
    assert_sound(graph)
    (one,) = graph.folded
    assert one.pattern == ("Layer",)
    assert one.count == 98
    assert [group.id for group in graph.groups] == ["m1", "m2", "m101"]


def test_calls_of_modules_are_folded_where_nothing_repeats() -> None:
    groups = tuple(Group(f"m{n}", "module", f"layer{n}", "Layer") for n in range(1, 11))
    inside: list[str | None] = [f"m{1 + place // 10}" for place in range(100)]
    graph = fold(line([f"a{place}" for place in range(100)], inside, groups), 400)
    assert_sound(graph)
    assert len(graph.nodes) <= READABLE
    assert {one.kind for one in graph.folded} == {"module"}
    assert graph.nodes[-1].kind == "result"
    # As many of them are opened as can be looked at.
    assert len(graph.folded) == 7


def test_many_inputs_of_one_operation_are_one_node() -> None:
    leaves = tuple(Node(f"t{place}", "leaf", "x") for place in range(1_000))
    edges = tuple(Edge(f"e{place + 1}", f"t{place}", "f1") for place in range(1_000))
    graph = fold(Graph("g1", "f1", "out", False, (*leaves, Node("f1", "result", "out")), edges), 400)
    assert [node.id for node in graph.nodes] == ["t0", "k1", "t999", "f1"]
    assert [(one.kind, one.count) for one in graph.folded] == [("inputs", 998)]
    assert_sound(graph)


def test_steps_within_one_operation_are_one_node_but_in_small_graphs() -> None:
    def attention(more: int) -> Graph:
        graph = line([*"abcdefghij", "view", *(f"o{place}" for place in range(more))])
        nodes = [
            replace(node, within="op1") if node.label in "abcdefghij" and node.kind == "operation" else node
            for node in graph.nodes
        ]
        nodes[11] = replace(nodes[11], operation="op1", call="torch.nn.functional.attention")
        return replace(graph, nodes=tuple(nodes))

    small, large = fold(attention(10), 400), fold(attention(60), 400)
    assert small.folded == ()
    assert [(one.kind, one.label, len(one.members)) for one in large.folded] == [("operation", "attention", 11)]
    assert_sound(large)


def test_what_is_opened_is_shown_with_all_that_was_folded_with_it() -> None:
    whole = line([*"pq", *"abc" * 200, "end"])
    (one,) = fold(whole, 400).folded
    opened = fold(whole, 800, Choice(open=frozenset(one.members[:1])))
    assert [node.label for node in opened.nodes] == ["x", *"pq", *"abc" * 200, "end"]
    # No more is drawn than may be, whatever is opened.
    bounded = fold(whole, 400, Choice(open=frozenset(one.members[:1])))
    assert len(bounded.nodes) <= 400
    assert_sound(bounded)


def test_rounds_are_opened_by_an_input_that_only_they_use() -> None:
    whole = line([*"ab" * 60, "end"])
    own = tuple(Node(f"t{place + 10}", "constant", "c") for place in range(60))
    edges = [Edge("", f"t{place + 10}", f"f{2 * place}") for place in range(60)]
    numbered = tuple(replace(edge, id=f"e{number}") for number, edge in enumerate((*whole.edges, *edges), 1))
    whole = replace(whole, nodes=(*own, *whole.nodes), edges=numbered)
    (one,) = fold(whole, 400).folded
    for member in ("t11", "f2"):
        assert member in one.members
        assert len(fold(whole, 400, Choice(open=frozenset((member,)))).nodes) == len(whole.nodes)


def test_modules_are_closed_at_any_size_but_those_in_which_something_is_opened() -> None:
    groups = (Group("m1", "module", "net", "Net"), Group("m2", "module", "net.0", "Layer", parent="m1"))
    whole = line([*"abcdef", "end"], ["m1", "m2", "m2", "m2", "m1", "m1", None], groups)
    closed = fold(whole, 400, Choice(closed=frozenset(("m1",))))
    assert [node.label for node in closed.nodes] == ["net", "end"]
    assert_sound(closed)
    inner = fold(whole, 400, Choice(open=frozenset(("f0",)), closed=frozenset(("m1", "m2"))))
    assert [node.label for node in inner.nodes] == ["x", "a", "net.0", "e", "f", "end"]
    assert fold(whole, 400, Choice(open=frozenset(("f2",)), closed=frozenset(("m1", "m2")))).folded == ()


def test_a_closed_module_opens_to_its_parts() -> None:
    groups = tuple(Group(f"m{n}", "module", f"layer{n}", "Layer") for n in range(1, 11))
    whole = line([f"a{place}" for place in range(500)], [f"m{1 + place // 50}" for place in range(500)], groups)
    graph = fold(whole, 400)
    chosen = graph.folded[0].members[0]
    opened = fold(whole, 400, Choice(open=frozenset((chosen,))))
    assert chosen in {node.id for node in opened.nodes}
    assert_sound(opened)


def test_random_graphs_stay_sound_and_account_for_every_node() -> None:
    source = random.Random(5)
    for _ in range(150):
        whole = random_graph(source, source.randrange(2, 400))
        assert_sound(whole)
        most = source.randrange(2, 60)
        graph = fold(whole, most)
        assert len(graph.nodes) <= most
        assert_sound(graph)
        assert sorted(accounted(graph)) == sorted(accounted(whole))
        assert graph.nodes[-1].id == whole.root
        assert fold(whole, most) == graph
        hidden = [name for one in graph.folded for name in one.members]
        choice = Choice(
            frozenset(source.sample(hidden, min(3, len(hidden)))), frozenset(one.id for one in whole.groups[::2])
        )
        chosen = fold(whole, most, choice)
        assert len(chosen.nodes) <= most
        assert_sound(chosen)
        assert sorted(accounted(chosen)) == sorted(accounted(whole))
        # What was folded can be folded again.
        again = fold(graph, max(2, most // 2))
        assert_sound(again)
        assert sorted(accounted(again)) == sorted(accounted(whole))


def test_the_work_grows_with_the_graph() -> None:
    source = random.Random(6)
    assert work(random_graph(source, 3_200)) < 12 * work(random_graph(source, 400))
    assert work(line(["a"] * 3_200)) < 12 * work(line(["a"] * 400))


def test_a_hundred_thousand_operations_are_folded() -> None:
    graph = fold(line([*"ab" * 50_000, "end"]), 400)
    assert len(graph.nodes) == 1 + 2 + 1 + 2 + 1
    assert_sound(graph)
