"""Training loops that lose their gradients, keep their graphs, or compare what does not belong together."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

NET = "net = nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\n"
LOSS = "    loss = net(torch.ones(3, 2)).pow(2).mean()\n"
BY_HAND = f"{NET}for _ in range(3):\n    opt.zero_grad()\n{LOSS}    loss.backward()\n    opt.step()\n"
NUMPY = "import numpy as np\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"

CASES = [
    Case(
        name="loss of a module against a target without its dimension",
        program="""
feats = torch.randn(6, 2)
price = 4 + 3*feats[:, 0] - feats[:, 1]
net = nn.Linear(2, 1)
crit = nn.MSELoss()
for _ in range(3):
    net.zero_grad()
    cost = crit(net(feats), price)
    cost.backward()
    with torch.no_grad():
        for p in net.parameters():
            p -= 0.1 * p.grad
print(cost.item())
""",
        rule="loss_broadcast",
        holds=("`net(feats)`", "`price`", "`(6, 1)`", "`(6,)`", "`(6, 6)`", "36"),
        span="crit(net(feats), price)",
        fix="crit(net(feats), price.unsqueeze(1))",
        by_hand=f"""{NUMPY}
feats = torch.randn(6, 2)
price = 4 + 3*feats[:, 0] - feats[:, 1]
net = nn.Linear(2, 1)
crit = nn.MSELoss()
for _ in range(3):
    net.zero_grad()
    cost = crit(net(feats).squeeze(1), price)
    cost.backward()
    with torch.no_grad():
        for p in net.parameters():
            p -= 0.1 * p.grad
""",
    ),
    Case(
        name="loss in a class, with its names",
        program="""
class Trainer:
    def __init__(self, model):
        self.model = model
        self.criterion = nn.SmoothL1Loss()
    def loss(self, inputs, labels):
        outputs = self.model(inputs)
        return self.criterion(outputs, labels)
Trainer(nn.Linear(3, 1)).loss(torch.randn(7, 3), torch.randn(7)).backward()
""",
        rule="loss_broadcast",
        holds=("`outputs`", "`labels`", "`(7, 7)`", "49"),
        span="self.criterion(outputs, labels)",
        fix="self.criterion(outputs, labels.unsqueeze(1))",
    ),
    Case(
        name="prediction without the dimension of its target",
        program="pred = torch.randn(5, requires_grad=True)\ntarget = torch.randn(5, 1)\n"
        "F.huber_loss(pred, target).backward()\n",
        rule="loss_broadcast",
        holds=("`pred`", "`target`", "`(5, 5)`", "25"),
        tensors="pred target",
        fix="F.huber_loss(pred, target.squeeze(1))",
    ),
    Case(
        name="loss by hand",
        program="w = torch.randn(3, 1, requires_grad=True)\nx, y = torch.randn(5, 3), torch.randn(5)\n"
        "loss = ((x @ w - y) ** 2).mean()\nloss.backward()\n",
        rule="outer_broadcast",
        holds=("`x @ w - y`", "5 × 5"),
        fix="x @ w - y.unsqueeze(1)",
        by_hand=f"{NUMPY}w = torch.randn(3, 1, requires_grad=True)\nx, y = torch.randn(5, 3), torch.randn(5)\n"
        "loss = (((x @ w).squeeze(1) - y) ** 2).mean()\nloss.backward()\n",
    ),
    Case(
        name="total of losses keeps the graph of every round",
        program="""
lin = nn.Linear(2, 1)
opt = torch.optim.SGD(lin.parameters(), lr=0.01)
total = 0
for i in range(4):
    opt.zero_grad()
    cost = lin(torch.randn(3, 2)).pow(2).mean()
    cost.backward()
    opt.step()
    total += cost
print(total / 4)
""",
        rule="kept_graphs",
        holds=("`total`", "`total += cost`", "`cost`", "4", ".item()", ".detach()"),
        tensors="total cost",
        fix="total += cost.detach()",
    ),
    Case(
        name="running mean in a function",
        program="""
