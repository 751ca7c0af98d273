"""The lens against the Jacobian matrix that torch itself works out of the same operation."""

from typing import Any

import pytest
import torch
from tensorpad.protocol.lenses import LensInquiry, LensRecord
from tensorpad.trace.inquiries import repeatable

from tests.support.comparison import run

_PREAMBLE = """
import torch
import torch.nn.functional as F
torch.manual_seed(3)
x = torch.randn(3, 4, dtype=torch.float64)
y = torch.randn(3, 4, dtype=torch.float64)
w = torch.randn(4, 2, dtype=torch.float64)
v = torch.randn(4, dtype=torch.float64)
i = torch.tensor([[0, 2], [1, 1], [3, 0]])
c = x > 0
short = torch.randn(3, 2, dtype=torch.float64)
square = x @ x.T
hot = F.one_hot(i, 4).double()
image = torch.randn(1, 2, 4, 4, dtype=torch.float64)
kernel = torch.randn(3, 2, 2, 2, dtype=torch.float64)
"""

DIFFERENTIABLE = [
    "x + y",
    "x + v",
    "x * y",
    "x * x",
    "2 / x",
    "x ** 3",
    "x.exp()",
    "torch.sigmoid(x)",
    "F.relu(x)",
    "x.abs()",
    "x @ w",
    "x @ v",
    "torch.einsum('ij,jk->ik', x, w)",
    "torch.addmm(torch.zeros(3, 2, dtype=torch.float64), x, w)",
    "F.linear(x, w.T)",
    "F.conv2d(image, kernel)",
    "F.conv2d(image, kernel, padding=1, stride=2)",
    "F.max_pool2d(image, 2)",
    "F.avg_pool2d(image, 2)",
    "x[1]",
    "x[:, 1:3]",
    "x[..., -1]",
    "x[c]",
    "x[torch.tensor([2, 0])]",
    "x.gather(1, i)",
    "x.sort(1)",
    "x.topk(2, 1)",
    "x.max(1)",
    "x.max()",
    "x.median(1)",
    "torch.cat([x, y], 1)",
    "torch.stack([x, y, x])",
    "x.view(2, 6)",
    "x.reshape(4, 3)",
    "x.T",
    "x.permute(1, 0)",
    "x.expand(2, 3, 4)",
    "x.repeat(2, 1)",
    "x.flip(0)",
    "x.roll(1, 1)",
    "x.unfold(1, 2, 1)",
    "x.diagonal()",
    "x.tril()",
    "x.sum()",
    "x.sum(0)",
    "x.mean(1, keepdim=True)",
    "x.prod(1)",
    "x.var()",
    "x.std(0)",
    "x.norm()",
    "x.logsumexp(1)",
    "x.cumsum(1)",
    "x.cumprod(1)",
    "x.softmax(1)",
    "F.log_softmax(x, 0)",
    "F.layer_norm(x, (4,))",
    "F.layer_norm(x, (4,), v, v)",
    "F.gelu(x)",
    "F.mse_loss(x, y)",
    "F.cross_entropy(x, torch.tensor([1, 0, 3]))",
    "F.embedding(torch.tensor([2, 0]), x)",
    "hot @ w",
    "torch.where(c, x, y)",
    "torch.maximum(x, y)",
    "x.clamp(-0.5, 0.5)",
    "x.masked_fill(c, 0.0)",
    "torch.lerp(x, y, 0.3)",
    "torch.outer(v, v)",
    "torch.linalg.inv(square)",
    "torch.linalg.det(square)",
    "x.index_select(1, torch.tensor([3, 1]))",
    "torch.zeros(5, 4, dtype=torch.float64).index_add(0, torch.tensor([0, 2, 0]), x)",
    "x.scatter(1, i, short)",
    "x.unbind(1)",
    "x.split(2, 1)",
    "x.chunk(2)",
    "F.pad(x, (1, 1))",
    "F.normalize(x, dim=1)",
    "torch.cdist(x, y)",
    "F.batch_norm(x, None, None, training=True)",
    "F.interpolate(image, scale_factor=2, mode='bilinear')",
    "x.detach()",
    "x.clone()",
    "x.to(torch.float32)",
    "F.dropout(x, 0.5)",
]


