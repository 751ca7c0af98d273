"""The values that tensors and arrays had, at every version that the program passed through."""

from typing import Any

import pytest
import torch
from tensorpad.protocol.records import (
    ArrayRecord,
    FullValues,
    Layout,
    OpaqueValues,
    SummaryValues,
    TensorRecord,
    Values,
)

from tests.support.comparison import LIMITS, run
from tests.support.trace_records import elements, tensor_named


def values(record: TensorRecord | ArrayRecord) -> list[Values]:
    return [version.values or record.values for version in record.history]


def each(record: TensorRecord | ArrayRecord) -> list[tuple[float, ...]]:
    return [tuple(float(number) for number in elements(value)) for value in values(record)]


def test_each_version_has_its_value_and_the_step_that_gave_it() -> None:
    trace = run("x = torch.zeros(2)\nx += 1\nx[0] = 5\nx.mul_(2)").trace
    x = tensor_named(trace, "x")
    assert each(x) == [(0, 0), (1, 1), (5, 1), (10, 2)]
    assert [version.version for version in x.history] == [0, 1, 2, 3]
    names = [trace.steps[version.step or 0].ref for version in x.history]
    assert names == [operation.id for operation in trace.operations]
    changed = [change.id for step in trace.steps for change in step.changed]
    assert changed == [x.id] * 4


def test_a_write_through_a_view_shows_in_every_tensor_on_the_memory() -> None:
    trace = run("x = torch.zeros(2, 2)\nv = x[0]\nw = x.t()\nd = x.detach()\nv.add_(3)\nc = x.clone()\nx.zero_()").trace
    assert each(tensor_named(trace, "x")) == [(0, 0, 0, 0), (3, 3, 0, 0), (0, 0, 0, 0)]
    assert each(tensor_named(trace, "v")) == [(0, 0), (3, 3), (0, 0)]
    assert each(tensor_named(trace, "w")) == [(0, 0, 0, 0), (3, 0, 3, 0), (0, 0, 0, 0)]
    assert each(tensor_named(trace, "d")) == each(tensor_named(trace, "x"))
    assert each(tensor_named(trace, "c")) == [(3, 3, 0, 0)]


@pytest.mark.parametrize("share", ["torch.from_numpy(a)", "torch.as_tensor(a)", "torch.from_dlpack(a)"])
def test_a_write_through_numpy_shows_in_tensors_and_arrays(share: str) -> None:
    trace = run(f"a = np.zeros(3)\nb = {share}\nv = a[1:]\nv[0] = 7\nb += 1\na[:] = 0").trace
    b = tensor_named(trace, "b")
    (a, v) = trace.arrays
    assert each(b) == [(0, 0, 0), (0, 7, 0), (1, 8, 1), (0, 0, 0)]
    assert each(a) == each(b)
    assert each(v) == [(0, 0), (7, 0), (8, 1), (0, 0)]
    assert (a.names, v.names, v.layout.offset, v.layout.strides, a.layout.storage) == (
        ("a",),
        ("v",),
        8,
        (8,),
        b.layout.storage,
    )
    assert [version.version for version in b.history] == [0, 0, 1, 1]


@pytest.mark.parametrize("share", ["x.numpy()", "np.asarray(x)", "np.from_dlpack(x)"])
def test_an_array_made_from_a_tensor_shares_its_storage(share: str) -> None:
    trace = run(f"x = torch.zeros(2)\na = {share}\na[0] = 4").trace
    assert each(tensor_named(trace, "x")) == [(0, 0), (4, 0)]
    (a,) = trace.arrays
    assert a.layout.storage == tensor_named(trace, "x").layout.storage
    (storage,) = [storage for storage in trace.storages if storage.id == a.layout.storage]
    assert {(part.id, part.start, part.end) for part in storage.ranges} == {
        (a.id, 0, 8),
        (tensor_named(trace, "x").id, 0, 8),
    }


def test_an_array_on_memory_of_its_own_is_not_reported() -> None:
    assert run("a = np.ones(3)\nx = torch.tensor(a)").trace.arrays == ()


def test_an_array_that_reaches_further_than_the_tensor_widens_the_memory() -> None:
    trace = run("a = np.ones(5)\nc = torch.from_numpy(a[2:])").trace
    c = tensor_named(trace, "c")
    (storage,) = [storage for storage in trace.storages if storage.id == c.layout.storage]
    assert (storage.nbytes, c.layout.offset) == (40, 2)


@pytest.mark.parametrize(
    "dtype",
    ["bool", "uint8", "int16", "int64", "float16", "bfloat16", "float32", "float64", "complex64", "complex128"],
)
def test_values_of_all_types_are_torchs(dtype: str) -> None:
    kind = getattr(torch, dtype)
    trace = run(f"x = torch.arange(6).to(torch.{dtype}).view(2, 3)\ny = x.t()[1:]\nx.zero_()").trace
    expected = torch.arange(6).to(kind).view(2, 3).t()[1:]
    parts: Any = torch.view_as_real(expected) if expected.is_complex() else expected
    first = values(tensor_named(trace, "y"))[0]
    assert isinstance(first, FullValues)
    assert list(first.data) == parts.reshape(-1).tolist()