net = nn.Linear(2, 1)
def train(rounds):
    mean = 0.0
    for _ in range(rounds):
        net.zero_grad()
        loss = net(torch.ones(3, 2)).pow(2).mean()
        loss.backward()
        mean = 0.9 * mean + 0.1 * loss
    return mean
print(train(3))
""",
        rule="kept_graphs",
        holds=("`mean`", "`loss`", "3"),
        fix="mean = 0.9 * mean + 0.1 * loss.detach()",
    ),
    Case(
        name="sum in an attribute",
        program="""
class Meter:
    def __init__(self):
        self.sum = 0
    def update(self, value):
        self.sum += value
net, meter = nn.Linear(2, 1), Meter()
for _ in range(3):
    net.zero_grad()
    loss = net(torch.ones(3, 2)).pow(2).mean()
    loss.backward()
    meter.update(loss)
""",
        rule="kept_graphs",
        holds=("`self.sum`", "3"),
        fix="self.sum += value.detach()",
    ),
    Case(
        name="list of losses",
        program="""
net = nn.Linear(2, 1)
losses = []
for _ in range(3):
    net.zero_grad()
    loss = net(torch.ones(3, 2)).pow(2).mean()
    loss.backward()
    losses.append(loss)
print(losses[-1])
""",
        rule="kept_losses",
        holds=("`losses`", "3", "loss.item()"),
        span="losses.append(loss)",
        fix="losses.append(loss.detach())",
    ),
    Case(
        name="gradients cleared between backward and step",
        program=f"{NET}for _ in range(3):\n{LOSS}    loss.backward()\n    opt.zero_grad()\n    opt.step()\n",
        rule="cleared_before_step",
        holds=("`opt.zero_grad()`", "`loss.backward()`", "`opt.step()`"),
        span="opt.zero_grad()",
        fix="    opt.step()\n    opt.zero_grad()\n",
    ),
    Case(
        name="gradients of the model cleared, in a function with names of its own",
        program="""
net = nn.Linear(2, 1)
sgd = torch.optim.SGD(net.parameters(), lr=0.1)
def train(model, optimizer):
    for _ in range(2):
        model(torch.ones(3, 2)).sum().backward()
        model.zero_grad()
        optimizer.step()
train(net, sgd)
""",
        rule="cleared_before_step",
        holds=("`model.zero_grad()`", "`optimizer.step()`"),
        fix="        optimizer.step()\n        model.zero_grad()\n",
    ),
    Case(
        name="step before backward",
        program=f"{NET}for _ in range(3):\n    opt.zero_grad()\n{LOSS}    opt.step()\n    loss.backward()\n",
        rule="step_before_backward",
        holds=("`opt.step()`", "`loss.backward()`", "zero_grad()"),
        fix="    loss.backward()\n    opt.step()\n",
        by_hand=NUMPY + BY_HAND,
    ),
    Case(
        name="optimiser that is never stepped",
        program=f"{NET}for _ in range(3):\n    opt.zero_grad()\n{LOSS}    loss.backward()\n",
        rule="never_stepped",
        holds=("`opt.step()`", "`loss.backward()`", "`net.weight`", "3"),
        fix="    loss.backward()\n    opt.step()\n",
        by_hand=NUMPY + BY_HAND,
    ),
    Case(
        name="gradients clipped after the step",
        program=f"{NET}for _ in range(3):\n    opt.zero_grad()\n{LOSS}    loss.backward()\n    opt.step()\n"
        "    nn.utils.clip_grad_norm_(net.parameters(), 0.1)\n",
        rule="late_clip",
        holds=("`nn.utils.clip_grad_norm_(net.parameters(), 0.1)`", "`opt.step()`"),
        fix="    nn.utils.clip_grad_norm_(net.parameters(), 0.1)\n    opt.step()\n",
    ),
    Case(
        name="scheduler before the optimiser",
        program=f"{NET}plan = torch.optim.lr_scheduler.StepLR(opt, 1)\nfor _ in range(3):\n    opt.zero_grad()\n{LOSS}"
        "    loss.backward()\n    plan.step()\n    opt.step()\n",
        rule="early_schedule",
        holds=("`plan.step()`",),
        fix="    opt.step()\n    plan.step()\n",
    ),
    Case(
        name="hook that writes into its gradient",
        program="""
