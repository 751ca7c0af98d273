"""What is said where torchviz cannot draw a graph."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

DEEP = "from torchviz import make_dot\nt = torch.ones(1, requires_grad=True)\nu = t\nfor _ in range({}):\n    u = {}\n"

CASES = [
    Case(
        "a chain of additions",
        DEEP.format(1200, "u + 1") + "make_dot(u)",
        "drawn_recursion",
        ("`make_dot`", "`make_dot(u)`", "1,201"),
        span="make_dot(u)",
    ),
    Case(
        "in a function, of a tensor in a list",
        "from torchviz import make_dot as draw\n\ndef show(start, count):\n    states = [start]\n"
        "    for _ in range(count):\n        states.append(states[-1].sin())\n"
        "    return draw(states[-1], params={'start': start})\n"
        "\nshow(torch.ones(2, requires_grad=True), 1500)",
        "drawn_recursion",
        ("`make_dot`", "1,501"),
        span="draw(states[-1], params={'start': start})",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_graph_that_is_too_deep_for_make_dot_is_told_from_an_endless_recursion(case: Case) -> None:
    check(case)


def test_the_graph_that_make_dot_failed_on_is_in_the_report() -> None:
    program = explained(CASES[1].program)
    assert [(graph.root_name, len(graph.functions)) for graph in program.facts.trace.graphs] == [("states[-1].sin()", 1501)]


def test_a_recursion_of_the_programs_own_stays_one() -> None:
    program = explained("from torchviz import make_dot\n\ndef f(n):\n    return f(n + 1)\n\nf(0)")
    assert program.error().rule == "recursion"