def test_conjugates_and_negatives_are_seen_as_the_program_sees_them() -> None:
    trace = run("x = torch.tensor([1 + 2j])\nc = x.conj()\ni = c.imag\nx += 1j").trace
    assert each(tensor_named(trace, "c")) == [(1, -2), (1, -3)]
    assert each(tensor_named(trace, "i")) == [(-2,), (-3,)]


def test_a_large_tensor_has_a_summary_for_each_version() -> None:
    trace = run("x = torch.zeros(5000)\nv = x[:3]\nx += 1\nx[0] = 9").trace
    found = values(tensor_named(trace, "x"))
    assert [value.maximum for value in found if isinstance(value, SummaryValues)] == [0.0, 1.0, 9.0]
    assert each(tensor_named(trace, "v")) == [(0, 0, 0), (1, 1, 1), (9, 1, 1)]


def test_a_tensor_that_is_gone_has_no_version_after_its_end() -> None:
    trace = run("x = torch.zeros(2)\ny = x[:1]\nx += 1\ndel y\nx += 1").trace
    gone = next(record for record in trace.tensors if record.layout.shape == (1,))
    assert each(gone) == [(0,), (1,)]


def test_a_tensor_that_is_given_other_memory_keeps_its_past() -> None:
    trace = run("x = torch.zeros(2)\nx.add_(1)\nx.resize_(3).fill_(4)\nx.set_(torch.ones(1))").trace
    shapes = [value.shape for value in values(tensor_named(trace, "x"))]
    assert shapes[0] == shapes[1] == (2,)
    assert shapes[-1] == (1,)
    assert each(tensor_named(trace, "x"))[-1] == (1,)


def test_what_finds_no_room_is_the_oldest_and_it_is_said() -> None:
    source = "x = torch.zeros(2000)\nfor i in range(200):\n    x += 1"
    trace = run(source).trace
    x = tensor_named(trace, "x")
    newest = x.history[-2].values
    assert isinstance(newest, FullValues)
    assert newest.data[0] == 199.0
    assert 50 < len(x.history) < 201
    assert "history" in {part.what for part in trace.truncated}
    assert not any(isinstance(value, OpaqueValues) for value in values(x))


def test_a_layout_is_told_where_it_was_another_than_at_the_end() -> None:
    trace = run("x = torch.arange(6.0).reshape(2, 3)\nx.t_()\nx.add_(1)").trace
    x = tensor_named(trace, "x")
    plain = torch.arange(6.0).reshape(2, 3)
    before, *others = [version.layout for version in x.history]
    assert before == Layout(
        tuple(plain.shape), plain.stride(), "torch.float32", "cpu", x.layout.storage, nbytes=plain.nbytes
    )
    assert others == [None, None]
    assert (x.layout.shape, x.layout.stride) == (tuple(plain.t_().shape), plain.stride())


def test_the_memory_that_a_tensor_looked_at_before_is_told_without_it_as_a_member() -> None:
    trace = run("x = torch.zeros(2)\nx.data = torch.ones(3, dtype=torch.float64)").trace
    x = tensor_named(trace, "x")
    (before, _) = x.history
    assert before.layout is not None
    then = next(storage for storage in trace.storages if storage.id == before.layout.storage)
    assert then.id != x.layout.storage
    assert (then.nbytes, then.members, before.layout.dtype) == (torch.zeros(2).nbytes, (), "torch.float32")


@pytest.mark.parametrize(
    "change", ["x.t_()", "x.data = x.data.view(4)", "x.set_(torch.zeros(4))", "x.data = x.data.double()"]
)
def test_a_change_of_layout_alone_is_a_change_at_its_line(change: str) -> None:
    trace = run(f"x = torch.zeros(2, 2)\n{change}\nother = 1").trace
    x = tensor_named(trace, "x")
    steps = [step for step in trace.steps for changed in step.changed if changed.id == x.id]
    assert [step.span and step.span.line for step in steps[-2:]] == [1, 2]
    assert x.history[-2].layout is not None


def test_memory_that_loops_pass_through_is_told_as_far_as_there_is_room() -> None:
    trace = run("w = torch.zeros(2)\nfor i in range(1200):\n    w.data = w.data + 1").trace
    layouts = [version.layout for version in tensor_named(trace, "w").history[:-1]]
    assert len(layouts) == 1200
    assert all(layout is not None for layout in layouts)
    assert len(trace.storages) < LIMITS.records


