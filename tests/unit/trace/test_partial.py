"""A program that fails half-way still has its trace and its graph up to there."""

import pytest
from tensorpad.protocol.records import FullValues

from tests.support.comparison import Course, run

BEFORE = """
import torch
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 3
z = (y * y).sum()
"""
FAILURES = {
    "an_operation": "w = y @ torch.ones(3)",
    "an_exception": "raise ValueError('mine')",
    "an_exit": "import sys\nsys.exit(3)",
    "an_interrupt": "raise KeyboardInterrupt",
    "in_a_function": "def f(a):\n    b = a + 1\n    return b.view(7)\nf(y)",
    "in_a_forward": """
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = torch.nn.Linear(2, 3), torch.nn.Linear(4, 1)
    def forward(self, a):
        hidden = self.first(a).relu()
        return self.second(hidden)
Net()(y)
""",
    "in_a_sequence": "torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(4, 1))(y)",
    "in_a_hook": "y.register_hook(lambda grad: grad.view(9))\nz.backward()",
    "in_a_backward_of_its_own": """
class Bad(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a): return a * 1
    @staticmethod
    def backward(ctx, grad): raise KeyError("backward")
(Bad.apply(x).sum() + z).backward()
""",
    "a_second_backward": "z.backward()\nz.backward()",
    "a_backward_of_several": "y.backward()",
    "in_place_on_a_leaf": "x += 1",
    "in_place_on_what_backward_needs": "e = y.exp()\ne += 1\n(e.sum() + z).backward()",
    "a_recursion": "def f(a):\n    return f(a + 1)\nf(y)",
    "a_comprehension": "[y.view(n) for n in (2, 3)]",
    "a_name": "w = y + nothing",
    "a_type": "w = y + 'text'",
    "a_warning_as_error": "import warnings\nwarnings.simplefilter('error')\ntorch.tensor(y.detach())",
}


def values(course: Course, name: str) -> tuple[object, ...]:
    (tensor,) = [tensor for tensor in course.trace.tensors if name in tensor.names]
    assert isinstance(tensor.values, FullValues)
    return tensor.values.data


def assert_holds_what_came_before(course: Course) -> None:
    assert [values(course, name) for name in "xyz"] == [(1.0, 2.0), (3.0, 6.0), (45.0,)]
    own = [operation.expression for operation in course.trace.operations if operation.parent is None]
    assert own[:4] == ["torch.tensor([1.0, 2.0], requires_grad=True)", "x * 3", "y * y", "(y * y).sum()"]
    names = {function.name for graph in course.trace.graphs for function in graph.functions}
    assert {"SumBackward0", "MulBackward0", "AccumulateGrad"} <= names


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
def test_the_trace_holds_what_came_before(failure: str) -> None:
    course = run(BEFORE, failure)
    assert [cell.status for cell in course.cells] == ["ok", "error"]
    assert_holds_what_came_before(course)


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
def test_so_it_does_where_all_is_one_cell(failure: str) -> None:
    course = run(BEFORE + failure)
    assert course.cell.status == "error"
    assert_holds_what_came_before(course)


@pytest.mark.parametrize("loop", ["while True: pass", "while True: w = x + 1", "while True: (x * 2).sum().backward()"])
def test_a_program_without_end_has_its_trace(loop: str) -> None:
    course = run(BEFORE, loop, timeout_s=0.5)
    assert len(course.cells) == 1
    assert [values(course, name) for name in "xyz"] == [(1.0, 2.0), (3.0, 6.0), (45.0,)]
    assert [operation.expression for operation in course.trace.operations[1:4]] == ["x * 3", "y * y", "(y * y).sum()"]
    assert course.trace.graphs


def test_a_cell_that_does_not_compile_leaves_those_before() -> None:
    course = run(BEFORE, "w = (")
    assert [cell.status for cell in course.cells] == ["ok", "error"]
    assert_holds_what_came_before(course)


def test_the_gradients_that_arrived_before_a_hook_raised_are_kept() -> None:
    course = run(BEFORE, "y.register_hook(lambda grad: grad.view(9))\nz.backward()")
    functions = {function.name: function for graph in course.trace.graphs for function in graph.functions}
    assert functions["SumBackward0"].order == 0
    assert functions["AccumulateGrad"].order is None
