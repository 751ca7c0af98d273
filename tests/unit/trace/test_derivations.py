"""Derivations against plain autograd in this process: the sum over paths, closed forms, finite differences."""

from typing import Any

import pytest
import torch
from tensorpad.protocol.derivations import DerivationInquiry, DerivationRecord, LeafDerivation
from tensorpad.protocol.records import FullValues, Values

from tests.support.comparison import run

TUTORIAL = """
import torch
x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
"""
_LEAVES = """
import torch
import torch.nn.functional as F
torch.manual_seed(1)
x = torch.rand(3, dtype=torch.float64, requires_grad=True)
w = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
m = torch.rand(3, 2, dtype=torch.float64, requires_grad=True)
c = torch.rand(3, dtype=torch.float64)
"""
CLOSED = [
    "(3 * (x + 2) ** 2).mean()",
    "(x * x).sum()",
    "(2 - x).pow(3).sum() / 4",
    "(1 / x).sum()",
    "(2 ** x).mean()",
    "x.exp().sum().log()",
    "((x - x.mean()) ** 2).mean()",
    "((x - x.mean()) ** 2).mean().sqrt()",
    "(w * x - c).square().mean()",
    "F.mse_loss(w * x, c)",
    "x.dot(c) + w",
    "torch.sigmoid(w * x).sum()",
    "(x.tanh() * c).sum()",
    "torch.relu(x - 0.5).sum()",
    "(x - 0.5).abs().mean()",
    "-(c * x.log() + (1 - c) * (1 - x).log()).mean()",
    "F.softplus(x).sum()",
    "w ** 3 - 2 * w",
    "torch.add(x, c, alpha=2).sin().sum()",
    "(x / (1 + x.abs())).sum()",
]
OPEN = [
    "(x @ m).sum()",
    "(m.T @ x).softmax(0)[1]",
    "x.cumsum(0).prod()",
    "x.sort().values[1] * w",
    "torch.cat([x, x * w]).max()",
    "torch.stack([x, c]).var()",
    "F.layer_norm(x, (3,)).pow(3).sum()",
    "F.cross_entropy(m, torch.tensor([0, 1, 1]))",
    "x.unbind()[0] * x[1] + x[2]",
    "(x.view(3, 1) * m)[1].sum()",
    "x.clone().mul_(w).add_(x)[:2].sum()",
    "torch.linalg.norm(m)",
    "(x * w).detach().sum() * w",
    "torch.where(c > 0.5, x, x * w).sum()",
]


def answer(program: str, **asked: Any) -> DerivationRecord:
    found = run(program, inquiry=DerivationInquiry(**asked)).trace.answer
    assert isinstance(found, DerivationRecord)
    return found


def tensor(values: Values) -> Any:
    assert isinstance(values, FullValues)
    return torch.tensor(values.data, dtype=torch.float64).reshape(values.shape)


def plainly(source: str) -> dict[str, torch.Tensor]:
    """The gradients that plain torch gives."""
    names: dict[str, Any] = {}
    exec(f"{_LEAVES}\nout = {source}\nout.backward()", names)
    return {name: names[name].grad for name in ("x", "w", "m") if names[name].grad is not None}


def check_leaves(found: DerivationRecord, source: str) -> dict[str, LeafDerivation]:
    expected = plainly(source)
    leaves = {found.steps[leaf.step].label: leaf for leaf in found.leaves}
    assert set(leaves) == set(expected)
    for name, leaf in leaves.items():
        torch.testing.assert_close(tensor(leaf.total), expected[name])
        torch.testing.assert_close(tensor(leaf.autograd), expected[name])
        assert leaf.agrees
        assert leaf.path_count == len(leaf.paths)
        products = torch.stack([tensor(path.product) for path in leaf.paths])
        torch.testing.assert_close(products.sum(0), expected[name])
    return leaves


@pytest.mark.parametrize("source", [*CLOSED, *OPEN])
@pytest.mark.parametrize("backward", [True, False])
def test_sum_over_paths_is_the_gradient(source: str, backward: bool) -> None:
    program = f"{_LEAVES}\nout = {source}\n" + ("out.backward()" if backward else "")
    check_leaves(answer(program, of="out"), source)


@pytest.mark.parametrize("source", CLOSED)
def test_closed_form_is_the_gradient_at_other_values_too(source: str) -> None:
    found = answer(f"{_LEAVES}\nout = {source}\nout.backward()", finite_differences=True)
    for name, leaf in check_leaves(found, source).items():
        assert leaf.closed_form is not None, name
        assert leaf.closed_form.deviation < 1e-9
        assert leaf.finite_differences is not None
        assert leaf.finite_differences.agrees
        assert leaf.finite_differences.dtype == "float64"


@pytest.mark.parametrize("source", OPEN)
def test_finite_differences_agree_where_there_is_no_closed_form(source: str) -> None:
    found = answer(f"{_LEAVES}\nout = {source}\nout.backward()", finite_differences=True)
    for leaf in found.leaves:
        assert leaf.finite_differences is not None
        assert leaf.finite_differences.reason is None
        assert leaf.finite_differences.agrees


