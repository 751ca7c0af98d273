"""Every rule of an error, by a program that provokes it on the torch that is installed."""

from dataclasses import dataclass

import pytest
from tensorpad.explain import explainer
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.explainer import explain_error
from tensorpad.explain.program.sources import Sources
from tensorpad.explain.words.findings import Finding
from tensorpad.protocol.records import ErrorRecord, Span
from tensorpad.protocol.traces import TraceRecord
from tensorpad.texts import Lang

from tests.support.comparison import run
from tests.support.explanations import ABOVE, Explained, explained, fixed


@dataclass(frozen=True)
class Case:
    """A program, the rule that explains its failure, the names and source that it points at, and whether it offers a fix."""

    rule: str
    program: str
    names: str = ""
    span: str = ""
    fix: str | None = None
    """A piece of the line after the fix; None where none is offered. The fixed program must run."""


LANGS: tuple[Lang, ...] = ("en", "zh-CN")
LEAF = "x = torch.ones(3, requires_grad=True)\n"
AB = "a = torch.ones(2, 3)\nb = torch.ones({})\n"

SHAPES = [
    Case("broadcast", AB.format(4) + "a + b", "a b", "a + b"),
    Case("broadcast", AB.format(2) + "y = a * b", "a b", "a * b", "y = a * b.unsqueeze(-1)"),
    Case("broadcast", AB.format(2) + "F.mse_loss(a, b)", "a b", "F.mse_loss(a, b)", "F.mse_loss(a, b.unsqueeze(-1))"),
    Case("broadcast", "数据 = torch.ones(2, 3)\n偏置 = torch.ones(4)\n数据 + 偏置", "数据 偏置", "数据 + 偏置"),
    Case("broadcast_in_place", "x = torch.ones(3)\ny = torch.ones(2, 3)\nx += y", "x y", "x += y", "x = x + y"),
    Case("broadcast_in_place", "x = torch.ones(3)\ny = torch.ones(2, 3)\nx.add_(y)", "x y", "x.add_(y)", "x = x.add(y)"),
    Case("concatenate", AB.format("2, 4") + "torch.cat([a, b])", "a b", "torch.cat([a, b])", "torch.cat([a, b], dim=1)"),
    Case("concatenate", AB.format("3, 4") + "torch.cat([a, b])", "a b", "torch.cat([a, b])"),
    Case("concatenate_dimensions", AB.format(3) + "torch.cat([a, b])", "a b", "torch.cat([a, b])", "[a, b.unsqueeze(0)]"),
    Case("concatenate_scalars", "a = torch.tensor(1.)\ntorch.cat([a, a])", "a", "torch.cat([a, a])", "torch.stack([a, a])"),
    Case("stack", "a = torch.ones(2)\nb = torch.ones(3)\ntorch.stack([a, b])", "a b", "torch.stack([a, b])"),
    Case("view_of_strided", "x = torch.ones(2, 3)\ny = x.t()\ny.view(-1)", "x y", "y.view(-1)", "y.reshape(-1)"),
    Case("reshape_sizes", "x = torch.arange(6)\nx.view(4, 2)", "x", "x.view(4, 2)"),
    Case("reshape_sizes", "x = torch.arange(6)\nx.reshape(3, 4)", "x", "x.reshape(3, 4)", "x.reshape(3, -1)"),
    Case("reshape_sizes", "x = torch.arange(6)\nx.reshape(-1, 4)", "x", "x.reshape(-1, 4)"),
    Case("reshape_inferred", "x = torch.arange(6)\nx.view(-1, -1)", "x", "x.view(-1, -1)"),
    Case("expand", "x = torch.ones(2, 3)\nx.expand(4, 3)", "x", "x.expand(4, 3)"),
    Case("expand_dimensions", "x = torch.ones(2, 3)\nx.expand(3)", "x", "x.expand(3)"),
    Case("assigned", "x = torch.ones(4)\ny = torch.ones(3)\nx[0:2] = y", "x y", "x[0:2]"),
    Case("ragged", "torch.tensor([[1, 2], [3]])", "", "torch.tensor([[1, 2], [3]])"),
]
PRODUCTS = [
    Case("linear", "layer = nn.Linear(3, 2)\nx = torch.ones(4, 5)\nlayer(x)", "layer.weight x", "layer(x)"),
    Case(
        "linear",
        "m = nn.Sequential(nn.Linear(3, 4), nn.Linear(5, 2))\nm(torch.ones(2, 3))",
        "m.1.weight",
        "m(torch.ones(2, 3))",
    ),
    Case("matrix_product", AB.format("2, 3") + "a @ b", "a b", "a @ b", "a @ b.T"),
    Case("matrix_product", "a = torch.ones(2, 3)\na @ a", "a", "a @ a", "a @ a.T"),
    Case("matrix_product", AB.format("2, 3") + "torch.mm(a, b)", "a b", "torch.mm(a, b)", "torch.mm(a, b.T)"),
    Case("matrix_product", AB.format("2") + "torch.mv(a, b)", "a b", "torch.mv(a, b)", "torch.mv(a.T, b)"),
    Case("matrix_product", "a = torch.ones(2)\nb = torch.ones(3)\na @ b", "a b", "a @ b"),
    Case("matrix_product", "a = torch.ones(2, 3, 4)\nb = torch.ones(2, 5, 6)\ntorch.bmm(a, b)", "a b", "torch.bmm(a, b)"),
    Case("matrix_product", AB.format("4, 2") + "c = torch.ones(2)\ntorch.addmm(c, a, b)", "a b", "torch.addmm(c, a, b)"),
    Case("batched_product", "a = torch.ones(2, 3, 4)\nb = torch.ones(3, 4, 5)\na @ b", "a b", "a @ b"),
    Case("batched_product", "a = torch.ones(2, 3, 4)\nb = torch.ones(3, 4, 5)\na.bmm(b)", "a b", "a.bmm(b)"),
    Case(
        "product_dimensions",
        "a = torch.ones(3)\nb = torch.ones(3, 2)\ntorch.mm(a, b)",
        "a",
        "torch.mm(a, b)",
        "torch.matmul(a, b)",
    ),
    Case("einsum", AB.format("4, 5") + "torch.einsum('ij,jk->ik', a, b)", "a b", "torch.einsum('ij,jk->ik', a, b)"),
    Case("channels", "x = torch.ones(1, 1, 5, 5)\nnn.Conv2d(3, 8, 3)(x)", "x", "nn.Conv2d(3, 8, 3)(x)"),
    Case("layer_dimensions", "c = nn.Conv2d(1, 8, 3)\nx = torch.ones(5, 5)\nc(x)", "x", "c(x)", "c(x.unsqueeze(0))"),
]
INDICES = [
    Case("index_out_of_range", "x = torch.ones(2, 3)\nx[0, 5]", "x", "x[0, 5]"),
    Case("index_out_of_range", "x = torch.ones(3)\ni = torch.tensor([0, 7])\nx[i]", "x", "x[i]"),
    Case("index_into_empty", "x = torch.ones(0)\nx[0]", "x", "x[0]"),
    Case("embedding_range", "e = nn.Embedding(3, 2)\ni = torch.tensor([3])\ne(i)", "e.weight i", "e(i)"),
    Case(
        "embedding_range", "x = torch.ones(2, 3)\ni = torch.tensor([5])\nx.index_select(1, i)", "x i", "x.index_select(1, i)"
    ),
    Case(
        "target_range",
        "s = torch.ones(2, 3)\nt = torch.tensor([0, 3])\nF.cross_entropy(s, t)",
        "s t",
        "F.cross_entropy(s, t)",
    ),
    Case("too_many_indices", "x = torch.ones(3)\nx[0, 1]", "x", "x[0, 1]"),
    Case("mask_shape", "x = torch.ones(3)\nm = torch.ones(2, dtype=torch.bool)\nx[m]", "m x", "x[m]"),
    Case(
        "index_shapes",
        "x = torch.ones(3, 4)\ni = torch.tensor([0, 1])\nj = torch.tensor([0, 1, 2])\nx[i, j]",
        "i j",
        "x[i, j]",
    ),
    Case("index_kind", "x = torch.ones(3)\ni = torch.tensor([0., 1.])\nx[i]", "i", "x[i]", "x[i.long()]"),
    Case("index_kind", "e = nn.Embedding(3, 2)\ni = torch.zeros(2)\ne(i)", "i", "e(i)", "e(i.long())"),
    Case(
        "index_kind",
        "x = torch.ones(3)\ni = torch.zeros(2)\ntorch.gather(x, 0, i)",
        "i",
        "torch.gather(x, 0, i)",
        "i.long()",
    ),
    Case("plain_index_kind", "x = torch.ones(3)\nx[3 / 2]", "x", "x[3 / 2]"),
    Case("index_of_scalar", "x = torch.tensor(1.)\ny = x[0]", "x", "x[0]", "y = x.item()"),
    Case("negative_step", "x = torch.arange(3)\ny = x[::-1]", "x", "x[::-1]", "y = x.flip(0)"),
    Case("dimension", "x = torch.ones(2, 3)\nx.sum(dim=2)", "x", "x.sum(dim=2)"),
    Case("dimension", "x = torch.ones(2, 3)\nx.squeeze(-4)", "x", "x.squeeze(-4)"),
    Case("dimension", "x = torch.ones(2, 3)\nx.transpose(0, 2)", "x", "x.transpose(0, 2)"),
    Case("permute", "x = torch.ones(2, 3)\nx.permute(0, 1, 2)", "x", "x.permute(0, 1, 2)"),
    Case("permute", "x = torch.ones(2, 3)\nx.permute(0, 0)", "x", "x.permute(0, 0)"),
    Case("transpose", "x = torch.ones(2, 3, 4)\nx.t()", "x", "x.t()", "x.mT"),
]
DTYPES = [
    Case("product_dtype", "a = torch.ones(2, 2)\nb = a.double()\na @ b", "a b", "a @ b", "a @ b.to(torch.float32)"),
    Case(
        "product_dtype", "a = torch.arange(2)\nb = torch.ones(2)\na.dot(b)", "a b", "a.dot(b)", "a.to(torch.float32).dot(b)"
    ),
    Case("layer_dtype", "m = nn.Linear(3, 2)\nx = torch.arange(3)\nm(x)", "m.weight x", "m(x)", "m(x.float())"),
    Case(
        "target_dtype",
        "s = torch.ones(2, 3)\nt = torch.ones(2)\nF.cross_entropy(s, t)",
        "t",
        "F.cross_entropy(s, t)",
        "(s, t.long())",
    ),
    Case("cast_in_place", "x = torch.arange(3)\nx /= 2", "x", "x /= 2", "x = x / 2"),
    Case("cast_in_place", "x = torch.arange(3)\nx.add_(1.5)", "x", "x.add_(1.5)", "x = x.add(1.5)"),
    Case(
        "gradient_of_integers",
        "x = torch.tensor([1, 2], requires_grad=True)",
        "",
        "torch.tensor([1, 2], requires_grad=True)",
        "dtype=torch.float32)",
    ),
    Case(
        "gradient_of_integers",
        "x = torch.arange(3)\nx.requires_grad_()",
        "x",
        "x.requires_grad_()",
        "x.float().requires_grad_()",
    ),
    Case("integers", "x = torch.arange(3)\nx.mean()", "x", "x.mean()", "x.float().mean()"),
    Case("integers", "x = torch.arange(3)\nF.softmax(x, 0)", "x", "F.softmax(x, 0)", "F.softmax(x.float(), 0)"),
    Case("booleans", "m = torch.ones(3) > 0\nn = -m", "m", "-m", "n = ~m"),
    Case(
        "mask_dtype",
        "c = torch.ones(3)\ntorch.where(c, 1., 2.)",
        "c",
        "torch.where(c, 1., 2.)",
        "torch.where(c.bool(), 1., 2.)",
    ),
    Case(
        "mask_dtype",
        "x = torch.ones(3)\nm = torch.ones(3)\nx.masked_fill(m, 0)",
        "m",
        "x.masked_fill(m, 0)",
        "masked_fill(m.bool(), 0)",
    ),
    Case(
        "binary_dtype",
        "p = torch.ones(2)\nt = torch.ones(2).long()\nF.binary_cross_entropy(p, t)",
        "p t",
        "F.binary_cross_entropy(p, t)",
        "t.float()",
    ),
    Case("strings", "torch.tensor(['a'])", "", "torch.tensor(['a'])"),
    Case("no_number", "torch.tensor([None])", "", "torch.tensor([None])"),
]
AUTOGRAD = [
    Case("backward_not_scalar", LEAF + "y = x * 2\ny.backward()", "y", "y.backward()", "y.sum().backward()"),
    Case(
        "no_graph",
        "x = torch.ones(3)\ny = (x * x).sum()\ny.backward()",
        "x y",
        "y.backward()",
        "torch.ones(3, requires_grad=True)",
    ),
    Case("no_graph", LEAF + "with torch.no_grad():\n    y = (x * x).sum()\ny.backward()", "x y", "y.backward()"),
    Case("no_graph", LEAF + "h = x.detach()\ny = (h * h).sum()\ny.backward()", "x y", "y.backward()"),
    Case(
        "backward_twice",
        LEAF + "y = (x * x).sum()\ny.backward()\ny.backward()",
        "y",
        "y.backward()",
        "y.backward(retain_graph=True)",
    ),
    Case(
        "unused",
        LEAF + "u = torch.ones(2, requires_grad=True)\ntorch.autograd.grad((x * x).sum(), [x, u])",
        "u",
        "torch.autograd.grad((x * x).sum(), [x, u])",
        "allow_unused=True",
    ),
    Case("gradient_shape", LEAF + "y = x * 2\ny.backward(torch.ones(2))", "y", "y.backward(torch.ones(2))"),
    Case("requires_grad_flag", LEAF + "y = x * 2\ny.requires_grad = False", "y", "y.requires_grad", "y = y.detach()"),
    Case(
        "inference",
        LEAF + "with torch.inference_mode():\n    y = torch.ones(3)\n(x * y).sum().backward()",
        "x y",
        "x * y",
        "torch.no_grad()",
    ),
    Case("optimised", LEAF + "y = x * 2\ntorch.optim.SGD([y], lr=0.1)", "y", "torch.optim.SGD([y], lr=0.1)"),
    Case(
        "parameters", LEAF + "torch.optim.SGD(x, lr=0.1)", "", "torch.optim.SGD(x, lr=0.1)", "torch.optim.SGD([x], lr=0.1)"
    ),
    Case(
        "no_parameters",
        "torch.optim.SGD(nn.ReLU().parameters(), lr=0.1)",
        "",
        "torch.optim.SGD(nn.ReLU().parameters(), lr=0.1)",
    ),
    Case(
        "deep_copy",
        "import copy\n" + LEAF + "y = x * 2\nz = copy.deepcopy(y)",
        "y",
        "copy.deepcopy(y)",
        "z = y.detach().clone()",
    ),
    Case(
        "gradient_not_kept",
        LEAF + "y = x * 2\ny.sum().backward()\ny.grad.sum()",
        "y",
        "y.grad.sum",
        "y.retain_grad()\ny.sum().backward()",
    ),
    Case(
        "gradient_not_required",
        "x = torch.ones(3)\nw = torch.ones(3, requires_grad=True)\n(w * x).sum().backward()\nx.grad.zero_()",
        "x",
        "x.grad.zero_",
        "x = torch.ones(3, requires_grad=True)",
    ),
    Case("gradient_before_backward", LEAF + "x.grad.zero_()", "x", "x.grad.zero_"),
]
IN_PLACE = [
    Case("leaf_in_place", LEAF + "x += 1", "x", "x += 1", "with torch.no_grad():\n    x += 1"),
    Case(
        "leaf_in_place", LEAF + "if True:\n    x.add_(1)", "x", "x.add_(1)", "    with torch.no_grad():\n        x.add_(1)"
    ),
    Case(
        "leaf_view_in_place", LEAF + "x[0] = 5  # the first", "x", "x[0]", "with torch.no_grad():\n    x[0] = 5  # the first"
    ),
    Case("leaf_view_in_place", LEAF + "v = x[:2]\nv.mul_(2)", "v x", "v.mul_(2)"),
    Case(
        "one_of_several_views",
        "x = torch.ones(4, requires_grad=True) * 1\na, b = x.split(2)\na.add_(1)",
        "a x",
        "a.add_(1)",
        "a = a.add(1)",
    ),
    Case(
        "stretched_in_place",
        "x = torch.ones(1, 3)\ny = x.expand(2, 3)\ny.add_(1)",
        "x y",
        "y.add_(1)",
        "x.expand(2, 3).clone()",
    ),
    Case("needed_value", LEAF + "y = x.exp()\nz = (y * y).sum()\ny.add_(1)\nz.backward()", "y", "y.add_(1)", "y = y.add(1)"),
    Case("needed_value", LEAF + "y = x.exp()\ny += 1\ny.sum().backward()", "y", "y += 1", "y = y + 1"),
    Case(
        "needed_value",
        "w = torch.ones(3, requires_grad=True)\nx = torch.ones(3)\nz = (w * x).sum()\nx[0] = 5\nz.backward()",
        "x",
        "x[0]",
    ),
    Case(
        "needed_value",
        "w = torch.ones(2, 2, requires_grad=True)\nx = torch.ones(2, 2)\ny = w @ x\nv = x[0]\nv.zero_()\ny.sum().backward()",
        "v x",
        "v.zero_()",
    ),
]
CONVERSIONS = [
    Case("item", "x = torch.ones(3)\nx.item()", "x", "x.item()", "x.tolist()"),
    Case("python_number", "x = torch.ones(3)\nfloat(x)", "x", "float(x)"),
    Case("python_number", "x = torch.ones(3)\nmath.sqrt(x)", "x", "math.sqrt(x)"),
    Case("truth", "x = torch.ones(3)\nif x > 0:\n    pass", "", "x > 0"),
    Case("truth", "x = torch.ones(3)\ny = 0 < x < 2", "", "0 < x < 2"),
    Case("truth_of_empty", "x = torch.ones(0)\nbool(x)", "x", "bool(x)"),
    Case(
        "loss_constructed",
        "p = torch.ones(2)\nt = torch.zeros(2)\nloss = nn.MSELoss(p, t)",
        "p",
        "nn.MSELoss(p, t)",
        "nn.MSELoss()(p, t)",
    ),
    Case("length", "x = torch.tensor(1)\nlen(x)", "x", "len(x)"),
    Case("iteration", "x = torch.tensor(1)\nlist(x)", "x", "list(x)"),
    Case("numpy_of_gradient", LEAF + "x.numpy()", "x", "x.numpy()", "x.detach().numpy()"),
    Case("numpy_of_gradient", LEAF + "np.array(x)", "x", "np.array(x)", "np.array(x.detach())"),
    Case("numpy_of_device", "x = torch.ones(2, device='meta')\nx.numpy()", "x", "x.numpy()"),
    Case("devices", "a = torch.ones(2)\nb = torch.ones(2, device='meta')\na + b", "a b", "a + b"),
    Case(
        "device_name",
        "torch.ones(2).to('gpu')",
        "",
        "torch.ones(2).to('gpu')",
        'to("cuda" if torch.cuda.is_available() else "cpu")',
    ),
    Case("from_numpy", "torch.from_numpy([1, 2])", "", "torch.from_numpy([1, 2])", "torch.tensor([1, 2])"),
    Case(
        "negative_strides",
        "a = np.arange(3)\ntorch.from_numpy(a[::-1])",
        "",
        "torch.from_numpy(a[::-1])",
        "torch.from_numpy(a[::-1].copy())",
    ),
]
NAMES = [
    Case("name_of_torch", "x = tensor([1])", "", "tensor", "x = torch.tensor([1])"),
    Case("name_of_torch", "x = torch.ones(2, dtype=float64)", "", "float64", "dtype=torch.float64"),
    Case("misspelt_name", "weight = torch.ones(2)\nwieght + 1", "weight", "wieght", "weight + 1"),
    Case("unknown_name", "qwertz", "", "qwertz"),
    Case("unbound", "def f():\n    total += 1\nf()", "", "total"),
    Case("misspelt_attribute", "torch.matmull(torch.ones(2), torch.ones(2))", "", "torch.matmull", "torch.matmul("),
    Case("misspelt_attribute", "x = torch.ones(6)\nx.reshpe(2, 3)", "x", "x.reshpe", "x.reshape(2, 3)"),
    Case("no_attribute", "x = [1, 2]\nx.qwertz", "", "x.qwertz"),
    Case("none_value", "x = None\nx.sum()", "", "x.sum"),
    Case("not_of_tensors", "x = torch.ones(3)\nx.append(1)", "x", "x.append"),
    Case("not_of_tensors", "x = torch.ones(3)\nx.copy()", "x", "x.copy", "x.clone()"),
    Case("only_of_tensors", "x = np.ones(3)\nx.unsqueeze(0)", "", "x.unsqueeze"),
    Case("import_name", "from torch.nn import Linaer", "", "from torch.nn import Linaer", "import Linear"),
    Case("missing_module", "import tensorflow", "", "import tensorflow"),
    Case("package_vision", "import torchvision.transforms as T", "", "import torchvision.transforms as T"),
    Case(
        "package_board",
        "import torch.utils.tensorboard",
        "",
        "import torch.utils.tensorboard",
    ),
    Case("package_learning", "from sklearn.datasets import load_iris", "", "from sklearn.datasets import load_iris"),
    Case("package_plots", "import seaborn as sns", "", "import seaborn as sns"),
    Case("package_images", "import cv2", "", "import cv2"),
    Case("package_models", "import transformers", "", "import transformers"),
    Case("package_summary", "from torchinfo import summary", "", "from torchinfo import summary"),
    Case("package_book", "from d2l import torch as d2l", "", "from d2l import torch as d2l"),
    Case("package_widgets", "from google.colab import drive", "", "from google.colab import drive"),
    Case("missing_module", "import nunpy", "", "import nunpy", "import numpy"),
    Case("not_callable", "x = torch.ones(2)\nx.shape()", "", "x.shape()", "x.shape"),
    Case("not_subscriptable", "x = torch.ones(2)\nx.size[0]", "", "x.size[0]", "x.shape[0]"),
    Case("character", "x = torch.tensor([1，2])", "", "，", "x = torch.tensor([1,2])"),
    Case("character", "print（1）", "", "（", "print(1)"),
    Case("unclosed", "x = torch.ones(2\n", "", "("),
    Case("colon", "for i in range(3)\n    pass", "", "\n", "for i in range(3):"),
    Case("equals", "x = 1\nif x = 1:\n    pass", "", "x = 1", "if x == 1:"),
]
RESOURCES = [
    Case("allocation", "torch.zeros(10**15)", "", "torch.zeros(10**15)"),
    Case("overflow", "torch.zeros(10**10, 10**10)", "", "torch.zeros(10**10, 10**10)"),
]
CASES = [*SHAPES, *PRODUCTS, *INDICES, *DTYPES, *AUTOGRAD, *IN_PLACE, *CONVERSIONS, *NAMES, *RESOURCES]


