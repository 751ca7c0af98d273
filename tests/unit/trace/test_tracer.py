"""What a whole trace says of tensors, memory, variables and operations."""

import pytest
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import FullValues, OpaqueValues, Span, SummaryValues

from tests.support.comparison import run
from tests.support.trace_records import tensor_named


@pytest.mark.parametrize(
    ("source", "name", "expression"),
    [
        ("y = x + 2", "torch.Tensor.add", "x + 2"),
        ("y = torch.add(x, x)", "torch.add", "torch.add(x, x)"),
        ("y = x * x * 3", "torch.Tensor.mul", "x * x"),
        ("y = x.T", "torch.Tensor.T", "x.T"),
        ("y = x[0, :]", "torch.Tensor.__getitem__", "x[0, :]"),
        ("x[0] = 1", "torch.Tensor.__setitem__", "x[0]"),
        ("x += 1", "torch.Tensor.add_", "x += 1"),
        ("y = torch.linalg.inv(x)", "torch.linalg.inv", "torch.linalg.inv(x)"),
        ("y = torch.einsum('ij->ji', x)", "torch.einsum", "torch.einsum('ij->ji', x)"),
        (
            "y = torch.nn.functional.softmax(x, dim=0)",
            "torch.nn.functional.softmax",
            "torch.nn.functional.softmax(x, dim=0)",
        ),
        ("y = torch.nn.ReLU()(x)", "torch.nn.ReLU", "torch.nn.ReLU()(x)"),
        ("名 = '😀'; y = x - 1", "torch.Tensor.sub", "x - 1"),
        ("y = (x\n     @ x)", "torch.Tensor.matmul", "x\n     @ x"),
    ],
)
def test_an_operation_has_its_public_name_and_its_very_source(source: str, name: str, expression: str) -> None:
    trace = run("x = torch.eye(2)", source).trace
    operation = trace.operations[1]
    assert (operation.name, operation.expression) == (name, expression)
    assert operation.span is not None
    lines = source.split("\n")
    span = operation.span
    assert span.cell == 1
    if span.line == span.end_line:
        assert lines[span.line - 1][span.column : span.end_column] == expression


def test_operations_in_the_programs_functions_are_placed_there() -> None:
    trace = run("def f(v):\n    return v * 2\ny = f(torch.ones(1))").trace
    assert [operation.span for operation in trace.operations] == [Span(0, 3, 6, 3, 19), Span(0, 2, 11, 2, 16)]


@pytest.mark.parametrize(
    "look",
    [
        "x.shape",
        "x.size()",
        "x.grad",
        "x.requires_grad",
        "print(x)",
        "str(x)",
        "len(x)",
        "x.item()",
        "x.tolist()",
        "x.dim()",
        "bool(x)",
    ],
)
def test_looking_at_a_tensor_is_no_operation(look: str) -> None:
    assert [operation.name for operation in run("x = torch.ones(1)\n" + look).trace.operations] == ["torch.ones"]


def test_inputs_and_outputs_are_the_very_tensors() -> None:
    trace = run("x = torch.ones(2)\ny = torch.cat([x, x])\nx.add_(1)\nz = torch.empty(4)\ntorch.mul(y, y, out=z)").trace
    x, y, z = (tensor_named(trace, name).id for name in "xyz")
    assert [(operation.inputs, operation.outputs) for operation in trace.operations] == [
        ((), (x,)),
        ((x, x), (y,)),
        ((x,), (x,)),
        ((), (z,)),
        ((y, y, z), (z,)),
    ]


def test_intermediate_values_are_those_at_their_creation() -> None:
    trace = run("x = torch.arange(3.)\ny = (x + 1) * 2").trace
    (middle,) = [record for record in trace.tensors if not record.names]
    assert isinstance(middle.values, FullValues)
    assert middle.values.data == (1.0, 2.0, 3.0)


def test_a_large_intermediate_that_was_freed_is_summarised() -> None:
    trace = run("x = torch.ones(3000)\ny = (x + 1).sum()").trace
    (middle,) = [record for record in trace.tensors if not record.names]
    assert isinstance(middle.values, SummaryValues)
    assert (middle.values.mean, middle.values.count) == (2.0, 3000)
    assert isinstance(tensor_named(trace, "x").values, SummaryValues)


def test_a_freed_intermediate_that_was_too_large_to_look_at_is_said_to_be() -> None:
    trace = run("x = torch.ones(5_000_000)\ny = (x + 1).sum()").trace
    (middle,) = [record for record in trace.tensors if not record.names]
    assert isinstance(middle.values, OpaqueValues)


def test_names_are_all_those_bound_to_the_object() -> None:
    trace = run("a = torch.ones(1)\nb = a\nc = a.clone()").trace
    assert tensor_named(trace, "a").names == ("a", "b")
    assert tensor_named(trace, "c").names == ("c",)


def test_views_and_memory() -> None:
    trace = run("x = torch.zeros(5, 3)\ny = x.view(15)\nz = y[3:]\nc = x.clone()\ny += 1").trace
    x, y, z, c = (tensor_named(trace, name) for name in "xyzc")
    assert (y.view_of, z.view_of, x.view_of, c.view_of) == (x.id, x.id, None, None)
    assert x.layout.storage == y.layout.storage == z.layout.storage != c.layout.storage
    assert (z.layout.offset, z.layout.stride, y.version, x.version) == (3, (1,), 1, 1)
    assert x.values == FullValues((5, 3), (1.0,) * 15, single=True)
    (shared,) = [storage for storage in trace.storages if storage.id == x.layout.storage]
    assert shared.nbytes == 60
    assert set(shared.members) >= {x.id, y.id, z.id}


