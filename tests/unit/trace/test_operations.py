"""What is told of an operation: what it was given, wrote, stretched, and where its outputs lie."""

import pytest
import torch
from tensorpad.protocol.steps import MemoryRecord, OperationRecord, WriteRecord

from tests.support.comparison import run


def last(source: str) -> OperationRecord:
    return run("x = torch.arange(6.).view(2, 3)", source).trace.operations[-1]


@pytest.mark.parametrize(
    ("source", "arguments"),
    [
        ("x + 2", [("self", "t2"), ("other", "2")]),
        ("x.sum(1, keepdim=True)", [("self", "t2"), ("dim", "1"), ("keepdim", "True")]),
        ("torch.cat([x, x], dim=-1)", [("tensors", "[t2, t2]"), ("dim", "-1")]),
        ("x[0, :]", [(None, "t2"), (None, "(0, :)")]),
        ("x[1:2, ::2, None]", [(None, "t2"), (None, "(1:2, ::2, None)")]),
        ("x.to(torch.float64)", [("self", "t2"), (None, "torch.float64")]),
        ("torch.nn.functional.relu(x)", [("input", "t2"), ("inplace", "False")]),
    ],
)
def test_arguments_are_told_with_their_names(source: str, arguments: list[tuple[str | None, str]]) -> None:
    assert [(argument.name, argument.text) for argument in last(source).arguments] == arguments


@pytest.mark.parametrize(
    "source",
    [
        "x.view(3, 2)",
        "x.reshape(6)",
        "x.t().reshape(6)",
        "x.t()",
        "x.contiguous()",
        "x.t().contiguous()",
        "x.expand(4, 2, 3)",
        "x[0]",
        "x[[0, 1]]",
        "x[x > 2]",
        "x.to(torch.float32)",
        "x.to(torch.float64)",
        "x.clone()",
        "x.detach()",
        "x.repeat(2, 1)",
        "x.unsqueeze(0)",
        "x.add_(1)",
        "x + 1",
        "x.flatten()",
        "x.t().flatten()",
        "x.diagonal()",
        "x.data",
    ],
)
def test_a_view_a_copy_and_the_same_are_known_from_real_memory(source: str) -> None:
    x = torch.arange(6.0).view(2, 3)
    taken = source.removeprefix("x.t()") if source.startswith("x.t().") else source[1:]
    given = x.t() if source.startswith("x.t().") else x
    result = eval("given" + taken.replace("x >", "given >"))
    shared = result.untyped_storage().data_ptr() == given.untyped_storage().data_ptr()
    expected = "same" if result is given else "view" if shared else "new"
    operation = last(source)
    (memory,) = operation.memory
    assert memory.kind == expected
    assert memory.of in (None, *operation.inputs, "t1")
    assert (memory.of is None) == (expected == "new")


@pytest.mark.parametrize(
    ("source", "stretched"),
    [
        ("x + torch.ones(3)", [(1, (), (0,))]),
        ("x * torch.ones(2, 1)", [(1, (1,), ())]),
        ("torch.ones(4, 1, 1) - x", [(0, (1, 2), ()), (1, (), (0,))]),
        ("torch.ones(1, 3) / torch.ones(2, 1)", [(0, (0,), ()), (1, (1,), ())]),
        ("torch.where(x > 2, x, torch.tensor(0.))", [(2, (), (0, 1))]),
        ("torch.ones(3, 1).expand(2, 3, 4)", [(0, (2,), (0,))]),
        ("torch.ones(5, 1, 2, 3) @ torch.ones(4, 3, 2)", [(0, (1,), ()), (1, (), (0,))]),
        ("x.add_(torch.ones(3))", [(1, (), (0,))]),
        ("x == torch.zeros(1)", [(1, (1,), (0,))]),
        ("x + x", []),
        ("x + 1", []),
        ("torch.ones(1, 1) @ torch.ones(1, 3)", []),
        ("torch.cat([torch.ones(1, 3), x])", []),
        ("torch.ones(1)[torch.zeros(3, dtype=torch.long)]", []),
        ("torch.nn.functional.linear(torch.ones(1, 1), torch.ones(3, 1))", []),
    ],
)
def test_broadcasting_is_told_where_it_happens_and_nowhere_else(
    source: str, stretched: list[tuple[int, tuple[int, ...], tuple[int, ...]]]
) -> None:
    operation = last(source)
    assert [(part.input, part.stretched, part.added) for part in operation.broadcast] == stretched
    for part in operation.broadcast:
        assert part.result == operation.output_shapes[0]
        assert part.shape == operation.input_shapes[part.input]


