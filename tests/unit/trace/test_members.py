"""Graphs of tensors that no name stands for, and expressions that stand for tensors."""

import pytest
from tensorpad.protocol.traces import TraceRecord

from tests.support.comparison import run

IMPORTS = "import torch\nfrom collections import OrderedDict, namedtuple\nfrom torchviz import make_dot\n"
X = IMPORTS + "x = torch.ones(2, requires_grad=True)\n"
PAIR = "Pair = namedtuple('Pair', 'left right')\np = Pair(x * 2, x * 3)"
CONFIG = "class Config:\n    pass\nc = Config()\nc.inner = Config()\nc.inner.y = x * 2"


def roots(trace: TraceRecord) -> list[str]:
    return [graph.root_name for graph in trace.graphs]


@pytest.mark.parametrize(
    ("program", "names"),
    [
        ("ys = [x * 2]", ["ys[0]"]),
        ("ys = (x * 2, [x * 3])", ["ys[1][0]", "ys[0]"]),
        ('d = {"a": x * 2, 3: x * 3}', ["d[3]", 'd["a"]']),
        ("d = OrderedDict(a=x * 2)", ['d["a"]']),
        ("m = torch.nn.Linear(2, 1)\nm.loss = m(x).sum()", ["m.loss"]),
        ("net = torch.nn.Sequential(torch.nn.Linear(2, 1))\nnet[0].out = net(x)", ["net[0].out"]),
        (CONFIG, ["c.inner.y"]),
        ("from types import SimpleNamespace\nm = SimpleNamespace()\nm.loss = x * 2", ["m.loss"]),
        (PAIR, ["p[1]", "p[0]"]),
        ("make_dot(x * 2)", ["x * 2"]),
        ("make_dot((x * 2).sum());", ["(x * 2).sum()"]),
        ("make_dot((x * 2, x * 3))", ["x * 2", "x * 3"]),
        ("def draw(t):\n    return make_dot(t + 1)\ndot = draw(x)", ["t + 1"]),
        ("y = x * 2\nmake_dot(y)", ["y"]),
        ("y = x * 2\nys = [y]", ["y"]),
        ("ys = [x * 2, x * 3]\nz = sum(ys).sum()\nz.backward()", ["z"]),
        ("y = x * 2\nys = [x * 3]", ["ys[0]", "y"]),
        ("ys = [x, torch.ones(2), 'a', None]", []),
        ("a = []\na.append(a)\na.append(x * 2)", ["a[1]"]),
    ],
)
def test_tensors_without_a_name_have_graphs(program: str, names: list[str]) -> None:
    course = run(X + program)
    assert course.cell.error is None
    assert roots(course.trace) == names


@pytest.mark.parametrize(
    ("program", "expression"),
    [
        ("y = x * 2\nz = y.sum()\nz.backward()", "y"),
        ("y = x * 2\nz = y.sum()", "z"),
        ("ys = [x * 2, x * 3]\nz = sum(ys).sum()\nz.backward()", "ys[0]"),
        ("ys = [x * 2, x * 3]", "ys[-1]"),
        ("d = {'a': [x * 2]}", "d['a'][0]"),
        ("d = {'a': [x * 2]}", 'd["a"][-1]'),
        ("d = {3: x * 2}", "d[3]"),
        ("m = torch.nn.Linear(2, 1)\nm.loss = m(x).sum()", "m.loss"),
        ("net = torch.nn.Sequential(torch.nn.Linear(2, 1))\nnet[0].out = net(x)", "net[0].out"),
        (CONFIG, "c.inner.y"),
        (PAIR, "p.right"),
        (PAIR, " p [ 0 ] "),
        ("名 = [x * 2]", "名[0]"),
    ],
)
def test_an_expression_asks_for_the_graph_of_what_it_stands_for(program: str, expression: str) -> None:
    trace = run(X + program, root=expression).trace
    assert roots(trace)[-1] == expression
    assert len(set(roots(trace))) == len(roots(trace))


@pytest.mark.parametrize(
    "expression", ["ys[7]", "ys.a", "zs", "ys[x]", "f()", "ys[0", "", "x", "ys[0] * 2", "n", "hostile.y"]
)
def test_an_expression_that_stands_for_no_graph_changes_nothing(expression: str) -> None:
    hostile = (
        "class Hostile:\n    def __getattr__(self, name):\n        print('ran')\n        raise SystemExit\n"
        "    __getattribute__ = __getattr__\nhostile = Hostile()\n"
    )
    course = run(X + hostile + "ys = [x * 2]\nn = 3\ndef f():\n    print('ran')", root=expression)
    assert roots(course.trace) == ["ys[0]"]
    assert course.printed == ""


def test_a_list_of_thousands_of_losses_is_no_burden() -> None:
    trace = run(X + "losses = []\nfor _ in range(2000):\n    losses.append((x * 2).sum())").trace
    assert 0 < len(trace.graphs) <= 64
    assert trace.graphs[-1].root_name.startswith("losses[")