@pytest.mark.parametrize("case", CASES, ids=[f"{place}-{case.rule}" for place, case in enumerate(CASES)])
def test_error_is_explained(case: Case) -> None:
    program = explained(case.program)
    explanation = program.error()
    assert explanation.rule == case.rule, explanation
    assert program.names(explanation) == set(case.names.split())
    assert program.text(explanation) == case.span
    _reads_well(program)
    _is_fixed(program, case)


@pytest.mark.parametrize(
    ("rule", "program", "fix"),
    [
        ("missing_import", "x = nn.Linear(1, 1)", "from torch import nn"),
        ("missing_import", "x = F.relu", "import torch.nn.functional as F"),
        ("missing_import", "# nothing\nx = numpy.ones(2)", "import numpy"),
    ],
)
def test_missing_import_is_put_at_the_top(rule: str, program: str, fix: str) -> None:
    failed = explained(program, imports="")
    explanation = failed.error()
    assert explanation.rule == rule
    assert explanation.fix is not None
    repaired = fixed(failed.source, explanation.fix)
    assert repaired == f"{fix}\n{program}"
    assert not explained(repaired, imports="").failed


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("x = torch.ones(2, requires_grad=True)\nwith torch.no_grad():\n    y = x.sum()\ny.backward()", "recording was off"),
        ("x = torch.ones(2, requires_grad=True)\ny = x.argmax()\ny.backward()", "a position has no derivative"),
        ("x = torch.ones(2)\ny = x.sum()\nx.requires_grad = True\ny.backward()", "required none yet"),
    ],
)
def test_reason_for_a_missing_graph_is_the_one_that_holds(program: str, reason: str) -> None:
    assert reason in explained(program).error().text