def test_writes_have_the_versions_before_and_after() -> None:
    trace = run("x = torch.ones(2)\nx.add_(1)\nx[0] = 5\ny = x.mul(2)\ntorch.add(x, x, out=y)").trace
    x, y = (record for record in trace.tensors if record.names)
    assert [operation.writes for operation in trace.operations] == [
        (),
        (WriteRecord(x.id, 0, 1),),
        (WriteRecord(x.id, 1, 2),),
        (),
        (WriteRecord(y.id, 0, 1),),
    ]


def test_a_librarys_module_opens_to_what_it_did_inside() -> None:
    source = """
model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU())
y = model(torch.ones(2, 3))
"""
    trace = run(source).trace
    outer = next(operation for operation in trace.operations if operation.name == "torch.nn.Sequential")
    inside = {operation.parent: operation for operation in trace.operations if operation.parent}
    assert outer.expression == "model(torch.ones(2, 3))"
    assert outer.parent is None
    (y,) = (tensor.id for tensor in trace.tensors if tensor.names == ("y",))
    assert outer.outputs == (y,)
    layers = [operation for operation in trace.operations if operation.parent == outer.id]
    assert [layer.name for layer in layers] == ["torch.nn.Linear", "torch.nn.ReLU"]
    assert [layer.module and layer.module.path for layer in layers] == ["model.0", "model.1"]
    assert inside[layers[0].id].name == "torch.nn.functional.linear"
    assert layers[0].outputs == inside[layers[0].id].outputs == layers[1].inputs


def test_what_autograd_alone_holds_of_a_module_is_none_of_its_outputs() -> None:
    source = """
layer = torch.nn.LSTM(2, 3)
output, (hidden, cell) = layer(torch.randn(4, 1, 2))
block = torch.nn.TransformerEncoderLayer(4, 2, 8)
encoded = block(torch.randn(3, 1, 4))
"""
    trace = run(source).trace
    names = {tensor.id: tensor.names for tensor in trace.tensors}
    calls = {operation.name: operation.outputs for operation in trace.operations if operation.parent is None}
    assert [names[name] for name in calls["torch.nn.LSTM"]] == [("output",), ("hidden",), ("cell",)]
    assert [names[name] for name in calls["torch.nn.TransformerEncoderLayer"]] == [("encoded",)]


def test_two_calls_of_a_module_from_one_place_are_two() -> None:
    trace = run("f = torch.nn.Linear(2, 2)\nx = torch.ones(2)\nfor _ in range(3):\n    x = f(x)").trace
    calls = [operation for operation in trace.operations if operation.name == "torch.nn.Linear"]
    assert len({call.module and call.module.call for call in calls}) == 3
    assert [len([one for one in trace.operations if one.parent == call.id]) for call in calls] == [1, 1, 1]


def test_code_of_the_programs_own_modules_is_told_with_their_paths() -> None:
    source = """
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.head = torch.nn.Linear(2, 1)
    def forward(self, x):
        return self.head(x) * 2
net = Net()
y = net(torch.ones(2))
"""
    trace = run(source).trace
    double = trace.operations[-1]
    assert (double.name, double.expression, double.parent) == ("torch.Tensor.mul", "self.head(x) * 2", None)
    assert double.module is not None
    assert (double.module.path, double.module.type) == ("net", "Net")
    linear = trace.operations[-2]
    assert linear.module is not None
    assert linear.module.path == "net.head"


