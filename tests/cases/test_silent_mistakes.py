"""Programs that run and learn nothing: one class, no logarithms, no backward pass, a flag that is misspelt."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

LOOP = "net = nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor _ in range(2):\n    opt.zero_grad()\n"
CASES = [
    Case(
        "cross entropy of one output",
        "m = nn.Linear(4, 1)\nnn.CrossEntropyLoss()(m(torch.randn(5, 4)), torch.zeros(5, dtype=torch.long))",
        "one_class",
        ("`cross_entropy`", "`(5, 1)`", "`0`", "BCEWithLogitsLoss"),
    ),
    Case(
        "softmax of one output in a model",
        "m = nn.Sequential(nn.Linear(4, 1), nn.Softmax(dim=1))\nout = m(torch.randn(5, 4))",
        "one_class",
        ("`softmax`", "`(5, 1)`", "`1`"),
    ),
    Case(
        "scores as logarithms",
        "scores = torch.tensor([[0.5, -1.0], [2.0, 0.1]])\nF.nll_loss(scores, torch.tensor([0, 1]))",
        "not_logarithms",
        ("`nll_loss`", "`scores`", "`0.5`"),
    ),
    Case(
        "divergence of probabilities",
        "p = torch.tensor([[0.2, 0.8]])\nq = torch.tensor([[0.5, 0.5]])\nF.kl_div(p, q, reduction='batchmean')",
        "not_logarithms",
        ("`kl_div`", "`p`", "`0.2`"),
    ),
    Case(
        "steps without a pass",
        LOOP + "    loss = net(torch.ones(4, 2)).pow(2).mean()\n    opt.step()",
        "step_without_backward",
        ("`opt.step()`", "backward"),
    ),
    Case(
        "flag of a parameter",
        "net = nn.Linear(2, 1)\nfor p in net.parameters():\n    p.require_grad = False",
        "misspelt_flag",
        ("`require_grad`", "`p`", "`requires_grad`"),
        fix="p.requires_grad = False",
    ),
    Case(
        "mask of another batch",
        "mha = nn.MultiheadAttention(8, 2)\nx = torch.randn(2, 5, 8)\n"
        "mha(x, x, x, key_padding_mask=torch.zeros(2, 5, dtype=torch.bool))",
        "padding_mask",
        ("0", "2", "5", "batch_first=True"),
    ),
    Case(
        "array times tensor",
        "a = np.ones(3)\na * torch.ones(3, requires_grad=True)",
        "array_and_tensor",
        ("torch.from_numpy",),
    ),
    Case(
        "lengths in any order",
        "from torch.nn.utils.rnn import pack_padded_sequence\n"
        "pack_padded_sequence(torch.rand(2, 4, 3), torch.tensor([2, 4]), batch_first=True)",
        "lengths_unsorted",
        ("enforce_sorted=False",),
        fix="enforce_sorted=False",
    ),
]
QUIET = [
    "classes = torch.arange(3).unsqueeze(1)\nlabels = torch.tensor([0, 1, 0])\ncounts = (classes == labels).sum(1)",
    "F.kl_div(torch.randn(2, 3).log_softmax(1), torch.randn(2, 3).softmax(1), reduction='batchmean')",
    "F.nll_loss(torch.randn(2, 3).log_softmax(1), torch.tensor([0, 1]))",
    "att = torch.randn(1, 1)\nF.softmax(att, dim=-1)",
    "x = torch.tensor([1.0, -1.0], requires_grad=True)\n"
    "[g] = torch.autograd.grad(torch.relu(x).sum(), x, create_graph=True)\n"
    "g.sum().backward()",
    LOOP + "    for p in net.parameters():\n        p.grad = torch.ones_like(p)\n    opt.step()",
    "lin = nn.Linear(2, 2)\nout = lin(torch.ones(1, 2))\nlin.weight.data += 1\nout.pow(2).sum().backward()",
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_silent_mistake_is_told(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("program", QUIET)
def test_nothing_is_said_where_all_is_right(program: str) -> None:
    ran = explained(program)
    assert not ran.failed, ran.facts.message
    assert [(one.rule, one.text) for one in ran.notices()] == []