def test_history_of_an_overwritten_value_names_every_write_since() -> None:
    program = explained(LEAF + "y = x.exp()\nz = (y * y).sum()\ny.add_(1)\nfor _ in range(2):\n    y.mul_(3)\nz.backward()")
    text = program.error().text
    assert text.index("y.add_(1)") < text.index("y.mul_(3)")
    assert "version 3" in text


def test_operation_that_needs_an_overwritten_value_is_named() -> None:
    program = explained(LEAF + "y = x.exp()\nz = (y * y).sum()\ny.add_(1)\nz.backward()")
    assert f"`y * y` (line {ABOVE + 3})" in program.error().text


def test_step_of_an_optimiser_is_a_write() -> None:
    program = explained(
        "w = torch.ones(3, requires_grad=True)\nopt = torch.optim.SGD([w], lr=0.1)\na = (w * w).sum()\nb = (w ** 3).sum()\n"
        "a.backward()\nopt.step()\nb.backward()"
    )
    explanation = program.error()
    assert explanation.rule == "needed_value"
    assert program.names(explanation) == {"w"}
    assert "opt.step()" in explanation.text


def test_pass_that_freed_a_shared_part_is_named() -> None:
    program = explained(LEAF + "h = x * x\na = h.sum()\nb = (h * h).sum()\na.backward()\nb.backward()")
    explanation = program.error()
    assert explanation.rule == "backward_twice"
    assert f"line {ABOVE + 5}" in explanation.text
    assert explanation.fix is not None
    repaired = fixed(program.source, explanation.fix)
    assert "a.backward(retain_graph=True)" in repaired
    assert not explained(repaired, imports="").failed