def test_a_function_of_the_programs_own_is_an_operation() -> None:
    source = """
class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2
    @staticmethod
    def backward(ctx, g):
        return g * 2
x = torch.ones(2, requires_grad=True)
y = Double.apply(x)
"""
    trace = run(source).trace
    outer, inner = trace.operations[-2:]
    assert (outer.name, outer.expression, inner.parent) == ("Double.apply", "Double.apply(x)", outer.id)
    x, y = (next(tensor.id for tensor in trace.tensors if tensor.names == (name,)) for name in "xy")
    assert (outer.inputs, outer.outputs) == ((x,), (y,))
    (graph,) = trace.graphs
    assert graph.functions[0].tensor == y


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("b = torch.from_numpy(a)", "torch.from_numpy", "view"),
        ("b = torch.Tensor(2, 3)", "torch.Tensor", "new"),
        ("b = torch.nn.Parameter(x)", "torch.nn.Parameter", "view"),
    ],
)
def test_what_no_mode_sees_is_told_from_its_statement(source: str, name: str, kind: str) -> None:
    trace = run("a = np.ones(3)\nx = torch.ones(2)", source).trace
    operation = trace.operations[-1]
    assert (operation.name, operation.expression, operation.memory[0].kind) == (name, source[4:], kind)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("y = torch.from_numpy(a) * 2", [("torch.from_numpy", "torch.from_numpy(a)")]),
        ("y = 2 - torch.from_numpy(a)", [("torch.from_numpy", "torch.from_numpy(a)")]),
        ("y = torch.nn.Parameter(x).sum()", [("torch.nn.Parameter", "torch.nn.Parameter(x)")]),
        ("y = torch.Tensor(2, 3) + 1", [("torch.Tensor", "torch.Tensor(2, 3)")]),
        ("y = torch.Tensor(2, 3).T", [("torch.Tensor", "torch.Tensor(2, 3)")]),
        ("x[:] = torch.FloatTensor([1, 2])", [("torch.FloatTensor", "torch.FloatTensor([1, 2])")]),
        ("x += torch.FloatTensor([1, 2])", [("torch.FloatTensor", "torch.FloatTensor([1, 2])")]),
        (
            "y = torch.stack([torch.from_numpy(a), torch.from_numpy(-a)])",
            [("torch.from_numpy", "torch.from_numpy(a)"), ("torch.from_numpy", "torch.from_numpy(-a)")],
        ),
        (
            "p, q = torch.from_numpy(a), torch.Tensor(1)",
            [("torch.from_numpy", "torch.from_numpy(a)"), ("torch.Tensor", "torch.Tensor(1)")],
        ),
        ("def f(b):\n    return torch.from_numpy(b) + 1\ny = f(a)", [("torch.from_numpy", "torch.from_numpy(b)")]),
        ("y = x.grad * 2", []),
        ("def f(torch):\n    return torch.Tensor(1) * x\nclass Other:\n    def Tensor(_): return x.grad\nf(Other)", []),
    ],
)
def test_what_no_mode_sees_is_told_from_what_it_is_given_to(source: str, found: list[tuple[str, str]]) -> None:
    grad = "grad" in source
    course = run(f"a = np.ones(3)\nx = torch.ones(2, requires_grad={grad})\nif {grad}: x.sum().backward()", source)
    assert [cell.error for cell in course.cells] == [None, None]
    names = {"torch.from_numpy", "torch.Tensor", "torch.FloatTensor", "torch.nn.Parameter"}
    cell = [operation for operation in course.trace.operations if operation.span and operation.span.cell == 1]
    unseen = [operation for operation in cell if operation.name in names]
    assert [(operation.name, operation.expression) for operation in unseen] == found
    for operation in unseen[:1]:
        following = cell[cell.index(operation) + len(unseen) :]
        assert not following or operation.outputs[0] in following[0].inputs


def test_a_hooks_gradient_is_not_taken_for_what_a_call_beside_it_returned() -> None:
    source = "x = torch.ones(3, requires_grad=True)\nx.register_hook(lambda g: g * torch.ones(3))\nx.sum().backward()"
    made = [operation for operation in run(source).trace.operations if operation.expression == "torch.ones(3)"]
    product = next(operation for operation in run(source).trace.operations if operation.expression == "g * torch.ones(3)")
    assert len(made) == 1
    assert made[0].outputs[0] == product.inputs[1]


def test_operations_in_a_thread_of_the_programs_break_nothing() -> None:
    source = (
        "import threading\nout = []\nt = threading.Thread(target=lambda: out.append(torch.ones(2) + 1))\nt.start(); t.join()"
    )
    course = run(source, "out[0]")
    assert [cell.error for cell in course.cells] == [None, None]


def test_a_new_tensor_is_new() -> None:
    assert last("torch.zeros(3)").memory == (MemoryRecord("new"),)
