"""Derivations against plain autograd in this process: the sum over paths, closed forms, finite differences."""

from typing import Any

import pytest
import torch
from tensorpad.explain.inquiries.derivation import written
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
    found = run(program, inquiry=DerivationInquiry(**asked)).answer
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


def test_nan_is_the_same_as_nan_and_comes_only_from_what_it_is_computed_with() -> None:
    program = "import torch\nv = torch.tensor([0., 4.], requires_grad=True)\n"
    found = answer(program + "d = torch.where(v > 0, v.sqrt(), torch.zeros_like(v)).sum()\nd.backward()")
    (leaf,) = found.leaves
    root = next(step for step in found.steps if step.name == "SqrtBackward0")
    assert (leaf.deviation, leaf.agrees) == (0.0, True)
    assert tensor(leaf.total).isnan().tolist() == tensor(leaf.paths[0].product).isnan().tolist() == [True, False]
    assert tensor(root.locals[0].values).tolist() == [[float("inf"), 0.0], [0.0, 0.25]]


def test_a_gradient_that_is_masked_out_is_no_nan() -> None:
    found = answer(
        "import torch\ns = torch.tensor([[1., 2, 3], [4, 5, 6]], requires_grad=True)\n"
        "mask = torch.tensor([[True, True, True], [False, True, False]])\n"
        "p = s.masked_fill(mask, float('-inf')).softmax(1)\np.sum().backward()",
        finite_differences=True,
    )
    (leaf,) = found.leaves
    softmax = next(step for step in found.steps if step.name == "SoftmaxBackward0")
    local = tensor(softmax.locals[0].values)
    assert (leaf.deviation, leaf.agrees) == (0.0, True)
    assert leaf.finite_differences is not None
    assert leaf.finite_differences.reason == "not_finite"
    assert local[:3, :3].isnan().all()
    assert not local[3:].isnan().any()
    assert not local[:, 3:].isnan().any()


@pytest.mark.parametrize(
    "body",
    [
        "y = ((x * 0).sqrt()).sum()",
        "y = (x.sqrt() * 0).sum()",
        "y = (x / (x - 2)).sum()",
        "y = torch.where(x == 2, 1.0, 1 / (x - 2)).sum()",
        "y = x.log().exp().sum()",
        "y = (x * (x - 2).sqrt()).clamp(max=1).sum()",
        "y = (x - 5).sqrt().nan_to_num().sum()",
    ],
)
def test_infinity_and_nan_go_the_way_that_autograd_sends_them(body: str) -> None:
    (leaf,) = answer(f"import torch\nx = torch.tensor([2., 0.], requires_grad=True)\n{body}\ny.backward()").leaves
    assert (leaf.deviation, leaf.agrees) == (0.0, True)


@pytest.mark.parametrize(
    ("made", "dtype"),
    [
        ("with torch.autocast('cpu', dtype=torch.bfloat16):\n    y = (a @ a).sum()", "bfloat16"),
        ("with torch.autocast('cpu', dtype=torch.float16):\n    y = (a @ a).sum()", "float16"),
        ("y = (a.bfloat16() @ a.bfloat16()).float().sum()", "bfloat16"),
        ("y = (a.half() * a.half().exp()).sum()", "float16"),
        ("y = (a @ a).sum()", "float32"),
    ],
)
def test_rounding_is_that_of_the_coarsest_dtype_on_the_way(made: str, dtype: str) -> None:
    program = f"import torch\ntorch.manual_seed(0)\na = torch.randn(3, 3, requires_grad=True)\n{made}\ny.backward()"
    found = answer(program, finite_differences=True)
    (leaf,) = found.leaves
    assert (leaf.dtype, leaf.agrees, leaf.hooked) == (dtype, True, False)
    checked = leaf.finite_differences
    assert checked is not None
    assert checked.agrees or checked.reason == "too_coarse"
    for lang in ("en", "zh-CN"):
        assert dtype in written(found, lang).leaves[0].statement or leaf.deviation == 0