def test_tensors_of_a_function_have_their_names_there() -> None:
    program = explained("def f(u, v):\n    return u @ v\nf(torch.ones(2, 3), torch.ones(2, 3))")
    explanation = program.error()
    assert "`u`" in explanation.text
    assert explanation.fix is not None
    assert "return u @ v.T" in fixed(program.source, explanation.fix)


def test_cell_at_fault_is_the_one_that_is_explained() -> None:
    cells = ("x = torch.ones(2)", "x + torch.ones(3)")
    course = run(*cells)
    explanation = explain_error(Facts(Sources(cells), course.trace, 1, course.cells[1].error), "en")
    assert explanation is not None
    assert explanation.span == Span(1, 1, 0, 1, 17)


def test_shapes_stand_in_columns_from_the_right() -> None:
    program = explained("a = torch.ones(5, 12, 3)\nbb = torch.ones(4, 3)\na + bb")
    assert "```\na    5 × 12 × 3\nbb        4 × 3\n          ↑\n```" in program.error().text


def test_dimensions_at_fault_are_those_that_differ() -> None:
    program = explained("a = torch.ones(5, 12, 3)\nb = torch.ones(4, 3)\na + b")
    named = {(program.facts.tensors[one.tensor or ""].names[0], one.dim) for one in program.error().dims}
    assert named == {("a", 1), ("b", 0)}