def test_tutorial_is_derived_as_the_course_does_it() -> None:
    found = answer(TUTORIAL, finite_differences=True)
    assert [step.label for step in found.steps] == ["out", "z", "v1", "y", "x"]
    assert [[local.formula for local in step.locals] for step in found.steps] == [["1/4"], ["3"], ["y", "y"], ["1"], []]
    (leaf,) = found.leaves
    assert leaf.closed_form is not None
    assert leaf.closed_form.formula == "3*(x[i] + 2)/2"
    assert leaf.closed_form.latex == r"\frac{3 \left(x_{i} + 2\right)}{2}"
    assert [tensor(path.product).unique().item() for path in leaf.paths] == [2.25, 2.25]
    assert tensor(leaf.total).unique().item() == 4.5


def test_names_in_chinese_are_text_in_latex() -> None:
    found = answer("import torch\n输入 = torch.ones(2, requires_grad=True)\n输出 = (输入 ** 2).sum()\n输出.backward()")
    closed = found.leaves[0].closed_form
    assert closed is not None
    assert (closed.formula, closed.latex) == ("2*输入[i]", r"2 \text{输入}_{i}")


def test_gradient_that_a_pass_starts_with_counts() -> None:
    found = answer("import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = x * x\ny.backward(torch.tensor(10.0))")
    (leaf,) = found.leaves
    assert (tensor(leaf.total).item(), leaf.agrees, leaf.closed_form) == (40.0, True, None)


def test_parameters_are_called_by_their_path_in_the_module() -> None:
    program = "import torch\nmodel = torch.nn.Linear(2, 1)\nloss = model(torch.ones(3, 2)).square().mean()\nloss.backward()"
    found = answer(program, finite_differences=True)
    assert {found.steps[leaf.step].label for leaf in found.leaves} == {"model.weight", "model.bias"}
    assert all(leaf.agrees and leaf.finite_differences and leaf.finite_differences.agrees for leaf in found.leaves)


def test_hook_that_changes_a_gradient_is_not_hidden() -> None:
    found = answer(
        "import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = x * x\ny.register_hook(lambda g: g * 7)\n"
        "out = y + 1\nout.backward()"
    )
    (leaf,) = found.leaves
    assert (tensor(leaf.total).item(), tensor(leaf.autograd).item(), leaf.agrees) == (4.0, 28.0, False)


def test_function_of_the_programs_own_is_asked_for_its_backward() -> None:
    program = """
import torch
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3
    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return 3 * x ** 2 * g
x = torch.tensor([1.0, 2.0], requires_grad=True)
out = Cube.apply(x).sum()
out.backward()
"""
    (leaf,) = answer(program, finite_differences=True).leaves
    assert tensor(leaf.total).tolist() == [3.0, 12.0]
    assert leaf.closed_form is None
    assert leaf.finite_differences is not None
    assert leaf.finite_differences.reason == "unseen"


def test_last_of_several_passes_is_the_one_derived() -> None:
    program = """
import torch
w = torch.tensor(1.0, requires_grad=True)
for step in range(3):
    loss = (w - 3) ** 2
    loss.backward()
    with torch.no_grad():
        w -= 0.25 * w.grad
    w.grad = None
"""
    (leaf,) = answer(program, finite_differences=True).leaves
    assert tensor(leaf.total).item() == -1.0
    assert leaf.agrees
    assert leaf.finite_differences is not None
    assert leaf.finite_differences.agrees


@pytest.mark.parametrize(
    ("program", "of", "reason"),
    [
        ("x = 1", None, "no_scalar"),
        ("x = 1", "y", "not_found"),
        ("x = 1", "x", "not_scalar"),
        ("import torch\nx = torch.ones(3, requires_grad=True) * 2", "x", "not_scalar"),
        ("import torch\nx = torch.tensor(1.0)", "x", "no_graph"),
        ("import torch\nx = torch.ones(600, requires_grad=True)\nout = x.sum()", None, "too_large"),
        ("import torch\nx = torch.ones((), requires_grad=True)\nfor _ in range(300): x = x * 1.01\n", "x", "too_large"),
        ("import torch\nx = torch.tensor(1j, requires_grad=True)\nout = (x * x).abs()", None, "unsupported"),
    ],
)
def test_what_cannot_be_derived_says_why(program: str, of: str | None, reason: str) -> None:
    assert answer(program, of=of).reason == reason


def test_many_paths_are_counted_and_not_walked() -> None:
    program = "import torch\nx = torch.tensor(1.0, requires_grad=True)\ny = x\nfor _ in range(60): y = y + y\ny.backward()"
    (leaf,) = answer(program).leaves
    assert leaf.path_count == 2**60
    assert len(leaf.paths) == 32
    assert leaf.agrees


def test_program_prints_what_it_would_without_the_question() -> None:
    program = TUTORIAL.replace(
        "out.backward()", "y.register_hook(lambda g: print('hook', g))\nout.backward()\nprint(x.grad)"
    )
    plain, asked = run(program), run(program, inquiry=DerivationInquiry(finite_differences=True))
    assert plain.printed == asked.printed
    assert plain.trace.graphs == asked.trace.graphs
