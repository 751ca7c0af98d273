"""Leaves that are cut off from a loss by indices, truth values, numbers, copies, or a loss that is made a leaf."""

import pytest

from tests.support.cases import Case, check

TWO = "x = torch.tensor([1., 2.], requires_grad=True)\nw = torch.tensor([3., 4.], requires_grad=True)\n"

CASES = [
    Case(
        name="indices of the largest",
        program="""
first, second = nn.Linear(3, 4), nn.Embedding(4, 2)
pick = first(torch.randn(2, 3)).max(1)[1]
out = second(pick).sum()
out.backward()
for n, q in first.named_parameters():
    print(n, q.grad)
""",
        rule="stopped",
        holds=("`first.weight`", "`first.bias`", "`first(torch.randn(2, 3)).max(1)`"),
        never=("second.weight", "`q`"),
    ),
    Case(
        name="loss that is made a leaf",
        program="""
lin = nn.Linear(2, 3)
pred = lin(torch.randn(4, 2)).argmax(1).float()
loss = ((pred - 1.) ** 2).mean()
loss.requires_grad_()
loss.backward()
print(lin.weight.grad)
""",
        rule="leaf_root",
        holds=("`loss`", "`lin.weight`", "`lin(torch.randn(4, 2)).argmax(1)`"),
        tensors="loss lin.weight",
        span="loss.backward()",
    ),
    Case(
        name="loss whose flag is set",
        program="net = nn.Linear(2, 1)\nhits = (net(torch.ones(3, 2)) > 0).float().mean()\n"
        "hits.requires_grad = True\nhits.backward()\n",
        rule="leaf_root",
        holds=("`hits`", "`net.weight`", "`net(torch.ones(3, 2)) > 0`"),
    ),
    Case(
        name="loss made anew of its number",
        program="net = nn.Linear(2, 1)\nout = net(torch.ones(3, 2)).mean()\n"
        "loss = torch.tensor(out.item(), requires_grad=True)\nloss.backward()\n",
        rule="leaf_root",
        holds=("`loss`", "`net.bias`", "`item()`"),
    ),
    Case(
        name="tensor of a list of tensors",
        program=TWO + "a, b = x[0] * 2, x[1] * 3\nz = torch.tensor([a, b])\n(z * w).sum().backward()\n",
        rule="stopped",
        holds=("`torch.tensor([a, b])`", "`x`", "torch.stack"),
        never=("`w`",),
        fix="z = torch.stack([a, b])",
        by_hand="import torch\n" + TWO + "z = torch.stack([x[0] * 2, x[1] * 3])\n(z * w).sum().backward()\n",
    ),
    Case(
        name="number that goes through a name",
        program=TWO + "a = x[0] * 2\nvalue = a.item()\ny = torch.tensor(value) * w\ny.sum().backward()\n",
        rule="stopped",
        holds=("`torch.tensor(value)`", "`x`", "`item()`"),
    ),
    Case(
        name="numbers in a function, through tolist",
        program=TWO
        + "def again(v):\n    rows = v.tolist()\n    return torch.tensor(rows)\n(again(x) * w).sum().backward()\n",
        rule="stopped",
        holds=("`torch.tensor(rows)`", "`x`", "`tolist()`"),
    ),
    Case(
        name="array that was computed",
        program=TWO + "y = torch.from_numpy(x.detach().numpy() * 2)\n(y * w).sum().backward()\n",
        rule="stopped",
        holds=("`torch.from_numpy(x.detach().numpy() * 2)`", "`x`", "`numpy()`"),
    ),
    Case(
        name="array on the same memory",
        program=TWO + "y = torch.from_numpy(x.detach().numpy())\n(y * w).sum().backward()\n",
        rule="stopped",
        holds=("`torch.from_numpy(x.detach().numpy())`", "`x`"),
    ),
    Case(
        name="indices of topk",
        program="emb = nn.Embedding(5, 2)\nscore = torch.randn(5, requires_grad=True)\n"
        "emb(score.topk(2).indices).sum().backward()\n",
        rule="stopped",
        holds=("`score.topk(2)`", "`score`"),
    ),
    Case(
        name="comparison as a mask",
        program=TWO + "y = (x > 1.5).float()\n(y * w).sum().backward()\n",
        rule="stopped",
        holds=("`x > 1.5`", "`x`"),
    ),
    Case(
        name="integers",
        program=TWO + "y = x.long()\n(y * w).sum().backward()\n",
        rule="stopped",
        holds=("`x.long()`", "`x`"),
    ),
    Case(
        name="parameter made of a result",
        program=TWO + "p = nn.Parameter(x * 2)\n(p * w).sum().backward()\n",
        rule="stopped",
        holds=("`nn.Parameter(x * 2)`", "`x`"),
    ),
    Case(
        name="detached",
        program=TWO + "y = (x * 2).detach()\n(y * w).sum().backward()\n",
        rule="stopped",
        holds=("`(x * 2).detach()`", "`x`"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cut_leaves_are_explained(case: Case) -> None:
    check(case)
