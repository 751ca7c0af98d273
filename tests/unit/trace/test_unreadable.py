"""Values that say nothing of themselves: the program runs as in plain Python, and of the trace nothing else is lost."""

import pytest
from tensorpad.protocol.records import FullValues, OpaqueValues, TensorRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.report.assembly import Assembly

from tests.support.comparison import plainly, run, traced
from tests.support.trace_records import elements, tensor_named

LAZY = {
    "a_module": ("net = nn.LazyLinear(4)", "net.weight", "UninitializedParameter"),
    "a_convolution": ("net = nn.LazyConv2d(4, 3)", "net.weight", "UninitializedParameter"),
    "a_buffer_of_a_module": ("net = nn.LazyBatchNorm2d()", "net.weight", "UninitializedParameter"),
    "a_sequence": ("net = nn.Sequential(nn.LazyLinear(4), nn.ReLU())", "net.0.bias", "UninitializedParameter"),
    "a_buffer": ("b = nn.parameter.UninitializedBuffer()", "b", "UninitializedBuffer"),
    "a_parameter": ("p = nn.parameter.UninitializedParameter()", "p", "UninitializedParameter"),
    "an_argument": ("net = nn.LazyLinear(4)\ndef f(p):\n    return p\nq = f(net.weight)", "q", "UninitializedParameter"),
    "a_member": ("held = [nn.LazyLinear(4).weight]\nw = held[0]", "w", "UninitializedParameter"),
    "an_optimiser": (
        "net = nn.LazyLinear(4)\no = torch.optim.SGD(net.parameters(), 0.1)",
        "net.weight",
        "UninitializedParameter",
    ),
}
HEAD = "import torch\nfrom torch import nn\n"
SUBCLASS = """
import torch
def refuse(*args, **kwargs):
    raise ValueError("nothing to tell")
class Mute(torch.Tensor):
    {name} = {value}
x = torch.ones(2, requires_grad=True)
t = x.detach().as_subclass(Mute)
u = t * 2
held = [t, {{"u": u}}]
y = (x * 3).sum()
y.backward()
print(x.grad, y)
"""
PROPERTIES = (
    *("shape", "dtype", "device", "layout", "requires_grad", "is_leaf", "grad", "grad_fn", "_version", "_base", "ndim"),
    *("is_meta", "is_sparse", "is_quantized", "is_nested"),
)
METHODS = (
    *("size", "stride", "numel", "storage_offset", "untyped_storage", "data_ptr", "detach", "clone", "tolist", "reshape"),
    *("is_conj", "is_neg", "element_size", "_fix_weakref", "__repr__", "__len__", "__bool__", "__eq__"),
)


def assert_the_rest_is_there(trace: TraceRecord) -> None:
    assert trace.truncated == ()
    assert elements(tensor_named(trace, "x").grad) == (3.0, 3.0)
    assert elements(tensor_named(trace, "y").values) == (6.0,)
    assert [graph.root_name for graph in trace.graphs] == ["y"]
    expressions = [operation.expression for operation in trace.operations]
    assert {"torch.ones(2, requires_grad=True)", "t * 2", "x * 3"} <= set(expressions)
    assert {"x", "t", "u", "held", "y"} <= {binding.name for step in trace.steps for binding in step.bound}


@pytest.mark.parametrize(("source", "name", "kind"), LAZY.values(), ids=LAZY.keys())
def test_what_is_not_initialised_yet_is_in_the_trace(source: str, name: str, kind: str) -> None:
    course = run(HEAD + source, f"x = torch.ones(2)\n{source.partition(' = ')[0]}")
    assert [cell.status for cell in course.cells] == ["ok", "ok"]
    assert course.trace.truncated == ()
    values = tensor_named(course.trace, name).values
    assert isinstance(values, OpaqueValues)
    assert values.text == f"<{kind}>"
    assert elements(tensor_named(course.trace, "x").values) == (1.0, 1.0)


def test_a_cell_shows_what_is_not_initialised_and_the_next_cell_initialises_it() -> None:
    cells = (
        "net = nn.Sequential(nn.LazyLinear(4), nn.ReLU())",
        "net[0].weight",
        "y = net(torch.rand(2, 3)); y.sum().backward()",
    )
    course = run(HEAD + cells[0], *cells[1:])
    result = course.cells[1].result
    assert [cell.status for cell in course.cells] == ["ok", "ok", "ok"]
    assert result is not None
    assert result.text == "<UninitializedParameter>"
    assert result.tensor is not None
    weight = tensor_named(course.trace, "net.0.weight")
    assert weight.id == result.tensor


PRINTED = {
    "initialised_by_a_call": "n = nn.LazyLinear(4)\nn(torch.ones(2, 3)).sum().backward()\nprint(n.weight, n.weight.grad)",
    "refused": "net = nn.LazyLinear(4)\ntry:\n    net.weight + 1\nexcept ValueError as error:\n    print(error)",
    "asked": "net = nn.LazyLinear(4)\nprint(net.weight, net)\nnet.weight.shape",
    "made_by_hand": "p = nn.parameter.UninitializedParameter()\np.materialize((2,))\nprint(type(p), p.shape)",
    "loaded": "net = nn.LazyLinear(2)\nnet.load_state_dict(nn.Linear(3, 2).state_dict())\nprint(net.weight, net.bias)",
}