def looked(source: str, output: int, element: tuple[int, ...]) -> LensRecord:
    program = _PREAMBLE + f"result = {source}\n"
    trace = run(program).trace
    asked = trace.operations[-1].id
    answer = run(program, inquiry=LensInquiry(asked, output, element)).answer
    assert isinstance(answer, LensRecord)
    assert answer.reason is None, answer
    return answer


@pytest.mark.parametrize("source", DIFFERENTIABLE)
def test_local_derivatives_are_those_of_the_jacobian(source: str) -> None:
    trace = run(_PREAMBLE + f"result = {source}\n").trace
    operation = next(one for one in trace.operations if one.expression == source)
    names: dict[str, Any] = {}
    exec(_PREAMBLE, names)
    state = torch.get_rng_state()
    called = {record.id: record for record in trace.tensors if record.names and record.layout.dtype == "torch.float64"}
    given = {called[one].names[0]: one for one in dict.fromkeys(operation.inputs) if one in called}

    def function(*values: Any) -> Any:
        torch.set_rng_state(state)
        result: Any = eval(source, {**names, **dict(zip(given, values, strict=True))})
        return result if isinstance(result, torch.Tensor) else result[0]

    values = tuple(names[name].clone() for name in given)
    functional: Any = torch.autograd.functional
    jacobians: tuple[Any, ...] = functional.jacobian(function, values)
    output = function(*values)
    element = tuple(int(part) for part in torch.unravel_index(torch.tensor(output.numel() // 2), output.shape))
    answer = looked(source, 0, element)
    assert answer.complete
    for (name, known), jacobian in zip(given.items(), jacobians, strict=True):
        expected: Any = jacobian[element]
        found: Any = torch.zeros_like(expected)
        for one in answer.inputs:
            if one.tensor == known and one.derivative is not None:
                found[one.element] = one.derivative
        torch.testing.assert_close(found, expected, rtol=1e-6, atol=1e-9, msg=f"by {name}")


def sources(answer: LensRecord, relation: str) -> set[tuple[str | None, tuple[int, ...]]]:
    return {(one.argument, one.element) for one in answer.inputs if one.relation == relation}


CHOSEN: list[tuple[str, int, tuple[int, ...], Any, Any]] = [
    ("x.gather(1, i)", 0, (1, 0), {("0", (1, 1))}, {("2", (1, 0))}),
    ("F.embedding(i, w)", 0, (0, 1, 1), {("1", (2, 1))}, {("0", (0, 1))}),
    ("torch.where(c, x, y)", 0, (0, 0), {("1", (0, 0))}, {("0", (0, 0))}),
    ("w[i[:, 0]]", 0, (1, 1), None, None),
    ("i.T", 0, (1, 0), {("0", (0, 1))}, set()),
    ("torch.cat([i, i + 4])", 0, (4, 1), {("0[1]", (1, 1))}, set()),
    ("i.sum(0)", 0, (1,), {("0", (0, 1)), ("0", (1, 1)), ("0", (2, 1))}, set()),
    ("i * 2 + 1", 0, (2, 0), None, None),
    ("x.argmax(1)", 0, (1,), {("0", (1, place)) for place in range(4)}, set()),
    ("x == y", 0, (2, 3), {("0", (2, 3)), ("1", (2, 3))}, set()),
    ("i == 7", 0, (1, 1), {("0", (1, 1))}, set()),
    ("x.floor()", 0, (0, 3), {("0", (0, 3))}, set()),
    ("x.max(1)", 0, (0,), None, None),
    ("c & ~c", 0, (0, 0), None, None),
    ("i.unique()", 0, (3,), None, None),
]


@pytest.mark.parametrize(("source", "output", "element", "values", "indices"), CHOSEN)
def test_elements_that_went_in_are_told_from_those_that_decided(
    source: str, output: int, element: tuple[int, ...], values: Any, indices: Any
) -> None:
    answer = looked(source, output, element)
    assert answer.complete
    assert answer.count == len(answer.inputs) > 0
    if values is not None:
        assert sources(answer, "value") == values
        assert sources(answer, "index") == indices


def test_rivals_of_a_maximum_only_decided() -> None:
    answer = looked("torch.tensor([1.0, 5.0, 2.0]).max()", 0, ())
    assert [(one.element, one.derivative, one.relation) for one in answer.inputs] == [
        ((0,), 0.0, "index"),
        ((1,), 1.0, "value"),
        ((2,), 0.0, "index"),
    ]


def test_zero_derivative_does_not_hide_where_a_value_came_from() -> None:
    (one,) = looked("F.relu(torch.tensor([-2.0, 3.0]))", 0, (0,)).inputs
    assert (one.element, one.value, one.derivative, one.relation) == ((0,), "-2", 0.0, "value")
    assert {part.derivative for part in looked("torch.zeros(2) * torch.ones(2)", 0, (0,)).inputs} == {0.0, 1.0}


@pytest.mark.parametrize(
    ("statement", "element", "derivatives"),
    [
        ("x.mul_(3)", (0, 1), [3.0]),
        ("x[0] = x[1] * 2", (0, 2), [1.0]),
        ("torch.add(x, x, out=y)", (1, 1), [2.0]),
        ("x[:, 0].add_(x[:, 1])", (2,), [1.0, 1.0]),
    ],
)
def test_writes_in_place_are_seen_as_they_were_before(
    statement: str, element: tuple[int, ...], derivatives: list[float]
) -> None:
    program = _PREAMBLE + statement
    asked = run(program).trace.operations[-1].id
    answer = run(program, inquiry=LensInquiry(asked, 0, element)).answer
    assert isinstance(answer, LensRecord)
    assert [one.derivative for one in answer.inputs if one.relation == "value"] == derivatives


@pytest.mark.parametrize(
    ("program", "inquiry", "reason"),
    [
        ("import torch\ntorch.ones(2)", LensInquiry("op9"), "no_operation"),
        ("import torch\ntorch.ones(2)", LensInquiry("op1", 1, (0,)), "no_output"),
        ("import torch\ntorch.ones(2)", LensInquiry("op1", 0, (2,)), "no_element"),
        ("import torch\ntorch.ones(2)", LensInquiry("op1", 0, ()), "no_element"),
    ],
)
def test_what_cannot_be_followed_says_why(program: str, inquiry: LensInquiry, reason: str) -> None:
    answer = run(program, inquiry=inquiry).answer
    assert isinstance(answer, LensRecord)
    assert answer.reason == reason


def test_what_has_more_elements_than_are_copied_cannot_be_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeatable, "ELEMENTS", 24)
    answer = run("import torch\nx = torch.ones(5, 5)\nx + 1", inquiry=LensInquiry("op2", 0, (0, 0))).answer
    assert isinstance(answer, LensRecord)
    assert answer.reason == "too_large"


def test_operation_without_inputs_made_its_value_itself() -> None:
    answer = looked("torch.rand(2)", 0, (-1,))
    assert (answer.count, answer.complete, answer.element) == (0, True, (1,))


def test_write_that_autograd_does_not_see_has_no_derivative() -> None:
    assert looked("torch.nn.init.uniform_(torch.zeros(2, requires_grad=True))", 0, (1,)).count == 0
    assert looked("torch.nn.init.zeros_(x)", 0, (1, 1)).count == 0


def test_module_is_not_taken_for_the_first_call_in_it() -> None:
    program = "import torch\nmodel = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU())\nmodel(torch.ones(1, 2))"
    for operation in run(program).trace.operations:
        answer = run(program, inquiry=LensInquiry(operation.id, 0, (0, 0))).answer
        assert isinstance(answer, LensRecord)
        assert (answer.reason == "unsupported") is (operation.name.startswith("torch.nn.") and operation.name[9].isupper())
        if operation.name == "torch.nn.functional.linear":
            assert answer.count == 5
            assert {one.relation for one in answer.inputs} == {"value"}


def test_large_inputs_are_followed_by_derivative_and_in_halves() -> None:
    answer = looked("torch.arange(1_000_000.0) * 2", 0, (765_432,))
    assert [(one.element, one.derivative) for one in answer.inputs] == [((765_432,), 2.0)]
    assert answer.complete


def test_program_itself_is_as_it_would_be_without_the_question() -> None:
    program = "import torch\nx = torch.rand(3)\ny = torch.nn.functional.dropout(x)\nprint(torch.rand(2), y)"
    plain, asked = run(program), run(program, inquiry=LensInquiry("op2", 0, (1,)))
    assert plain.printed == asked.printed
    assert plain.trace.operations == asked.trace.operations


MASKED = """
import torch
s = torch.tensor([[1., 2, 3], [4, 5, 6]])
m = s.masked_fill(torch.tensor([[True, True, True], [False, True, False]]), float("-inf"))
z = torch.tensor([float("nan"), 1., 2.])
v = torch.tensor([0., 4., -1.])
p = {}
"""


@pytest.mark.parametrize(
    ("operation", "element", "sources"),
    [
        ("m.softmax(1)", (1, 0), [(1, 0), (1, 1), (1, 2)]),
        ("m.softmax(1)", (0, 0), [(0, 0), (0, 1), (0, 2)]),
        ("m.log_softmax(1)", (1, 2), [(1, 0), (1, 1), (1, 2)]),
        ("z.softmax(0)", (1,), [(0,), (1,), (2,)]),
        ("z.sum()", (), [(0,), (1,), (2,)]),
        ("v.sqrt()", (1,), [(1,)]),
        ("v.sqrt()", (0,), [(0,)]),
        ("v.sqrt()", (2,), [(2,)]),
        ("v.log()", (1,), [(1,)]),
    ],
)
def test_zero_times_nan_is_no_dependence(operation: str, element: tuple[int, ...], sources: list[tuple[int, ...]]) -> None:
    program = MASKED.format(operation)
    name = run(program).trace.operations[-1].id
    found = run(program, inquiry=LensInquiry(name, 0, element)).answer
    assert isinstance(found, LensRecord)
    assert found.reason is None
    assert [part.element for part in found.inputs] == sources


@pytest.mark.parametrize(
    "program",
    [
        "a = torch.ones(2, 2) / 3\nwith torch.autocast('cpu', dtype=torch.bfloat16):\n    p = a @ a",
        "a = torch.ones(2, 2) / 3\nwith torch.autocast('cpu', dtype=torch.float16):\n    p = a @ a",
        "torch.set_default_dtype(torch.float64)\na = torch.arange(4).reshape(2, 2)\np = a / 3\n"
        "torch.set_default_dtype(torch.float32)",
        "with torch.inference_mode():\n    a = torch.ones(2, 2)\n    p = a @ a",
        "with torch.no_grad():\n    a = torch.ones(2, 2, requires_grad=True)\n    p = a @ a",
    ],
)
def test_an_operation_is_repeated_under_the_modes_that_it_had(program: str) -> None:
    program = "import torch\n" + program
    name = next(op.id for op in run(program).trace.operations if op.expression in ("a @ a", "a / 3"))
    found = run(program, inquiry=LensInquiry(name, 0, (0, 1))).answer
    assert isinstance(found, LensRecord)
    assert (found.reason, found.detail) == (None, "")
    assert found.inputs
    assert torch.get_default_dtype() is torch.float32
    assert not torch.is_autocast_enabled("cpu")