def test_memory_that_comes_from_one_array_is_one() -> None:
    trace = run("a = np.ones(5)\nb = torch.from_numpy(a)\nc = torch.from_numpy(a[2:])\nd = torch.tensor(a)\na += 1").trace
    b, c, d = (tensor_named(trace, name) for name in "bcd")
    assert b.layout.storage == c.layout.storage != d.layout.storage
    assert (b.layout.offset, c.layout.offset) == (0, 2)
    assert [storage.nbytes for storage in trace.storages if storage.id == b.layout.storage] == [40]
    assert b.values == FullValues((5,), (2.0,) * 5)


def test_gradients_are_those_of_leaves_and_of_retained_tensors_only() -> None:
    source = "x = torch.ones(2, requires_grad=True)\ny = x * 2\nz = y * 2\nz.retain_grad()\nz.sum().backward()"
    trace = run(source).trace
    assert tensor_named(trace, "x").grad == FullValues((2,), (4.0, 4.0), single=True)
    assert tensor_named(trace, "z").grad == FullValues((2,), (1.0, 1.0), single=True)
    assert tensor_named(trace, "y").grad is None


def test_variables_are_what_a_person_would_call_so() -> None:
    source = """
import torch.nn as nn, os
from dataclasses import dataclass
def f(): pass
class C: pass
lists = [torch.ones(1)]
n = 3
_hidden = 1
array = np.arange(3)
np2 = np
math = 'rebound'
c = C()
x = torch.ones(1)
n = 4
"""
    variables = run(source).trace.variables
    assert [(variable.name, variable.type) for variable in variables if variable.name != "math"] == [
        ("lists", "list"),
        ("n", "int"),
        ("array", "numpy.ndarray"),
        ("c", "C"),
        ("x", "torch.Tensor"),
    ]
    texts = {variable.name: variable.text for variable in variables}
    assert (texts["n"], texts["array"], texts["lists"], texts["math"]) == (
        "4",
        "array([0, 1, 2])",
        "[tensor([1.])]",
        "'rebound'",
    )


def test_parameters_of_a_module_are_named_by_their_path() -> None:
    trace = run("model = torch.nn.Sequential(torch.nn.Linear(2, 1))").trace
    assert tensor_named(trace, "model.0.weight").is_parameter
    assert tensor_named(trace, "model.0.bias").layout.shape == (1,)


HOSTILE = {
    "repr_raises": "class R:\n    def __repr__(self): 1 / 0\nr = R()",
    "repr_never_returns": "class R:\n    def __repr__(self):\n        while True: pass\nr = R(); s = [r]",
    "repr_prints_and_exits": "class R:\n    def __repr__(self):\n        print('noise'); raise SystemExit\nr = R()",
    "class_lies": "class L:\n    @property\n    def __class__(self): raise ValueError\nr = L()",
    "pretends_to_be_a_tensor": "class L:\n    __class__ = torch.Tensor\nr = L()",
    "huge_values": "r = 'x' * 10**7; i = 7 ** 100_000; many = list(range(10**6)); d = dict.fromkeys(range(10**6))",
    "half_a_pair": "r = '\\ud800'; globals()['\\ud801'] = 1",
    "module_half_built": "class M(torch.nn.Module):\n    def __init__(self): pass\nr = M.__new__(M)",
    "long_name": "globals()['n' * 5000] = 1",
    "tensor_subclass": "class T(torch.Tensor):\n    def __repr__(self): 1 / 0\nr = torch.ones(2).as_subclass(T)",
    "own_dispatch": """
from torch._subclasses.fake_tensor import FakeTensorMode
with FakeTensorMode(): r = torch.ones(2) + 1""",
    "fewer_recursions": "import sys\nsys.setrecursionlimit(70)\nr = torch.ones(1)",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_hostile_variables_never_lose_the_report(source: str) -> None:
    course = run("kept = torch.ones(1)", source)
    assert course.cells[-1].error is None, course.cells[-1].error
    assert {"kept"} < {variable.name for variable in course.trace.variables}
    assert "noise" not in course.printed
    assert all(len(variable.text) <= 2_000 for variable in course.trace.variables)


def test_limits_are_kept_and_said() -> None:
    source = "for i in range(20):\n    globals()[f'v{i}'] = torch.ones(1) + i"
    trace = run(source, limits=Limits(records=5)).trace
    assert len(trace.operations) == len(trace.tensors) == len(trace.variables) == 5
    assert {part.what for part in trace.truncated} == {"operations", "variables", "tensors"}


def test_a_run_keeps_none_of_the_programs_tensors() -> None:
    source = "import weakref\nx = torch.ones(3)\ny = x * 2\nr = weakref.ref(x)\ns = weakref.ref(y)\ndel x, y"
    assert run(source, "print(r(), s())").printed == "None None\n"


def test_modes_that_the_program_leaves_on_stay_on_between_cells() -> None:
    first = """
from torch.overrides import TorchFunctionMode
class Calls(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        print(func)
        return func(*args, **(kwargs or {}))
mode = Calls()
mode.__enter__()
"""
    course = run(first, "y = torch.ones(2)", "mode.__exit__(None, None, None)\nz = torch.zeros(1)")
    assert course.printed.count("built-in method") == course.printed.count("\n") == 1
    assert [operation.name for operation in course.trace.operations] == ["torch.ones", "torch.zeros"]
