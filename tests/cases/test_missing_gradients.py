"""`.grad` that is None: why it is, and a fix after which it is what was meant."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import ABOVE, explained

W = "w = torch.tensor([1., 2.], requires_grad=True)\n"
ZEROED = """w = torch.ones(2, requires_grad=True)
for i in range(2):
    loss = (w * 3).sum()
    loss.backward()
    w = w - 0.1 * w.grad
    w.grad.zero_()
"""
DESCENT = """w = torch.tensor(1., requires_grad=True)
for i in range(2):
    loss = (w - 3) ** 2
    loss.backward()
    print(w.grad)
    w = w - 0.1 * w.grad
"""
LINE = """x = torch.randn(8, 1)
y = 3 * x + 1
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for i in range(5):
    loss = ((x * w + b - y) ** 2).mean()
    loss.backward()
    w = w - 0.1 * w.grad
    b = b - 0.1 * b.grad
"""
ATTACK = """net = nn.Linear(2, 1)
x = torch.ones(3, 2, requires_grad=True)
for i in range(2):
    net(x).sum().backward()
    with torch.no_grad():
        x = x + 0.1 * x.grad.sign()
"""
RENEWED = """for i in range(2):
    loss = (w * w).sum()
    loss.backward()
    w = (w - 0.1 * w.grad).detach().requires_grad_(True)
    w.grad.zero_()