def bytes_after_each_line(source: str) -> list[dict[str, int]]:
    """What torch itself says, by the names of tensors, after each line of a program."""
    namespace: dict[str, Any] = {"torch": torch}
    found: list[dict[str, int]] = []
    for line in source.splitlines():
        exec(line, namespace)
        tensors = {name: value for name, value in namespace.items() if isinstance(value, torch.Tensor)}
        found.append({name: tensor.nbytes for name, tensor in tensors.items()})
    return found


def nbytes_at(record: TensorRecord, steps: int) -> int | None:
    """The bytes of a tensor once the first steps have run, as its history tells it."""
    *_, now = [version for version in record.history if version.step is not None and version.step < steps]
    return (now.layout or record.layout).nbytes


@pytest.mark.parametrize(
    "source",
    [
        "x = torch.zeros(4)\nv = x[:3]\nx.resize_(8)\nx.zero_()",
        "x = torch.zeros(9)\nv = x[::3]\nv.t_()\nx.resize_(2, 2)",
        "x = torch.zeros(2)\nx.data = torch.ones(3, dtype=torch.float64)\nx += 1",
        "x = torch.zeros(3)\nx.data = x.data.half()\nh = x.double()",
        "x = torch.zeros(0, 3)\ns = torch.tensor(1j)\nx.set_(torch.zeros(5))\nw = torch.zeros(1).expand(4, 2)",
        "x = torch.zeros(1)\nx.resize_(0)\nx.resize_(700)",
        "x = torch.zeros(5000)\nv = x[1:]\nx.resize_(9000)",
    ],
)
def test_the_bytes_of_its_elements_are_torchs_after_each_line(source: str) -> None:
    trace = run(source).trace
    lines = [step.span.line if step.span else 0 for step in trace.steps]
    for line, expected in enumerate(bytes_after_each_line(source), 1):
        steps = len([known for known in lines if known <= line])
        assert {name: nbytes_at(tensor_named(trace, name), steps) for name in expected} == expected, line


@pytest.mark.parametrize(
    "make",
    [
        'torch.empty(4, 2, device="meta")',
        "torch.eye(3).to_sparse_csr()",
        "torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.quint8)",
        "torch.zeros(0)",
        "torch.tensor(True)",
    ],
)
@pytest.mark.filterwarnings("ignore:.*(CSR|quantize)")
def test_the_bytes_of_a_tensor_that_has_no_storage_to_show_are_torchs(make: str) -> None:
    plain = eval(make)
    assert tensor_named(run(f"x = {make}").trace, "x").layout.nbytes == plain.nbytes


@pytest.mark.parametrize("make", ["torch.eye(3).to_sparse()", "torch.zeros(1).expand(2**62)"])
def test_no_bytes_are_told_where_torch_does_not_count_them(make: str) -> None:
    assert tensor_named(run(f"x = {make}").trace, "x").layout.nbytes is None


def test_roles_are_told_from_the_step_that_changed_them() -> None:
    cell = "x = torch.ones(2)\nx.requires_grad_()\ny = x * 2\ny.detach_()\nx.requires_grad = False\n"
    trace = run("import torch\n" + cell).trace
    tensors = {name: tensor for tensor in trace.tensors for name in tensor.names}

    def told(name: str) -> list[tuple[int, bool, bool, str | None]]:
        spans = [(role, trace.steps[role.step or 0].span) for role in tensors[name].roles]
        return [(span.line, role.requires_grad, role.is_leaf, role.grad_fn) for role, span in spans if span is not None]

    assert told("x") == [(2, False, True, None), (3, True, True, None), (6, False, True, None)]
    assert told("y") == [(4, True, False, "MulBackward0"), (5, False, True, None)]


def test_a_parameter_is_named_by_its_module_as_long_as_that_has_it() -> None:
    cell = "net = torch.nn.Linear(1, 1)\nfirst = net.weight\nnet.weight = torch.nn.Parameter(first * 2)\ndel net\n"
    trace = run("import torch\n" + cell).trace
    (first,) = [tensor for tensor in trace.tensors if "first" in tensor.names]
    spans = [(path.names, trace.steps[path.step or 0].span) for path in first.paths]
    assert [(names, span and span.line) for names, span in spans] == [(("net.weight",), 2), ((), 4)]
    later = [
        tensor
        for tensor in trace.tensors
        if tensor is not first and any("net.weight" in path.names for path in tensor.paths)
    ]
    assert [tensor.names for tensor in later] == [()]


def test_a_retained_gradient_is_told() -> None:
    cell = "x = torch.ones(2, requires_grad=True)\ny = x * 2\ny.retain_grad()\ny.sum().backward()\ny.grad = None\n"
    trace = run("import torch\n" + cell).trace
    spans = [(change, trace.steps[change.step].span) for change in tensor_named(trace, "y").grad_changes]
    assert [(span and span.line, change.values is None) for change, span in spans] == [(5, False), (6, True)]
