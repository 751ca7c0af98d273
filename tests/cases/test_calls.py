"""Slips of Python with tensors: tuples, methods, properties, names and numbers."""

import pytest

from tests.support.cases import Case, check

CASES = [
    Case(
        "max_tuple",
        "x = torch.randn(2, 3)\nm = x.max(1)\ny = m + 1",
        "named_tuple",
        ("`max`", "`m`", "`(values, indices)`"),
        never=("tensor 1", "第 1 个张量"),
        fix="y = m.values + 1",
    ),
    Case(
        "size_call",
        "x = torch.randn(2, 3)\nfor i in range(x.size):\n    pass",
        "size_not_called",
        ("`x.size`", "`(2, 3)`"),
        never=("tensor 1", "第 1 个张量"),
        fix="for i in range(x.size(0)):",
    ),
    Case(
        "cast_claim",
        "c = torch.zeros(3, dtype=torch.long)\nc[0] = 2.7\nc.fill_(1.9)\nprint(c)\nc += 0.5",
        "cast_in_place",
        ("`float`", "`c`", "`torch.int64`"),
        never=("tensor 1", "第 1 个张量"),
        fix="c = c + 0.5",
    ),
    Case(
        "loss_item_backward",
        "w = torch.tensor([1.], requires_grad=True)\nloss = (w * 2).sum().item()\nloss.backward()",
        "item_before_backward",
        ("`loss`", "`float`"),
        never=("tensor 1", "第 1 个张量"),
        fix="loss = (w * 2).sum()",
        by_hand="w = torch.tensor([1.], requires_grad=True)\n(w * 2).sum().backward()",
    ),
    Case(
        "max_tuple3",
        "x = torch.randn(2, 3)\nm = x.sort()\ny = m.sum()",
        "named_tuple",
        ("`sort`", "`m`", "`(values, indices)`"),
        fix="y = m.values.sum()",
    ),
    Case(
        "max_tuple4",
        "x = torch.randn(2, 3)\nm = torch.max(x, 1)\ny = torch.exp(m)",
        "named_tuple",
        ("`max`", "`m`", "`(values, indices)`"),
        fix="y = torch.exp(m.values)",
    ),
    Case(
        "max_tuple5",
        "x = torch.randn(2, 3)\ny = x - x.max(1, keepdim=True)",
        "named_tuple",
        ("`max`", "`x.max(1, keepdim=True)`", "`(values, indices)`"),
        fix="y = x - x.max(1, keepdim=True).values",
    ),
    Case(
        "max_tuple7",
        "x = torch.randn(2, 3)\ny = 1 - x.median(0)",
        "named_tuple",
        ("`median`", "`x.median(0)`", "`(values, indices)`"),
        fix="y = 1 - x.median(0).values",
    ),
    Case(
        "max_tuple11",
        "x = torch.randn(3, 3)\ny = torch.linalg.eigh(x).sum()",
        "named_tuple",
        ("`eigh`", "`torch.linalg.eigh(x)`", "`(eigenvalues, eigenvectors)`"),
    ),
    Case(
        "max_tuple12",
        "x = torch.randn(3, 3)\nx.max(1) > 0.5",
        "named_tuple",
        ("`max`", "`x.max(1)`", "`(values, indices)`"),
        fix="x.max(1).values > 0.5",
    ),
    Case(
        "size_range2",
        "x = torch.randn(2, 3)\nfor i in range(x.shape):\n    pass",
        "size_as_number",
        ("`range(x.shape)`", "`x`", "`(2, 3)`"),
        fix="for i in range(x.shape[0]):",
    ),
    Case(
        "size_range6",
        "x = torch.randn(2, 3)\nn = x.shape + 1",
        "size_as_number",
        ("`x.shape + 1`", "`x`", "`(2, 3)`"),
    ),
    Case(
        "mean_nocall",
        "x = torch.randn(2, 3)\ny = x.mean + 1",
        "method_not_called",
        ("`x.mean`",),
        fix="y = x.mean() + 1",
    ),
    Case(
        "mean_nocall3",
        "x = torch.randn(2, 3)\ny = x.exp.sum()",
        "method_not_called",
        ("`x.exp`",),
        fix="y = x.exp().sum()",
    ),
    Case(
        "mean_nocall4",
        "x = torch.randn(2, 3, requires_grad=True)\nloss = x.sum\nloss.backward()",
        "method_held",
        ("`loss`", "`x.sum`"),
        fix="loss = x.sum()",
    ),
    Case(
        "shape_call2",
        "x = torch.randn(2, 3)\nn = x.shape(0)",
        "not_callable",
        ("`x.shape`", "`Size`", "`x.shape(0)`"),
        fix="n = x.shape[0]",
    ),
    Case(
        "T_call",
        "x = torch.randn(2, 3)\nn = x.T()",
        "not_callable",
        ("`x.T`", "`Tensor`", "`x.T()`"),
        fix="n = x.T",
    ),
    Case(
        "reqgrad_call2",
        "x = torch.randn(2, 3)\nx.requires_grad(True)",
        "not_callable",
        ("`x.requires_grad`", "`bool`", "`x.requires_grad(True)`"),
        fix="x.requires_grad_(True)",
    ),
    Case(
        "value_called",
        "x = torch.tensor([3., 1.])\ny = 2 (x + 1)",
        "value_called",
        ("`2`", "`int`", "`2 (x + 1)`"),
    ),
    Case(
        "builtin_hidden",
        "x = torch.tensor([3., 1.])\nsum = x.max()\ntotal = sum([1, 2])",
        "builtin_hidden",
        ("`sum`", "`Tensor`"),
    ),
    Case(
        "unpack2",
        "x = torch.ones(3, 4, 5)\nb, c = x.shape",
        "shape_unpacked",
        ("`x.shape`", "`(3, 4, 5)`"),
    ),
    Case(
        "unpack4",
        "l, acc = nn.Linear(2, 2)(torch.ones(3, 2))",
        "tensor_unpacked",
        ("`nn.Linear(2, 2)(torch.ones(3, 2))`", "`(3, 2)`"),
    ),
    Case(
        "misspelt12",
        "a = torch.ones(3, dytpe=torch.float32)",
        "misspelt_argument",
        ("`dytpe`", "`dtype`"),
        fix="a = torch.ones(3, dtype=torch.float32)",
    ),
    Case(
        "misspelt14",
        "opt = torch.optim.SGD([torch.ones(2, requires_grad=True)], learning_rate=0.1)",
        "misspelt_argument",
        ("`learning_rate`", "`lr`"),
        fix="opt = torch.optim.SGD([torch.ones(2, requires_grad=True)], lr=0.1)",
    ),
    Case(
        "misspelt15",
        "a = torch.ones(3).sum(dims=0)",
        "misspelt_argument",
        ("`dims`", "`dim`"),
        fix="a = torch.ones(3).sum(dim=0)",
    ),
    Case(
        "unknown_argument",
        "x = torch.ones(3, qwertz=True)",
        "unknown_argument",
        ("`qwertz`",),
    ),
    Case(
        "misspelt8",
        "def f(tensor_a):\n    return tenser_a + 1\nf(1)",
        "misspelt_name",
        ("`tenser_a`", "`tensor_a`"),
        fix="return tensor_a + 1",
    ),
    Case(
        "misspelt21",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.linear1 = nn.Linear(3, 4)\n"
        "    def forward(self, x):\n"
        "        return self.liner1(x)\n"
        "Net()(torch.ones(2, 3))",
        "misspelt_attribute",
        ("`Net`",),
        fix="return self.linear1(x)",
    ),
    Case(
        "misspelt23",
        "s = [1, 2]\ns.apend(3)",
        "misspelt_attribute",
        ("`list`", "`apend`", "`append`"),
        fix="s.append(3)",
    ),
    Case(
        "sqrt_in_place",
        "counts = torch.arange(3)\ncounts.sqrt_()",
        "cast_in_place",
        ("`float`", "`counts`", "`torch.int64`"),
        fix="counts = counts.sqrt()",
    ),
    Case(
        "cast6",
        "c = torch.arange(3)\nc -= torch.ones(3)",
        "cast_in_place",
        ("`float`", "`c`", "`torch.int64`"),
        fix="c = c - torch.ones(3)",
    ),
    Case(
        "itembackward2",
        "w = torch.tensor([1.], requires_grad=True)\nloss = float((w * 2).sum())\nloss.backward()",
        "number_backward",
        ("`loss`", "`float`", "`backward`"),
    ),
    Case(
        "itembackward3",
        "w = torch.tensor([1.], requires_grad=True)\n"
        "def f(w):\n"
        "    return (w * 2).sum().item()\n"
        "loss = f(w)\n"
        "loss.backward()",
        "item_before_backward",
        ("`loss`", "`float`"),
        fix="return (w * 2).sum()",
        by_hand="w = torch.tensor([1.], requires_grad=True)\n(w * 2).sum().backward()",
    ),
    Case(
        "itembackward4",
        "w = torch.tensor([1.], requires_grad=True)\n"
        "total = 0\n"
        "for i in range(3):\n"
        "    total += (w * i).sum().item()\n"
        "total.backward()",
        "item_before_backward",
        ("`total`", "`float`"),
        fix="total += (w * i).sum()",
    ),
    Case(
        "item_loop",
        "net = nn.Linear(2, 1)\n"
        "opt = torch.optim.SGD(net.parameters(), lr=0.1)\n"
        "def cost(x, y):\n"
        "    return F.mse_loss(net(x), y).item()\n"
        "for step in range(2):\n"
        "    opt.zero_grad()\n"
        "    loss = cost(torch.ones(1, 2), torch.zeros(1, 1))\n"
        "    loss.backward()\n"
        "    opt.step()",
        "item_before_backward",
        ("`loss`", "`float`"),
        fix="return F.mse_loss(net(x), y)",
    ),
    Case(
        "itembackward9",
        "losses = []\n"
        "w = torch.tensor([1.], requires_grad=True)\n"
        "for i in range(3):\n"
        "    losses.append((w * i).sum())\n"
        "losses.backward()",
        "list_backward",
        ("`losses`", "`list`", "`backward`"),
    ),
    Case(
        "number_indexed",
        "loss = torch.ones(3).sum().item()\nfirst = loss[0]",
        "number_indexed",
        ("`loss`", "`float`", "`loss[0]`"),
    ),
    Case(
        "fmt",
        'x = torch.ones(3)\nprint(f"{x:.4f}")',
        "tensor_format",
        ("`x`", "`(3,)`", "`'.4f'`"),
    ),
    Case(
        "sumlist",
        "w = torch.tensor([1.], requires_grad=True)\nlosses = [w, w * 2]\ntorch.mean(losses)",
        "tensors_in_list",
        ("`losses`", "`mean`"),
        fix="torch.mean(torch.stack(losses))",
    ),
    Case(
        "torchfn_float",
        "torch.sqrt(2.0)",
        "number_for_tensor",
        ("`torch.sqrt(2.0)`", "`float`", "`sqrt`"),
        fix="torch.sqrt(torch.tensor(2.0))",
    ),
    Case(
        "torchfn_np",
        "torch.exp(np.ones(3))",
        "array_for_tensor",
        ("`torch.exp(np.ones(3))`", "`exp`"),
    ),
    Case(
        "torchfn_list",
        "torch.sum([1, 2])",
        "list_for_tensor",
        ("`torch.sum([1, 2])`", "`list`", "`sum`"),
        fix="torch.sum(torch.tensor([1, 2], dtype=torch.float32))",
    ),
    Case(
        "param_list",
        "w = nn.Parameter([1., 2.])",
        "list_for_tensor",
        ("`nn.Parameter([1., 2.])`", "`list`", "`nn.Parameter`"),
        fix="w = nn.Parameter(torch.tensor([1., 2.]))",
    ),
    Case(
        "param_int",
        "w = nn.Parameter(torch.tensor([1, 2]))",
        "gradient_of_integers",
        ("`torch.int64`",),
        fix="w = nn.Parameter(torch.tensor([1, 2]).float())",
    ),
    Case(
        "cat_args",
        "x = torch.ones(3)\ntorch.cat(x, x)",
        "tensors_not_in_list",
        ("`cat`", "`torch.cat(x, x)`"),
        fix="torch.cat([x, x])",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_error_is_explained_as_it_should_be(case: Case) -> None:
    check(case)