def test_a_hook_is_blamed_only_where_one_changed_a_gradient() -> None:
    program = (
        "import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = x * x\ny.register_hook(lambda g: {})\nout = y + 1\n"
    )
    changed = answer(program.format("g * 7") + "out.backward()")
    read = answer(program.format("print(g)") + "out.backward()")
    unseen = answer(program.format("g * 7"))
    assert [found.leaves[0].hooked for found in (changed, read, unseen)] == [True, False, False]
    statements = [written(found, "en").leaves[0].statement for found in (changed, read, unseen)]
    assert ["hook" in statement for statement in statements] == [True, False, False]
    assert "no record" in statements[2]


def test_sparse_leaves_have_derivations() -> None:
    found = answer(
        "import torch\ns = torch.sparse_coo_tensor(torch.tensor([[0, 1], [1, 0]]), torch.tensor([2., 3.]), (2, 2), "
        "requires_grad=True)\nd = torch.ones(2, 1, requires_grad=True)\ny = torch.sparse.mm(s, d).sum()\ny.backward()",
        finite_differences=True,
    )
    assert [leaf.agrees for leaf in found.leaves] == [True, True]
    assert [leaf.finite_differences and leaf.finite_differences.reason for leaf in found.leaves] == ["not_dense", None]


@pytest.mark.parametrize(
    ("program", "reason", "fault"),
    [
        ("x = torch.tensor(2.0 + 1j, requires_grad=True)\ny = (x * x.conj()).real\ny.backward()", "complex", "MulBackward0"),
        (
            "class Once(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        return x * 2\n"
            "    @staticmethod\n    def backward(ctx, g):\n        raise ValueError('no')\n"
            "x = torch.ones(2, requires_grad=True)\ny = Once.apply(x).sum()",
            "custom",
            "OnceBackward",
        ),
    ],
)
def test_why_there_is_no_derivation_is_said(program: str, reason: str, fault: str) -> None:
    found = answer("import torch\n" + program)
    assert (found.reason, found.fault) == (reason, fault)
    for lang in ("en", "zh-CN"):
        assert fault in (written(found, lang).message or "")


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
        ("import torch\nx = torch.tensor(1j, requires_grad=True)\nout = (x * x).abs()", None, "complex"),
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


LOOP = (
    "w = torch.tensor([2.], requires_grad=True)\nfor n in range(1, 4):\n    loss = (w ** n).sum()\n    loss.backward()\n"
    "    with torch.no_grad():\n        w -= 0.5\n    w.grad = None"
)


@pytest.mark.parametrize(("backward", "gradient"), [("b1", 1.0), ("b2", 2 * 1.5), ("b3", 3 * 1.0**2)])
def test_each_pass_of_a_loop_has_its_own_derivation(backward: str, gradient: float) -> None:
    found = answer(f"import torch\n{LOOP}", backward=backward)
    (leaf,) = found.leaves
    assert tensor(leaf.total).tolist() == [gradient]
    assert tensor(leaf.autograd).tolist() == [gradient]


def test_first_of_two_passes_through_one_graph_can_be_derived() -> None:
    program = (
        "import torch\nx = torch.ones(2, requires_grad=True)\ny = (x * 3).sum()\n"
        "y.backward(retain_graph=True)\n(y * 2).backward()"
    )
    (leaf,) = answer(program, backward="b1").leaves
    assert tensor(leaf.total).tolist() == [3.0, 3.0]
    (second,) = answer(program, backward="b2").leaves
    assert tensor(second.total).tolist() == [6.0, 6.0]


def test_pass_that_is_not_there_or_has_no_scalar_root_is_refused() -> None:
    program = "import torch\nx = torch.ones(2, requires_grad=True)\n(x * 3).backward(torch.ones(2))\nx.sum().backward()"
    assert answer(program, backward="b1").reason == "not_scalar"
    assert answer(program, backward="b3").reason == "not_found"