x = torch.tensor([1., 2.], requires_grad=True)
y = x * 3
def double(g):
    g.mul_(2)
y.register_hook(double)
(y ** 2).sum().backward()
""",
        rule="written_gradient",
        holds=("`double`", "`g.mul_(2)`", "`y`"),
        fix="    return g.mul(2)\n",
        by_hand=f"{NUMPY}x = torch.tensor([1., 2.], requires_grad=True)\ny = x * 3\n"
        "y.register_hook(lambda g: g * 2)\n(y ** 2).sum().backward()\n",
    ),
    Case(
        name="hook of a parameter that writes with an operator",
        program="net = nn.Linear(2, 1)\ndef scale(grad):\n    grad *= 2\nnet.weight.register_hook(scale)\n"
        "net(torch.ones(3, 2)).sum().backward()\n",
        rule="written_gradient",
        holds=("`scale`", "`grad *= 2`", "`net.weight`"),
    ),
    Case(
        name="hook that returns nothing",
        program="""
x = torch.tensor([1., 2.], requires_grad=True)
def halve(g):
    g = g / 2
x.register_hook(halve)
(x ** 2).sum().backward()
""",
        rule="unreturned_gradient",
        holds=("`halve`", "`g = g / 2`", "`x`"),
        fix="    return g / 2\n",
        by_hand=f"{NUMPY}x = torch.tensor([1., 2.], requires_grad=True)\nx.register_hook(lambda g: g / 2)\n"
        "(x ** 2).sum().backward()\n",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_training_is_explained(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    "loss",
    ["nn.MSELoss()", "nn.L1Loss(reduction='sum')", "nn.SmoothL1Loss()", "nn.HuberLoss()", "F.mse_loss", "F.l1_loss"],
)
def test_every_loss_that_stretches_is_named(loss: str) -> None:
    program = f"pred = torch.randn(4, 1, requires_grad=True)\ny = torch.randn(4)\nloss = {loss}(pred, y)\nloss.backward()\n"
    assert [notice.rule for notice in explained(program).notices()] == ["loss_broadcast"]


@pytest.mark.parametrize("target", ["torch.zeros(4, 1)", "torch.tensor(0.0)", "torch.zeros(1)"])
def test_a_loss_against_its_own_shape_or_one_number_is_not_named(target: str) -> None:
    program = f"loss = F.mse_loss(torch.randn(4, 1, requires_grad=True), {target})\nloss.backward()\n"
    assert not explained(program).notices()


@pytest.mark.parametrize(
    "program",
    [
        """
G, D = nn.Linear(2, 2), nn.Linear(2, 1)
optG = torch.optim.Adam(G.parameters(), lr=0.01)
optD = torch.optim.Adam(D.parameters(), lr=0.01)
bce = nn.BCEWithLogitsLoss()
for _ in range(2):
    D.zero_grad()
    real = torch.randn(4, 2)
    fake = G(torch.randn(4, 2))
    err_real = bce(D(real), torch.ones(4, 1))
    err_real.backward()
    err_fake = bce(D(fake.detach()), torch.zeros(4, 1))
    err_fake.backward()
    errD = err_real + err_fake
    optD.step()
    G.zero_grad()
    errG = bce(D(fake), torch.ones(4, 1))
    errG.backward()
    optG.step()
    print(errD.item())
""",
        """
a = nn.Linear(2, 1)
l1 = a(torch.randn(3, 2)).sum()
l2 = a(torch.randn(3, 2)).sum()
l1.backward()
l2.backward()
print((l1 + l2).item())
""",
    ],
    ids=["two networks against each other", "two passes of one network"],
)
def test_losses_of_one_round_that_each_had_a_pass_are_no_loop(program: str) -> None:
    assert {notice.rule for notice in explained(program).notices()} <= {"accumulated"}