@pytest.mark.parametrize("source", PRINTED.values(), ids=PRINTED.keys())
def test_lazy_modules_print_what_they_print_in_plain_python(source: str) -> None:
    assert traced(HEAD + source) == plainly(HEAD + source)


def shown_at(record: TensorRecord, step: int) -> tuple[object, tuple[int, ...]]:
    """The values, and the shape, that a tensor has at a step."""
    version = next(v for v in reversed(record.history) if v.step is not None and v.step <= step)
    return version.values or record.values, (version.layout or record.layout).shape


@pytest.mark.parametrize("grown", ["net(torch.ones(2, 3))", "net.weight.materialize((4, 3))"], ids=["by_a_call", "by_hand"])
def test_a_parameter_has_no_values_until_it_is_initialised(grown: str) -> None:
    trace = run(HEAD + f"net = nn.LazyLinear(4)\nw = net.weight\n{grown}\nend = 1").trace
    weight = tensor_named(trace, "w")
    bound = next(i for i, step in enumerate(trace.steps) if any(binding.name == "w" for binding in step.bound))
    assert shown_at(weight, bound) == (OpaqueValues((0,), "<UninitializedParameter>"), (0,))
    values, shape = shown_at(weight, len(trace.steps) - 1)
    assert isinstance(values, FullValues)
    assert shape == (4, 3) == values.shape
    grown_at = next(
        i for i, step in enumerate(trace.steps) if any(part.id == weight.id for part in step.changed) and i > bound
    )
    assert trace.steps[grown_at].span is not None


def test_gradients_of_a_parameter_that_was_lazy_are_dated() -> None:
    source = HEAD + "net = nn.LazyLinear(1, bias=False)\nnet(torch.ones(2, 3)).sum().backward()\nnet.weight.grad = None"
    assert [change.values for change in tensor_named(run(source).trace, "net.weight").grad_changes] == [None]


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, "property(refuse)") for name in PROPERTIES] + [(name, "refuse") for name in METHODS],
    ids=[*PROPERTIES, *METHODS],
)
def test_a_subclass_that_refuses_an_attribute_costs_the_trace_nothing(name: str, value: str) -> None:
    source = SUBCLASS.format(name=name, value=value)
    course = run(source)
    assert course.cell.status == "ok"
    assert course.printed == plainly(source)
    assert_the_rest_is_there(course.trace)
    assert elements(tensor_named(course.trace, "u").values) == (2.0, 2.0)


def test_a_subclass_that_refuses_everything_costs_the_trace_nothing() -> None:
    refused = " = ".join(PROPERTIES) + " = property(refuse)\n    " + " = ".join([*METHODS, "__hash__", "__class__"])
    source = SUBCLASS.format(name=refused, value="refuse")
    course = run(source, "len(held)")
    assert [cell.status for cell in course.cells] == ["ok", "ok"]
    assert_the_rest_is_there(course.trace)


def test_a_tensor_that_cannot_be_read_says_why() -> None:
    source = """
import torch
class Wrapper(torch.Tensor):
    @staticmethod
    def __new__(cls):
        return torch.Tensor._make_wrapper_subclass(cls, (2,), dispatch_sizes_strides_policy="sizes")
    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        raise ValueError("nothing to tell")
w = Wrapper()
x = torch.ones(2)
"""
    course = run(source)
    assert course.cell.status == "ok"
    assert course.trace.truncated == ()
    values = tensor_named(course.trace, "w").values
    assert isinstance(values, OpaqueValues)
    assert values.text
    assert elements(tensor_named(course.trace, "x").values) == (1.0, 1.0)


def test_a_nested_tensor_is_in_the_trace() -> None:
    course = run("import torch\nn = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])\nm = n * 2")
    values = tensor_named(course.trace, "m").values
    assert isinstance(values, OpaqueValues)
    assert values.text.startswith("nested_tensor(")


def test_a_part_of_the_report_that_fails_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Assembly, "_graphs_of", fail)
    trace = run("import torch\nx = torch.ones(2, requires_grad=True)\n(x * 2).sum().backward()").trace
    assert [(part.what, part.limit) for part in trace.truncated] == [("graphs", 0)]
    assert elements(tensor_named(trace, "x").values) == (1.0, 1.0)
    assert {"x * 2", "(x * 2).sum()"} <= {operation.expression for operation in trace.operations}
    assert len(trace.backwards) == 1


IDENTITIES = "points = torch.tensor([[4., 1.], [5., 3.], [2., 1.]])\nt = points.t()\nother = torch.ones(2)\n"


@pytest.mark.filterwarnings("ignore:TypedStorage:UserWarning")
@pytest.mark.parametrize("method", ["storage", "untyped_storage"])
@pytest.mark.parametrize("second", ["t", "points", "other"])
def test_the_identity_of_storages_compares_as_in_plain_torch(method: str, second: str) -> None:
    source = HEAD + IDENTITIES + f"print(id(points.{method}()) == id({second}.{method}()))"
    assert (
        traced(source).splitlines()[-1] == plainly(source).splitlines()[-1]
    )  # before it, torch says once that it is deprecated
