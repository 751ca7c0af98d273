"""Optimisers that are given the wrong thing, and derivatives by what autograd did not follow."""

import pytest

from tests.support.cases import Case, check

W = "w = torch.tensor([1., 2.], requires_grad=True)\n"
NET = "net = nn.Linear(2, 1)\n"
CASES = [
    Case(
        "iterator in a list",
        NET + "torch.optim.Adam([net.parameters()])\n",
        "parameters_nested",
        ("`[",),
        fix="(net.parameters())",
    ),
    Case(
        "computed where it is made",
        "w = torch.ones(3, requires_grad=True) * 0.1\nopt = torch.optim.SGD([w], lr=0.1)\nw.sum().backward()\nopt.step()\n",
        "optimised",
        ("`w`",),
        fix="w = (torch.ones(3) * 0.1).requires_grad_()\n",
    ),
    Case("two groups", W + "torch.optim.SGD([{'params': [w]}, {'params': [w]}])\n", "parameters_repeated", ()),
    Case("no closure", W + "torch.optim.LBFGS([w]).step()\n", "closure_missing", ("`LBFGS`", "`backward()`")),
    Case(
        "derivative that is used",
        W + "u = torch.ones(2, requires_grad=True)\ng, = torch.autograd.grad((w * w).sum(), [u])\nprint(g * 2)\n",
        "unused",
        ("`u`",),
        fix="[u], materialize_grads=True)",
    ),
    Case(
        "derivative by what requires none",
        W + "x = torch.ones(2)\ntorch.autograd.grad((w * x).sum(), [w, x])\n",
        "inputs_unneeded",
        ("`x`", "`requires_grad=True`"),
        tensors="x",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_wrong_parameters_are_explained(case: Case) -> None:
    check(case)
