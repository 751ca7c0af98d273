"""Writes in place: what they overwrite, who wrote, and which views may be written."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

GAN = """\
gen = nn.Linear(3, 4)
dis = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 1), nn.Sigmoid())
og = torch.optim.SGD(gen.parameters(), lr=0.1)
od = torch.optim.SGD(dis.parameters(), lr=0.1)
real = torch.randn(6, 4)
fake = gen(torch.randn(6, 3))
pr, pf = dis(real), dis(fake)
ld = -(pr.log() + (1 - pf).log()).mean()
lg = (1 - pf).log().mean()
od.zero_grad()
ld.backward(retain_graph=True)
od.step()
og.zero_grad()
lg.backward()
og.step()
"""
RECURRENT = """\
cell = nn.Linear(4, 3)
opt = torch.optim.SGD(cell.parameters(), lr=0.1)
h = torch.zeros(1, 3)
for step in range(3):
    h = torch.tanh(cell(torch.cat([torch.ones(1, 1), h], 1)))
    opt.zero_grad()
    h.sum().backward(retain_graph=True)
    opt.step()
"""
BLOCKS = """\
class Block(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.lin = nn.Linear(n, n)
        self.act = nn.LeakyReLU(0.1, inplace=True)
    def forward(self, x):
        h = torch.tanh(self.lin(x))
        return h * self.act(h)
model = nn.Sequential(Block(3), Block(3))
model(torch.ones(2, 3)).sum().backward()
"""
RECURRENCE = """\
k = torch.ones(1, requires_grad=True)
h = torch.zeros(5)
h[0] = 1
for i in range(1, 5):
    {}
h.sum().backward()
"""
LEAF = "x = torch.ones(3, requires_grad=True)\n"
CASES = [
    Case(
        "a recurrence in one tensor",
        RECURRENCE.format("h[i] = torch.tanh(h[i-1] * k)"),
        "needed_value",
        ("`h[i-1]`", "`h[i-1] * k`", "`h[i] = torch.tanh(h[i-1] * k)`", "`torch.stack`", "`.clone()`"),
        ("tensor 1",),
        tensors="h",
        fix="torch.tanh(h[i-1].clone() * k)",
        by_hand="k = torch.ones(1, requires_grad=True)\nh = [torch.ones(1)]\nfor i in range(1, 5):\n"
        "    h.append(torch.tanh(h[-1] * k))\ntotal = torch.stack(h).sum()\ntotal.backward()\n",
    ),
    Case(
        "a recurrence of matrices in a function",
        "def roll(A, n):\n    states = torch.zeros(n, 2)\n    states[0] = 1\n    for t in range(n - 1):\n"
        "        states[t + 1] = A @ states[t]\n    return states\nA = torch.eye(2, requires_grad=True)\n"
        "roll(A, 4).sum().backward()",
        "needed_value",
        ("`states[t]`", "`A @ states[t]`"),
        fix="A @ states[t].clone()",
    ),
    Case(
        "two views of which one clone would not be enough",
        RECURRENCE.format("h[i] = h[i-1] * h[i-2] * k"),
        "needed_value",
        ("`h[i-1]`", "`h[i] = h[i-1] * h[i-2] * k`"),
    ),
    Case(
        "an optimiser between two passes",
        GAN,
        "needed_value",
        ("`dis[2].weight`", "`(1, 5)`", "`od.step()`", "17", "`dis(fake)`", "`lg.backward()`"),
        ("retain_graph", "(5, 1)"),
        tensors="dis.2.weight",
        span="od.step()",
    ),
    Case(
        "an optimiser between two rounds",
        RECURRENT,
        "needed_value",
        ("`cell.weight`", "`opt.step()`", "`h`", "`.detach()`"),
        span="opt.step()",
    ),
    Case(
        "an update by hand between two passes",
        "w = torch.ones(2, requires_grad=True)\na, b = (w ** 2).sum(), (w ** 3).sum()\na.backward()\n"
        "with torch.no_grad():\n    w -= 0.1 * w.grad\nb.backward()",
        "needed_value",
        ("`w ** 3`", "`w -= 0.1 * w.grad`", "`b.backward()`"),
        span="w -= 0.1 * w.grad",
    ),
    Case(
        "a module that writes in place",
        "net = nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Dropout(0.5, inplace=True), nn.Linear(6, 1))\n"
        "net(torch.randn(4, 3)).sum().backward()",
        "needed_value",
        ("`net[2]`", "`Dropout(inplace=True)`", "`net[1]`", "`inplace=False`"),
        fix="nn.Dropout(0.5, inplace=False)",
    ),
    Case(
        "modules that write in place, by position",
        "net = nn.Sequential(nn.Linear(3, 4), nn.Sigmoid(), nn.ReLU(True), nn.Linear(4, 4), nn.Tanh(), nn.ReLU(True))\n"
        "net(torch.ones(2, 3)).sum().backward()",
        "needed_value",
        ("`net[5]`", "`ReLU(inplace=True)`", "`net[4]`"),
        fix="nn.ReLU(False), nn.Linear(4, 4), nn.Tanh(), nn.ReLU(False))",
    ),
    Case(
        "a module of a module",
        BLOCKS,
        "needed_value",
        ("`model[1].act`", "`LeakyReLU(inplace=True)`", "`torch.tanh(self.lin(x))`", "`h`"),
        fix="nn.LeakyReLU(0.1, inplace=False)",
    ),
    Case(
        "a function that writes in place",
        LEAF + "y = torch.sigmoid(x)\nz = F.relu(y, inplace=True)\nz.sum().backward()",
        "needed_value",
        ("`torch.sigmoid(x)`", "`y`", "`F.relu(y, inplace=True)`"),
        fix="F.relu(y, inplace=False)",
    ),
    Case(
        "a hook that writes in place",
        "net = nn.Sequential(nn.Linear(2, 3), nn.Sigmoid(), nn.Linear(3, 1))\ndef scale(module, args, output):\n"
        "    output.mul_(2)\nnet[1].register_forward_hook(scale)\nnet(torch.ones(4, 2)).sum().backward()",
        "needed_value",
        ("`output.mul_(2)`", "`register_forward_hook`", "`net[1]`"),
    ),
    Case(
        "only what shares the version counter",
        LEAF + "y = x.exp()\ny.data.mul_(2)\nseen = y.detach()\nseen.mul_(3)\ny.sum().backward()",
        "needed_value",
        ("`seen.mul_(3)`", "`y`", "`seen`"),
        ("y.data",),
        span="seen.mul_(3)",
    ),
    Case(
        "a write that others see",
        LEAF + "y = x.exp()\nz = y\nz += 1\n(y * 2).sum().backward()",
        "needed_value",
        ("`z += 1`",),
    ),
    Case(
        "several writes",
        LEAF + "y = x.sigmoid()\ny += 1\ny.mul_(2)\ny.sum().backward()",
        "needed_value",
        ("y += 1", "y.mul_(2)", "`x.sigmoid()`"),
    ),
    Case(
        "a view of one of several views",
        "root = torch.arange(6.).reshape(2, 3).requires_grad_()\nc = root.clone()\nrows = c.unbind()\n"
        "part = rows[0].narrow(0, 0, 2)\npart.mul_(2)\npart.sum().backward()\nprint(root.grad)",
        "one_of_several_views",
        ("`part`", "`c.unbind()`", "8", "`c`"),
        ("slice",),
        tensors="part c",
        fix="part = part.mul(2)",
    ),
    Case(
        "rows of a loop",
        "x = torch.ones(3, 2, requires_grad=True)\ny = x * 2\nfor row in y:\n    row += 1\ny.sum().backward()",
        "one_of_several_views",
        ("`row`", "`y`", "3"),
        tensors="row y",
    ),
    Case(
        "an element of a chunk",
        "y = torch.ones(4, requires_grad=True).exp()\nparts = torch.chunk(y, 2)\nparts[0][0] = 5",
        "one_of_several_views",
        ("`torch.chunk(y, 2)`", "`y`"),
        ("select",),
    ),
    Case(
        "what a custom function returned as it was",
        "class Same(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, t):\n        return t\n"
        "    @staticmethod\n    def backward(ctx, g):\n        return g\n"
        "x = torch.ones(3, requires_grad=True)\ny = Same.apply(x * 2)\ny.mul_(2)\ny.sum().backward()",
        "custom_view_in_place",
        ("`Same`", "`y`", "`clone()`"),
        ("several",),
        fix="y = y.mul(2)",
    ),
    Case(
        "a view from no_grad",
        LEAF + "y = x * 2\nwith torch.no_grad():\n    v = y[:2]\nv.mul_(3)",
        "view_from_no_grad",
        ("`v`", "`y`", "`v.mul_(3)`", "`torch.no_grad()`", "9"),
    ),
    Case(
        "a shifted sum",
        "a = torch.ones(5)\na[1:] += a[:-1]\nprint(a)",
        "overlapping_write",
        ("`a[1:]`", "`a[:-1]`"),
        fix="a[1:] += a[:-1].clone()",
    ),
    Case(
        "a shifted copy",
        "a = torch.arange(5.)\nearlier = a[:-1]\na[1:].copy_(earlier)",
        "overlapping_write",
        ("`a[1:]`", "`earlier`"),
        fix="copy_(earlier.clone())",
    ),
    Case(
        "out with a gradient",
        LEAF + "o = torch.zeros(3)\ntorch.exp(x, out=o)\no.sum().backward()",
        "out_with_gradient",
        ("`x`", "`exp`", "`out=`"),
        fix="o = torch.exp(x)",
        by_hand=LEAF + "x.exp().sum().backward()",
    ),
    Case("resized with a gradient", LEAF + "x.resize_(2)", "resized", ("`x`", "`torch.cat`")),
    Case("resized on memory of NumPy's", "a = torch.from_numpy(np.ones(3))\na.resize_(6)", "resized", ("`a`", "NumPy")),
    Case(
        "a tensor from inference mode",
        "with torch.inference_mode():\n    a = torch.ones(3)\nb = a[:2]\nb += 1",
        "inference_in_place",
        ("`b`", "`b += 1`", "`torch.inference_mode()`"),
        fix="with torch.no_grad():",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_write_in_place_is_explained(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    "program",
    [
        LEAF + "y = x.exp()\nwith torch.no_grad():\n    y.clamp_(max=1)\ny.sum().backward()",
        "def double(t):\n    t *= 2\n    return t\n" + LEAF + "y = x.exp()\nz = double(y)\nz.sum().backward()",
        LEAF + "y = x.exp()\nv = y[:2]\nv += 1\ny.sum().backward()",
    ],
    ids=["without a record", "in a function, of what its caller holds", "through a view"],
)
def test_no_fix_is_offered_where_more_than_the_writer_sees_the_write(program: str) -> None:
    error = explained(program).error()
    assert (error.rule, error.fix) == ("needed_value", None)
