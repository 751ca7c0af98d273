"""NaN and infinity: where they begin, in values and in gradients, and where they are meant."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

ROOT = "v = torch.tensor([0., 4.], requires_grad=True)\n"
CASES = [
    Case(
        "softmax of a row that is masked out whole",
        "s = torch.randn(2, 3, requires_grad=True)\n"
        "mask = torch.tensor([[True, True, True], [False, True, False]])\n"
        "p = s.masked_fill(mask, float('-inf')).softmax(1)\np.sum().backward()\nprint(p, s.grad)",
        "masked_out",
        ("`[0, :]`", "0/0", "`-inf`"),
        span="s.masked_fill(mask, float('-inf')).softmax(1)",
        fix="torch.finfo(torch.float32).min",
        by_hand="s = torch.randn(2, 3, requires_grad=True)\n"
        "mask = torch.tensor([[True, True, True], [False, True, False]])\n"
        "p = s.masked_fill(mask, torch.finfo(torch.float32).min).softmax(1)\np.sum().backward()",
    ),
    Case(
        "a mask that is added, in a function",
        "def weights(scores, mask):\n    masked = scores + torch.where(mask, 0.0, -torch.inf)\n"
        "    return F.softmax(masked, dim=-1)\n"
        "open = torch.ones(3, 3).tril().bool()\nopen[1] = False\nout = weights(torch.randn(3, 3), open)",
        "masked_out",
        ("`masked`", "`[1, :]`"),
        never=("[0, :]", "[2, :]"),
        tensors="out",
    ),
    Case(
        "a gradient that `where` hides from `sqrt`",
        ROOT + "d = torch.where(v > 0, v.sqrt(), torch.zeros_like(v)).sum()\nd.backward()\nprint(d, v.grad)",
        "gradient_not_finite",
        ("`SqrtBackward0`", "`v.sqrt()`", "`[0]`", "NaN", "`where`"),
        tensors="v",
        span="v.sqrt()",
        fix="torch.where(v > 0, v, 1.0).sqrt()",
        by_hand=ROOT + "d = torch.where(v > 0, torch.where(v > 0, v, torch.ones_like(v)).sqrt(), 0.0).sum()\nd.backward()",
    ),
    Case(
        "the other branch of `where`",
        "x = torch.tensor([0., 2.], requires_grad=True)\ny = torch.where(x == 0, torch.zeros(2), 1 / x)\ny.sum().backward()",
        "gradient_not_finite",
        ("`ReciprocalBackward0`", "`1 / x`", "`[0]`"),
        fix="1 / torch.where(x == 0, 1.0, x)",
        by_hand="x = torch.tensor([0., 2.], requires_grad=True)\n"
        "y = torch.where(x == 0, torch.zeros(2), 1 / torch.where(x == 0, 1.0, x))\ny.sum().backward()",
    ),
    Case(
        "a mask that is multiplied hides nothing either",
        ROOT + "m = (v > 0).float()\n(m * v.log1p().sqrt()).sum().backward()",
        "gradient_not_finite",
        ("`SqrtBackward0`", "`v.log1p().sqrt()`", "torch.where("),
        tensors="v",
    ),
    Case(
        "a root at 0",
        "x = torch.tensor([0., 2.], requires_grad=True)\ny = (x ** 0.5).sum()\ny.backward()",
        "gradient_not_finite",
        ("`PowBackward0`", "`x ** 0.5`", "`0`", "1e-8"),
        never=("`where`",),
        tensors="x",
    ),
    Case(
        "the edge of a domain, by autograd.grad, in a module",
        "class Angle(nn.Module):\n    def forward(self, cosine):\n        return cosine.acos()\n"
        "c = torch.tensor([0.5, 1.0], requires_grad=True)\na = Angle()(c)\n[g] = torch.autograd.grad(a.sum(), c)",
        "gradient_not_finite",
        ("`AcosBackward0`", "`cosine.acos()`", "`[1]`"),
    ),
    Case(
        "rounding has no gradient",
        "w = torch.tensor([0.7, 1.4], requires_grad=True)\nq = torch.round(w * 2) / 2\nq.sum().backward()\nprint(w.grad)",
        "flat",
        ("`torch.round(w * 2)`", "`w`", "detach()"),
        tensors="w",
        span="torch.round(w * 2)",
    ),
    Case(
        "a step inside a module",
        "class Step(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.scale = nn.Parameter(torch.tensor(1.5))\n"
        "    def forward(self, x):\n        return (x * self.scale).sign()\n"
        "step = Step()\nstep(torch.tensor([1.0, -2.0])).sum().backward()",
        "flat",
        ("`step.scale`", "sign"),
        tensors="step.scale",
    ),
    Case(
        "a unit that is never on",
        "unit = nn.Linear(1, 1)\nwith torch.no_grad():\n    unit.weight.fill_(-1.0)\n    unit.bias.fill_(-1.0)\n"
        "for _ in range(2):\n    unit.zero_grad()\n    F.relu(unit(torch.tensor([[1.0], [2.0]]))).sum().backward()",
        "saturated",
        ("`relu`", "F.relu(unit(torch.tensor("),
    ),
    Case(
        "clamped at its limit",
        "w = torch.tensor([3.0], requires_grad=True)\n(w.clamp(0, 1) * 2).backward()",
        "saturated",
        ("`w.clamp(0, 1)`", "`w`"),
        tensors="w",
    ),
    Case(
        "a standard deviation of one",
        "x = torch.tensor([3.0])\nprint(x.std())",
        "not_finite",
        ("`x.std()`", "NaN"),
        tensors="x",
    ),
    Case(
        "half precision ends early",
        "h = torch.tensor([300.0]).half()\ny = h * h",
        "not_finite",
        ("`h * h`", "65504", "`torch.float16`"),
        tensors="h y",
    ),
    Case(
        "a loss of which nothing is counted",
        "x = torch.ones(2, 3)\nt = torch.tensor([-100, -100])\nloss = nn.CrossEntropyLoss()(x, t)",
        "not_finite",
        ("`nn.CrossEntropyLoss()(x, t)`", "0/0"),
        tensors="x t loss",
    ),
    Case(
        "what was infinite is NaN at the end",
        "x = torch.tensor([200.0, 1.0])\nz = torch.exp(x)\nw = z - z",
        "not_finite",
        ("`torch.exp(x)`", "`[0]`", "`x`", "200", "`w`"),
        span="torch.exp(x)",
    ),
]
QUIET = [
    # A wish, and what is finite again.
    "q = torch.randn(3, 3)\ncausal = torch.triu(torch.ones(3, 3, dtype=torch.bool), 1)\n"
    "p = q.masked_fill(causal, float('-inf')).softmax(-1)\nprint(p)",
    "m = torch.full((3, 3), float('-inf')).triu(1)\np = (torch.ones(3, 3) + m).softmax(-1)",
    "open = torch.ones(3, 3).tril()\np = (torch.ones(3, 3) + open.log()).softmax(-1)",
    "x = torch.tensor([-1.0, 4.0])\ny = torch.where(x > 0, x.log(), torch.zeros(2))",
    "x = torch.tensor([0.0, 1.0])\ny = 1 / (1 + 1 / x)",
    "x = torch.tensor([0.0, 1.0])\ny = torch.nan_to_num(1 / x)",
    "x = torch.tensor([0.0, 1.0])\ny = x / x\nclean = y[~torch.isnan(y)]",
    "best = torch.tensor(float('inf'))\nfor i in range(3):\n    best = torch.minimum(best, torch.tensor(float(i)))",
    "x = torch.full((3,), torch.nan)\nx[0] = 1\nprint(x.nansum())",
    # Gradients that are finite, or zero only in part.
    ROOT + "safe = torch.where(v > 0, v, 1)\ntorch.where(v > 0, safe.sqrt(), 0).sum().backward()",
    "x = torch.zeros(3, requires_grad=True)\nx.norm().backward()",
    "x = torch.tensor([1.6, 2.0], requires_grad=True)\n(x + (x.round() - x).detach()).sum().backward()",
    "x = torch.tensor([1.6, 2.0], requires_grad=True)\n(x * x.round()).sum().backward()",
    "w = torch.tensor([-1.0, 2.0], requires_grad=True)\n(F.relu(w).sum() + w.clamp(0, 1).sum()).backward()",
    "w = torch.tensor([-1.0], requires_grad=True)\nF.relu(w).backward()\nF.relu(-w).backward()",
    "s = torch.ones(2, 2, requires_grad=True)\nm = torch.tensor([[True, False], [False, False]])\n"
    "s.masked_fill(m, float('-inf')).softmax(-1)[1].sum().backward()",
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_where_it_begins_is_told(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("program", QUIET)
def test_what_is_meant_or_passes_is_left_in_peace(program: str) -> None:
    of_rules = {"not_finite", "masked_out", "gradient_not_finite", "flat", "saturated"}
    assert not of_rules.intersection(one.rule for one in explained(program).notices())