def test_caught_failure_does_not_explain_a_later_error() -> None:
    program = explained(
        "a = torch.ones(2, 3)\ntry:\n    a + torch.ones(4)\nexcept RuntimeError:\n    pass\nraise RuntimeError('mine')"
    )
    assert program.facts.failure is None
    assert explain_error(program.facts, "en") is None


def test_endless_recursion_is_explained() -> None:
    """Where exactly Python gives up is not told the same way each time."""
    program = explained("def f(n):\n    return f(n + 1)\nf(0)")
    assert program.error().rule == "recursion"
    _reads_well(program)


@pytest.mark.parametrize(("kind", "rule"), [("Timeout", "time"), ("OutOfMemory", "memory")])
def test_run_that_was_stopped_is_explained(kind: str, rule: str) -> None:
    program = explained("x = torch.ones(2)\nfor _ in range(50):\n    x = x * 2")
    facts = Facts(program.facts.sources, program.facts.trace, 0, ErrorRecord(kind, "", None, None, None, None, ""))
    for lang in LANGS:
        explanation = explain_error(facts, lang)
        assert explanation is not None
        assert explanation.rule == rule
        assert rule == "memory" or "x * 2" in explanation.text


def test_cuda_where_there_is_none_is_explained() -> None:
    source = "import torch\nx = torch.ones(2).cuda()\ny = torch.ones(2, device='cuda')"
    for line, fix in ((2, 'x = torch.ones(2).to("cuda" if torch.cuda.is_available() else "cpu")'), (3, 'device="cuda" if')):
        text = source.splitlines()[line - 1]
        error = ErrorRecord("AssertionError", "Torch not compiled with CUDA enabled", line, 4, line, len(text), "")
        explanation = explain_error(Facts(Sources((source,)), TraceRecord(), 0, error), "en")
        assert explanation is not None
        assert explanation.fix is not None
        assert fix in fixed(source, explanation.fix)


def test_a_rule_that_fails_is_passed_over(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(facts: Facts) -> Finding | None:
        raise KeyError(facts.type)

    monkeypatch.setattr(explainer, "ERROR_RULES", (broken, *explainer.ERROR_RULES))
    assert explained("torch.ones(2) + torch.ones(3)").error().rule == "broadcast"
    assert "rule broken failed" in caplog.text


def _reads_well(program: Explained) -> None:
    for lang in LANGS:
        explanation = program.error(lang)
        texts = [explanation.title, explanation.text, *([explanation.fix.description] if explanation.fix else [])]
        for text in texts:
            assert text.strip()
            assert text.count("`") % 2 == 0
    assert program.error("en").text != program.error("zh-CN").text
    assert program.error("en").tensors == program.error("zh-CN").tensors


def _is_fixed(program: Explained, case: Case) -> None:
    fix = program.error().fix
    if case.fix is None:
        assert fix is None or not explained(fixed(program.source, fix), imports="").failed
        return
    assert fix is not None
    repaired = fixed(program.source, fix)
    assert case.fix in repaired
    again = explained(repaired, imports="")
    assert not again.failed, again.facts.message