"""
UPDATES = [
    Case(
        "update, then zeros",
        ZEROED,
        "replaced_by_update",
        ("`w`", "`w = w - 0.1 * w.grad`", f"{ABOVE + 5}", "`torch.no_grad()`"),
        never=("retain_grad",),
        tensors="w",
        span="w.grad.zero_",
        fix="    with torch.no_grad():\n        w -= 0.1 * w.grad\n    w.grad.zero_()",
        by_hand=ZEROED.replace("    w = w -", "    with torch.no_grad(): w -="),
    ),
    Case(
        "descent",
        DESCENT,
        "replaced_by_update",
        ("`w`", f"{ABOVE + 6}"),
        never=("retain_grad",),
        fix="    with torch.no_grad():\n        w -= 0.1 * w.grad\n        w.grad = None",
        by_hand=DESCENT.replace("    w = w - 0.1 * w.grad", "    w.data -= 0.1 * w.grad\n    w.grad = None"),
    ),
    Case(
        "two parameters",
        LINE,
        "replaced_by_update",
        ("`w`",),
        fix="        b -= 0.1 * b.grad\n        b.grad = None",
        by_hand=LINE.replace("w = w -", "w.data -=").replace("b = b -", "b.data -=") + "    w.grad = b.grad = None\n",
    ),
    Case(
        "under no_grad, with parameters of a model beside it",
        ATTACK,
        "replaced_by_update",
        ("`x`", f"{ABOVE + 6}"),
        fix="        x += 0.1 * x.grad.sign()\n        x.grad = None",
        by_hand=ATTACK.replace("x = x +", "x +=") + "        x.grad = None\n",
    ),
    Case(
        "new leaf in each round",
        W + RENEWED,
        "replaced_by_update",
        ("`w`",),
        never=("no leaf", "不是叶子"),
        fix="        w.copy_((w - 0.1 * w.grad)",
    ),
    Case(
        "in a function",
        "def advance(w):\n    (w ** 2).sum().backward()\n    w = w - 0.1 * w.grad\n    return w\n"
        "w = torch.ones(2, requires_grad=True)\nfor i in range(2):\n    w = advance(w)\n",
        "replaced_by_update",
        ("`w = w - 0.1 * w.grad`",),
        fix="        w -= 0.1 * w.grad\n",
    ),
]
USE = "loss = (w * w).sum()\nloss.backward()\nw.grad.norm()\n"
NAMES = [
    Case(
        "scaled where it is made",
        "w = torch.randn(3, requires_grad=True) * 0.1\n" + USE,
        "leaf_without_name",
        ("`w`", "`requires_grad_()`", f"{ABOVE + 1}"),
        never=("retain_grad",),
        fix="w = (torch.randn(3) * 0.1).requires_grad_()\n",
        by_hand="w = (torch.randn(3) * 0.1).requires_grad_()\n" + USE,
    ),
    Case(
        "viewed where it is made",
        "w = torch.arange(6., requires_grad=True).view(2, 3)\n" + USE,
        "leaf_without_name",
        ("`w`",),
        fix="w = torch.arange(6.).view(2, 3).requires_grad_()\n",
        by_hand="w = torch.arange(6.).view(2, 3).requires_grad_()\n" + USE,
    ),
    Case(
        "moved where it is made",
        'w = torch.tensor([1., 2.], requires_grad=True, dtype=torch.float32).to("cpu").double()\n' + USE,
        "leaf_without_name",
        ("`w`",),
        fix='w = torch.tensor([1., 2.], dtype=torch.float32).to("cpu").double().requires_grad_()\n',
    ),
    Case(
        "converted under its name",
        W + "w = w.double()\n" + USE,
        "leaf_renamed",
        ("`w = w.double()`", f"{ABOVE + 2}"),
        fix="w = w.double().detach().requires_grad_()\n",
        by_hand="w = torch.tensor([1., 2.]).double().requires_grad_()\n" + USE,
    ),
    Case(
        "scaled under its name",
        W + "w = w * 0.5 + 1\n" + USE,
        "leaf_renamed",
        ("`w`",),
        fix="w = (w * 0.5 + 1).detach().requires_grad_()\n",
    ),
]
OPTIMISER = W + "opt = torch.optim.SGD([w], lr=0.1)\nfor i in range(2):\n    loss = (w * w).sum()\n"
U = "u = torch.ones(2, requires_grad=True)\n"
LEAVES = [
    Case(
        "cleared too early",
        OPTIMISER + "    loss.backward()\n    opt.zero_grad()\n    print(w.grad.norm())\n    opt.step()\n",
        "gradient_cleared",
        ("`w`", "`opt.zero_grad()`", f"{ABOVE + 5}", f"{ABOVE + 6}"),
        fix="    opt.zero_grad()\n    loss.backward()\n    print",
        by_hand=OPTIMISER + "    opt.zero_grad()\n    loss.backward()\n    opt.step()\n",
    ),
    Case(
        "before any pass", W + "loss = (w * w).sum()\nw.grad.zero_()\n", "gradient_before_backward", ("`w`", "`backward()`")
    ),
    Case("through another name", W + "g = w.grad\ng.zero_()\n", "gradient_before_backward", ("`w`",)),
    Case(
        "returned",
        W + "torch.autograd.grad((w * w).sum(), w)\nw.grad * 2\n",
        "gradient_returned",
        ("`torch.autograd.grad`", f"{ABOVE + 2}"),
    ),
    Case(
        "limited to others",
        W + U + "(w * u).sum().backward(inputs=[u])\nw.grad.sum()\n",
        "gradient_excluded",
        ("`w`", "`inputs=…`", f"{ABOVE + 3}"),
    ),
    Case(
        "newer than the pass",
        W + "loss = (w * w).sum()\nloss.backward()\nw = w.detach().requires_grad_()\nw.grad.zero_()\n",
        "leaf_after_pass",
        ("`w`", f"{ABOVE + 3}", "`loss`"),
    ),
    Case(
        "layer that was not called",
        "net = nn.Linear(2, 1)\nother = nn.Linear(2, 1)\nloss = net(torch.ones(3, 2)).mean()\nloss.backward()\n"
        "for p in other.parameters():\n    p.grad.norm()\n",
        "gradient_not_reached",
        ("`loss`", f"{ABOVE + 4}"),
    ),
    Case(
        "parameter in a container that was not used",
        "net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))\nloss = net[0](torch.ones(3, 2)).mean()\nloss.backward()\n"
        "net[1].weight.grad.norm()\n",
        "gradient_not_reached",
        ("`net[1].weight`",),
        tensors="net.1.weight",
    ),
    Case(
        "detached on the way",
        W + U + "h = w.detach() * 2\n(h * u).sum().backward()\nw.grad.sum()\n",
        "gradient_cut_off",
        ("`w`", "`w.detach()`", f"{ABOVE + 3}", f"{ABOVE + 4}"),
    ),
    Case(
        "through NumPy on the way",
        W + U + "z = torch.from_numpy(np.sin(w.detach().numpy()))\n(z * u).sum().backward()\nw.grad.sum()\n",
        "gradient_cut_off",
        ("`w`", "NumPy", f"{ABOVE + 3}"),
    ),
    Case(
        "frozen",
        "net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))\nnet[0].requires_grad_(False)\n"
        "net(torch.ones(3, 2)).mean().backward()\nnet[0].weight.grad.abs()\n",
        "gradient_frozen",
        ("`net[0].weight`",),
    ),
    Case(
        "unknown",
        "params = [torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)]\n(params[0] * 2).sum().backward()\n"
        "params[1].grad.sum()\n",
        "gradient_missing",
        ("`params[1]`",),
    ),
]
COMPUTED = [
    Case(
        "computed, and passed through",
        W + "for i in range(2):\n    h = w * 2\n    (h * h).sum().backward()\n    print(h.grad * 2)\n",
        "gradient_not_kept",
        ("`h`", "`retain_grad()`"),
        fix="    h.retain_grad()\n    (h * h).sum().backward()",
    ),
    Case(
        "computed, and left aside",
        W + "h = w * 2\nw.sum().backward()\nh.grad.sum()\n",
        "computed_not_reached",
        ("`h`",),
    ),
    Case(
        # What `sum` gives takes no `requires_grad=`.
        "computed from what requires none",
        "x = torch.ones(3).sum()\n" + W + "(w * x).sum().backward()\nx.grad.zero_()\n",
        "gradient_not_required",
        ("`x`",),
    ),
]


@pytest.mark.parametrize("case", [*UPDATES, *NAMES, *LEAVES, *COMPUTED], ids=lambda case: case.name)
def test_missing_gradient_is_explained(case: Case) -> None:
    check(case)


def test_a_gradient_that_is_there_is_not_blamed_for_another_none() -> None:
    program = explained(W + "factor = None\n(w * w).sum().backward()\nw.grad * factor\n")
    assert program.failed
    assert program.notices() == []


def test_nothing_advises_against_what_explains_the_error() -> None:
    """torch warns of the same line, which would advise `retain_grad()`."""
    assert explained(DESCENT).notices() == []


def test_leaf_that_lost_its_name_is_noticed_without_an_error() -> None:
    program = explained("w = torch.randn(3, requires_grad=True) * 0.1\n(w * w).sum().backward()\nprint(w.grad)\n")
    assert [one.rule for one in program.notices()] == ["leaf_without_name"]
