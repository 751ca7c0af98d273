"""Backward passes from what has no graph: the reason that holds, and a fix that is right."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import ABOVE

W = "w = torch.tensor([1., 2.], requires_grad=True)\n"
UPDATE = """w = torch.ones(2, requires_grad=True)
for i in range(2):
    loss = (w * 3).sum()
    loss.backward()
    with torch.no_grad():
        w = w - 0.1 * w.grad
"""
LINE = """x = torch.randn(8, 1)
y = 3 * x + 1
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for i in range(5):
    loss = ((x * w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w = w - 0.1 * w.grad
        b = b - 0.1 * b.grad
"""
UPDATES = [
    Case(
        "new tensor under no_grad",
        UPDATE,
        "replaced_parameter",
        ("`loss`", "`w`", "`w = w - 0.1 * w.grad`", f"{ABOVE + 6}"),
        never=("tensor 1", "第 1 个张量"),
        tensors="loss w",
        span="loss.backward()",
        fix="        w -= 0.1 * w.grad\n        w.grad = None",
        by_hand=UPDATE.replace("w = w - 0.1 * w.grad", "w -= 0.1 * w.grad\n        w.grad = None"),
    ),
    Case(
        "two parameters",
        LINE,
        "replaced_parameter",
        ("`b`", "`loss`"),
        fix="        w -= 0.1 * w.grad\n        w.grad = None\n        b -= 0.1 * b.grad\n        b.grad = None",
        by_hand=LINE.replace("w = w -", "w -=").replace("b = b -", "b -=") + "        w.grad = b.grad = None\n",
    ),
    Case(
        "several terms",
        UPDATE.replace("w - 0.1 * w.grad", "w - 0.1 * w.grad - 0.01 * w"),
        "replaced_parameter",
        ("`w`",),
        fix="        w.copy_(w - 0.1 * w.grad - 0.01 * w)",
        by_hand=UPDATE.replace("w = w - 0.1 * w.grad", "w -= 0.1 * w.grad + 0.01 * w\n        w.grad = None"),
    ),
    Case(
        "detached",
        W + "for i in range(2):\n    loss = (w * w).sum()\n    loss.backward()\n    w = (w - 0.1 * w.grad).detach()\n",
        "replaced_parameter",
        ("`loss`", f"{ABOVE + 5}"),
        fix="    with torch.no_grad():\n        w.copy_((w - 0.1 * w.grad).detach())\n        w.grad = None",
    ),
    Case(
        "in a function",
        "def train(w):\n    for i in range(2):\n        loss = (w ** 2).sum()\n        loss.backward()\n"
        "        with torch.no_grad():\n            w = w - 0.1 * w.grad\n    return w\n"
        "train(torch.ones(2, requires_grad=True))\n",
        "replaced_parameter",
        ("`w`",),
        fix="            w -= 0.1 * w.grad\n            w.grad = None",
    ),
]
NET = "net = nn.Linear(2, 1)\nx = torch.ones(3, 2)\n"
OFF = [
    Case(
        "block",
        NET + "with torch.no_grad():\n    out = net(x)\n    loss = out.mean()\nloss.backward()\n",
        "no_graph",
        ("`net.weight`", "`net(x)`", "`with torch.no_grad()`", f"{ABOVE + 3}", f"{ABOVE + 4}"),
        fix="\nout = net(x)\nloss = out.mean()\nloss",
        by_hand=NET + "net(x).mean().backward()",
    ),
    Case(
        "block around a caller",
        NET + "def f(x):\n    return net(x).mean()\nwith torch.no_grad():\n    loss = f(x)\nloss.backward()\n",
        "no_graph",
        ("`net.weight`", f"{ABOVE + 5}"),
        fix="\nloss = f(x)\n",
        by_hand=NET + "net(x).mean().backward()",
    ),
    Case(
        "decorator",
        NET + "@torch.no_grad()\ndef f(x):\n    return net(x).mean()\nloss = f(x)\nloss.backward()\n",
        "no_graph",
        ("`net.weight`", "`@torch.no_grad()`", f"{ABOVE + 3}"),
        fix="x = torch.ones(3, 2)\ndef f(x):",
        by_hand=NET + "net(x).mean().backward()",
    ),
    Case(
        "inference mode",
        W + "with torch.inference_mode():\n    loss = (w * w).sum()\nloss.backward()\n",
        "no_graph",
        ("`w`", "`with torch.inference_mode()`"),
        fix="\nloss = (w * w).sum()\n",
        by_hand=W + "(w * w).sum().backward()",
    ),
    Case(
        "switched off",
        W + "torch.set_grad_enabled(False)\nloss = (w * w).sum()\nloss.backward()\n",
        "no_graph",
        ("`torch.set_grad_enabled(False)`", f"{ABOVE + 2}"),
        fix="torch.set_grad_enabled(True)",
        by_hand=W + "(w * w).sum().backward()",
    ),
    Case(
        # Outside of the block, the update would be refused.
        "block with an update",
        W + "with torch.no_grad():\n    loss = (w * w).sum()\n    w -= 1\nloss.backward()\n",
        "no_graph",
        ("`with torch.no_grad()`",),
    ),
]
LEFT = [
    Case(
        "NumPy in the middle",
        "w = torch.tensor([0.5, 2.], requires_grad=True)\nz = np.sin(w.detach().numpy())\nout = torch.from_numpy(z).sum()\n"
        "out.backward()\n",
        "no_graph",
        ("`out`", "`w`", "NumPy", "`z = np.sin(w.detach().numpy())`", f"{ABOVE + 2}"),
        never=("requires_grad=True",),
        tensors="w out",
        fix="z = torch.sin(w)\nout = z.sum()",
        by_hand="w = torch.tensor([0.5, 2.], requires_grad=True)\ntorch.sin(w).sum().backward()",
    ),
    Case(
        "NumPy in one expression",
        W + "loss = torch.from_numpy(np.exp(w.detach().numpy())).sum()\nloss.backward()\n",
        "no_graph",
        ("NumPy", "`w`"),
        fix="loss = torch.exp(w).sum()",
        by_hand=W + "w.exp().sum().backward()",
    ),
    Case(
        "NumPy in a function",
        W + "def f(t):\n    a = t.detach().numpy()\n    return torch.tensor(np.mean(a * 2))\n"
        "loss = f(w * 2)\nloss.backward()\n",
        "no_graph",
        ("NumPy", "`a = t.detach().numpy()`", f"{ABOVE + 3}"),
    ),
    Case(
        "a number",
        W + "s = (w * w).sum().item()\nloss = torch.tensor(s * 2)\nloss.backward()\n",
        "no_graph",
        ("Python", "`w`", "`s = (w * w).sum().item()`", f"{ABOVE + 2}"),
    ),
    Case(
        "a list of numbers",
        W + "values = w.tolist()\ndoubled = [2 * v for v in values]\nloss = torch.tensor(doubled).sum()\nloss.backward()\n",
        "no_graph",
        ("Python", "`values = w.tolist()`"),
    ),
    Case(
        "tensors copied into one",
        W + "z = torch.tensor([w[0] * 2, w[1]])\nz.sum().backward()\n",
        "no_graph",
        ("`torch.tensor([w[0] * 2, w[1]])`", "`torch.stack`"),
        fix="z = torch.stack([w[0] * 2, w[1]])",
        by_hand=W + "(w[0] * 2 + w[1]).backward()",
    ),
    Case(
        "detach",
        W + "h = (w * 2).detach()\nloss = (h * h).sum()\nloss.backward()\n",
        "no_graph",
        ("`(w * 2).detach()`", f"{ABOVE + 2}"),
        fix="h = (w * 2)\n",
        by_hand=W + "h = w * 2\n(h * h).sum().backward()",
    ),
    Case(
        "data",
        W + "loss = (w.data * 2).sum()\nloss.backward()\n",
        "no_graph",
        ("`w.data`", "`w`"),
        fix="loss = (w * 2).sum()",
    ),
    Case(
        # The size of a tensor is no value of it.
        "shape",
        W + "loss = torch.zeros(w.shape[0]).sum()\nloss.backward()\n",
        "no_graph",
        ("`loss`",),
        never=("`w`",),
    ),
    Case("shape and dtype", W + "torch.ones_like(w).sum().backward()\n", "no_graph", ("`torch.ones_like(w)`", "`w`")),
]
SECOND = [
    Case(
        "gradient without a graph",
        "x = torch.tensor([2.], requires_grad=True)\ny = x ** 3\ng, = torch.autograd.grad(y.sum(), x)\n"
        "h, = torch.autograd.grad(g.sum(), x)\n",
        "no_graph",
        ("`create_graph=True`", "`torch.autograd.grad(y.sum(), x)`", f"{ABOVE + 3}", "`g.sum()`"),
        never=("no derivative", "不可导"),
        fix="g, = torch.autograd.grad(y.sum(), x, create_graph=True)",
    ),
    Case(
        "linear function",
        "x = torch.tensor([2.], requires_grad=True)\ny = 3 * x\ng, = torch.autograd.grad(y.sum(), x, create_graph=True)\n"
        "h, = torch.autograd.grad(g.sum(), x)\n",
        "no_graph",
        ("3", "0", f"{ABOVE + 3}"),
        never=("no derivative", "不可导"),
    ),
    Case(
        # `create_graph=True` would not help either.
        "linear function, gradient without a graph",
        "x = torch.tensor([2.], requires_grad=True)\ng, = torch.autograd.grad((5 * x.relu()).sum(), x)\n"
        "h, = torch.autograd.grad(g.sum(), x)\n",
        "no_graph",
        ("5", "0"),
        never=("create_graph",),
    ),
    Case(
        "gradient of a leaf",
        "x = torch.tensor([2.], requires_grad=True)\ny = (x ** 3).sum()\ny.backward()\nd = x.grad\n"
        "h, = torch.autograd.grad(d, x)\n",
        "no_graph",
        ("`d`", "`y.backward()`", "`create_graph=True`"),
        fix="y.backward(create_graph=True)",
    ),
    Case(
        "gradient penalty",
        "net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))\nx = torch.randn(3, 2, requires_grad=True)\n"
        "g = torch.autograd.grad(net(x).sum(), x)[0]\npenalty = ((g.norm(dim=1) - 1) ** 2).mean()\npenalty.backward()\n",
        "no_graph",
        ("`penalty`", "`create_graph=True`"),
        fix="torch.autograd.grad(net(x).sum(), x, create_graph=True)[0]",
    ),
]
CHECKPOINT = "from torch.utils.checkpoint import checkpoint\nlin = nn.Linear(3, 2)\nx = torch.randn(4, 3)\n"
NEEDLESS = [
    Case(
        "reentrant checkpoint",
        "import torch.nn as nn\n" + CHECKPOINT + "out = checkpoint(lin, x, use_reentrant=True).sum()\nout.backward()\n",
        "no_graph",
        ("`lin.weight`", "`lin.bias`", "`use_reentrant=False`", f"{ABOVE + 5}"),
        fix="checkpoint(lin, x, use_reentrant=False)",
        by_hand=CHECKPOINT + "lin(x).sum().backward()",
    ),
    Case(
        "reentrant checkpoint in a module",
        "from torch.utils.checkpoint import checkpoint\nclass Block(nn.Module):\n    def __init__(self):\n"
        "        super().__init__()\n        self.fc = nn.Linear(3, 3)\n    def forward(self, x):\n"
        "        return checkpoint(self.fc, x, use_reentrant=True)\nnet = Block()\n"
        "net(torch.randn(2, 3)).sum().backward()\n",
        "no_graph",
        ("`net.fc.weight`", "`checkpoint(self.fc, x, use_reentrant=True)`"),
        fix="checkpoint(self.fc, x, use_reentrant=False)",
    ),
    Case(
        "frozen",
        "net = nn.Sequential(nn.Linear(2, 2), nn.Dropout())\nnet.eval()\nnet.requires_grad_(False)\n"
        "net(torch.ones(3, 2)).sum().backward()\n",
        "no_graph",
        ("`net[0].weight`", "`net[0].bias`", "`requires_grad_(True)`"),
        never=("eval",),
    ),
    Case(
        "integers",
        "x = torch.tensor([1, 2, 3])\ny = (x * x).sum()\ny.backward()\n",
        "no_graph",
        ("`x`", "`torch.int64`"),
        fix="torch.tensor([1, 2, 3], dtype=torch.float32, requires_grad=True)",
    ),
    Case(
        "leaf",
        "x = torch.tensor(2.)\nx.backward()\n",
        "no_graph",
        ("`x`", "`requires_grad=True`"),
        fix="torch.tensor(2., req",
    ),
    Case("two leaves", "x = torch.ones(3)\nw = torch.ones(3)\n(x * w).sum().backward()\n", "no_graph", ("`x`", "`w`")),
    Case(
        "one of several roots",
        W + "u = torch.ones(2)\ntorch.autograd.backward([(w * w).sum(), (u * u).sum()])\n",
        "no_graph",
        ("`(u * u).sum()`", "`u`"),
        never=("`w`",),
        fix="u = torch.ones(2, requires_grad=True)",
    ),
    Case(
        "required later",
        "w = torch.ones(2)\ns = (w * w).sum()\nw.requires_grad_()\ns.backward()\n",
        "no_graph",
        ("`w`", "`w * w`"),
    ),
]
FLAT = [
    Case(
        "position",
        W + "loss = (w * 2).argmax().float()\nloss.backward()\n",
        "no_graph",
        ("`(w * 2).argmax()`", "`torch.int64`"),
    ),
    Case(
        "position of a maximum",
        W + "torch.max(w, 0)[1].float().backward()\n",
        "no_graph",
        ("`torch.max(w, 0)`", "`torch.int64`"),
    ),
    Case(
        "accuracy",
        W + "right = (w > 1).float().mean()\nright.backward()\n",
        "no_graph",
        ("`w > 1`", "`torch.bool`", "`sigmoid`"),
    ),
    Case("cast", W + "(w.long() * 2.0).sum().backward()\n", "no_graph", ("`w.long()`", "`torch.int64`")),
    Case(
        "marked by a custom function",
        "class Double(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        y = x * 2\n"
        "        ctx.mark_non_differentiable(y)\n        return y\n    @staticmethod\n    def backward(ctx, g):\n"
        "        return g\n" + W + "Double.apply(w).sum().backward()\n",
        "no_graph",
        ("`w`", "`Double.apply(w)`"),
    ),
]


@pytest.mark.parametrize("case", [*UPDATES, *OFF, *LEFT, *SECOND, *NEEDLESS, *FLAT], ids=lambda case: case.name)
def test_missing_graph_is_explained_by_the_reason_that_holds(case: Case) -> None:
    check(case)
