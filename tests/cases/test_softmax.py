"""`softmax` without a dimension, over the batch, or twice; and tensor classes that are called with sizes."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

LOGITS = "logits = nn.Linear(4, 3)(torch.randn(2, 4))\ntarget = torch.tensor([0, 1])\n"
CASES = [
    Case(
        "no dimension",
        "out = torch.randn(2, 3)\nprob = F.softmax(out)\nprint(prob)",
        "softmax_implicit",
        ("`F.softmax(out)`", "`(2, 3)`", "`dim=1`"),
        tensors="out",
        span="F.softmax(out)",
        fix="F.softmax(out, dim=1)",
    ),
    Case(
        "a layer without a dimension, on three",
        "layer = nn.LogSoftmax()\np = layer(torch.randn(2, 3, 4))",
        "softmax_implicit",
        ("`log_softmax`", "`(2, 3, 4)`", "0", "`dim=-1`"),
        fix="nn.LogSoftmax(dim=-1)",
    ),
    Case(
        "a layer over the batch",
        "policy = nn.Sequential(nn.Linear(4, 2), nn.Softmax(dim=0))\nbatch = torch.randn(3, 4)\n"
        "prob = policy(batch)\nprint(prob, prob.sum(1))",
        "softmax_over_batch",
        ("`policy(batch)`", "`(3, 2)`", "3", "`dim=1`"),
        tensors="prob",
        fix="nn.Softmax(dim=1)",
    ),
    Case(
        "a function over the batch",
        "p = F.softmax(nn.Linear(4, 3)(torch.randn(5, 4)), 0)\nbest = p.argmax(1)",
        "softmax_over_batch",
        ("`(5, 3)`", "5", "`dim=1`"),
        tensors="p",
        fix="torch.randn(5, 4)), 1)",
    ),
    Case(
        "probabilities into cross_entropy",
        LOGITS + "p = logits.softmax(1)\nloss = F.cross_entropy(p, target)",
        "softmax_twice",
        ("`F.cross_entropy(p, target)`", "`logits.softmax(1)`", "`cross_entropy`"),
        tensors="p loss",
    ),
    Case(
        "probabilities into a loss that is a module",
        "net = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\nloss = nn.CrossEntropyLoss()(net(torch.ones(2, 4)), "
        "torch.tensor([0, 1]))",
        "softmax_twice",
        ("`net(torch.ones(2, 4))`", "`cross_entropy`"),
    ),
    Case(
        "probabilities into nll_loss",
        LOGITS + "loss = nn.NLLLoss()(torch.softmax(logits, 1), target)",
        "nll_of_probabilities",
        ("`torch.softmax(logits, 1)`", "`log_softmax`"),
    ),
    Case(
        "sigmoid twice",
        "net = nn.Sequential(nn.Linear(4, 1), nn.Sigmoid())\n"
        "loss = nn.BCEWithLogitsLoss()(net(torch.randn(2, 4)).squeeze(1), torch.tensor([0.0, 1.0]))",
        "sigmoid_twice",
        ("`net(torch.randn(2, 4))`", "`binary_cross_entropy`"),
    ),
    Case(
        "a size in a name",
        "size = 3\nv = torch.Tensor(size)\nprint(v.shape)",
        "constructor",
        ("`torch.Tensor(size)`", "`(3,)`", "`size`", "`torch.tensor([size])`"),
        fix="v = torch.zeros(size)",
    ),
    Case(
        "a class of another dtype",
        "k = torch.IntTensor(2, 3)",
        "constructor",
        ("`torch.IntTensor(2, 3)`", "`(2, 3)`"),
        fix="k = torch.tensor([2, 3], dtype=torch.int32)",
    ),
    Case(
        "a range with its end",
        "r = torch.range(1, 5)",
        "inclusive_range",
        ("`torch.range(1, 5)`", "`5`", "`torch.arange`"),
        tensors="r",
        fix="r = torch.arange(1, 6, dtype=torch.float32)",
    ),
    Case(
        "sizes of a function",
        "def build(width):\n    return torch.FloatTensor(width, 2 * width)\nb = build(2)",
        "constructor",
        ("`torch.FloatTensor(width, 2 * width)`", "`width`"),
        fix="return torch.zeros(width, 2 * width)",
    ),
]
QUIET = [
    LOGITS
    + "p = logits.softmax(-1)\nq = logits.log_softmax(1)\nloss = F.nll_loss(q, target)\nother = F.cross_entropy(q, target)",
    "h = torch.randn(5, 4)\nw = nn.Linear(4, 1)(h).softmax(0)\npooled = (w * h).sum(0)",
    "h = torch.randn(5, 4)\nw = nn.Linear(4, 2)(h).softmax(0)\npooled = w.t() @ h",
    "x = torch.randn(3, 3).softmax(0)",
    "values = [1.0, 2.0]\na = torch.Tensor(values)\nb = torch.Tensor(np.ones(3))\nc = torch.LongTensor([3])",
    "class Layer(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n"
    "        self.weight = nn.Parameter(torch.Tensor(n, n))\n        nn.init.ones_(self.weight)\n"
    "layer = Layer(2)\nnoise = torch.Tensor(3).normal_()\nm = 2\nfilled = torch.Tensor(m)\nfilled.fill_(1)",
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_dimension_or_a_class_that_was_not_meant_is_told(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("program", QUIET)
def test_what_is_meant_is_left_in_peace(program: str) -> None:
    of_rules = {"softmax_implicit", "softmax_over_batch", "softmax_twice", "nll_of_probabilities", "constructor"}
    assert not of_rules.intersection(one.rule for one in explained(program).notices())
