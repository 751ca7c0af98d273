"""Second backward passes that come into a graph that a first one has freed: what led there, and a fix that is right."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import ABOVE

NET = "net = nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nx = torch.ones(3, 2)\n"
RNN = """import torch.nn as nn
cell = nn.RNN(2, 3, batch_first=True)
head = nn.Linear(3, 1)
opt = torch.optim.SGD([*cell.parameters(), *head.parameters()], lr=0.1)
state = None
for t in range(3):
    seq = torch.randn(1, 4, 2)
    y, state = cell(seq, state)
    loss = head(y).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
"""
SUM = """import torch.nn as nn
lin = nn.Linear(2, 1)
opt = torch.optim.SGD(lin.parameters(), lr=0.01)
total = 0
for i in range(3):
    cost = lin(torch.randn(3, 2)).pow(2).mean()
    total = total + cost
    opt.zero_grad()
    total.backward()
    opt.step()
"""
CELL = """cell = nn.LSTMCell(2, 3)
opt = torch.optim.SGD(cell.parameters(), lr=0.1)
h = torch.zeros(1, 3)
c = torch.zeros(1, 3)
for t in range(3):
    h, c = cell(torch.randn(1, 2), (h, c))
    loss = h.sum()
    opt.zero_grad()
    loss.backward()  # and then
    opt.step()
"""
MODULE = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(2))
        self.memory = None
    def forward(self, x):
        if self.memory is None:
            self.memory = torch.zeros(2)
        self.memory = torch.tanh(self.w * x + self.memory)
        return self.memory.sum()
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for t in range(3):
    opt.zero_grad()
    net(torch.ones(2)).backward()
    opt.step()
"""
TRAIN = """def train(net, opt, data):
    hidden = None
    for x in data:
        out, hidden = net(x, hidden)
        opt.zero_grad()
        out.mean().backward()
        opt.step()
net = nn.GRU(2, 3)
train(net, torch.optim.Adam(net.parameters()), torch.randn(3, 4, 1, 2))
"""
FUNCTION = """u = torch.ones(2, requires_grad=True)
def advance(x, h):
    h = torch.tanh(x * u + h)
    loss = h.sum()
    loss.backward()
    return h
h = torch.zeros(2)
for t in range(2):
    h = advance(torch.ones(2), h)
"""
ALIAS = """u = torch.ones(2, requires_grad=True)
before = torch.zeros(2)
for t in range(3):
    z = before * u
    now = torch.tanh(z + 1)
    now.sum().backward()
    before = now
"""
LSTM = """cell = nn.LSTM(2, 3)
opt = torch.optim.SGD(cell.parameters(), lr=0.1)
state = (torch.zeros(1, 1, 3), torch.zeros(1, 1, 3))
for t in range(3):
    y, state = cell(torch.randn(4, 1, 2), state)
    loss = y.sum()
    opt.zero_grad()
    loss.backward()
    opt.step()
"""
STATES = [
    Case(
        "recurrent network",
        RNN,
        "carried_state",
        ("`state`", f"{ABOVE + 11}", "`cell(seq, state)`", f"{ABOVE + 8}", "`loss`", "`retain_graph=True`"),
        span="loss.backward()",
        fix="    loss.backward()\n    state = state.detach()\n",
        by_hand=RNN.replace("cell(seq, state)", "cell(seq, state if state is None else state.detach())"),
    ),
    Case(
        "tuple of states",
        LSTM,
        "carried_state",
        ("`state`", f"{ABOVE + 8}"),
        fix="    state = tuple(part.detach() for part in state)\n",
        by_hand=LSTM.replace("    opt.step()", "    opt.step()\n    state = (state[0].detach(), state[1].detach())"),
    ),
    Case(
        "two names",
        CELL,
        "carried_state",
        ("`h`", "`c`"),
        fix="loss.backward()  # and then\n    h, c = h.detach(), c.detach()\n",
        by_hand=CELL.replace("(h, c))", "(h.detach(), c.detach()))"),
    ),
    Case(
        "attribute of a module",
        MODULE,
        "carried_state",
        ("`self.memory`", f"{ABOVE + 9}"),
        fix="        if self.memory is not None:\n            self.memory = self.memory.detach()\n",
        by_hand=MODULE.replace("+ self.memory)", "+ self.memory.detach())"),
    ),
    Case(
        "inside a function",
        TRAIN,
        "carried_state",
        ("`hidden`", "`net(x, hidden)`"),
        fix="        hidden = hidden.detach()\n",
        by_hand=TRAIN.replace("opt.step()", "opt.step()\n        hidden = hidden.detach()"),
    ),
    Case(
        "handed from call to call",
        FUNCTION,
        "carried_state",
        ("`h`",),
        fix="    h = advance(torch.ones(2), h)\n    h = h.detach()",
        by_hand=FUNCTION.replace("return h", "return h.detach()"),
    ),
    Case(
        "another name",
        ALIAS,
        "carried_state",
        ("`before`",),
        fix="    before = before.detach()",
        by_hand=ALIAS.replace("before = now", "before = now.detach()"),
    ),
    Case(
        # The derivatives of a product of two and of three: nobody can tell whether they are meant.
        "powers",
        "w = torch.tensor(2., requires_grad=True)\ny = w\nfor i in range(3):\n    y = y * w\n    y.backward()\n",
        "carried_state",
        ("`y`", "`y * w`", "`retain_graph=True`"),
    ),
]
SUMS = [
    Case(
        "running sum",
        SUM,
        "running_sum",
        ("`total`", "`total + cost`", f"{ABOVE + 7}", f"{ABOVE + 9}"),
        tensors="total",
        fix="    total = total + cost.detach()\n    opt.zero_grad()\n    cost.backward()",
        by_hand=SUM.replace("total.backward", "cost.backward").replace("+ cost", "+ cost.item()"),
    ),
    Case(
        "in place",
        SUM.replace("total = total + cost", "total += cost").replace("total = 0\n", "total = torch.zeros(())\n"),
        "running_sum",
        ("`total`", "`total += cost`"),
        fix="    total += cost.detach()\n    opt.zero_grad()\n    cost.backward()",
        by_hand=SUM.replace("total.backward", "cost.backward").replace("+ cost", "+ cost.item()"),
    ),
    Case(
        "of terms without a name",
        NET + "total = torch.zeros(1)\nfor i in range(3):\n    total = total + net(x).pow(2).mean()\n    opt.zero_grad()\n"
        "    total.backward()\n    opt.step()\n",
        "running_sum",
        ("`total`",),
        fix="    total = total.detach()",
        by_hand=NET + "for i in range(3):\n    opt.zero_grad()\n    net(x).pow(2).mean().backward()\n    opt.step()\n",
    ),
    Case(
        "a step for every two terms",
        NET
        + "total = 0\nfor i in range(4):\n    total = total + net(x).pow(2).mean()\n    if i % 2:\n        opt.zero_grad()\n"
        "        total.backward()\n        opt.step()\n",
        "carried_state",
        ("`total`",),
        fix="        total = total.detach()",
        by_hand=NET
        + "for i in range(2):\n    opt.zero_grad()\n    (net(x).pow(2).mean() + net(x).pow(2).mean()).backward()\n"
        "    opt.step()\n",
    ),
    Case(
        "list of losses",
        NET + "losses = []\nfor i in range(3):\n    loss = (net(x) - 1).pow(2).mean()\n    losses.append(loss)\n"
        "    opt.zero_grad()\n    sum(losses).backward()\n    opt.step()\n",
        "kept_value",
        ("`loss`", "`sum(losses)`", f"{ABOVE + 6}", f"{ABOVE + 9}"),
        fix="    losses.clear()",
        by_hand=NET + "for i in range(3):\n    loss = (net(x) - 1).pow(2).mean()\n    opt.zero_grad()\n    loss.backward()\n"
        "    opt.step()\n",
    ),
]
LOOP = "for i in range(3):\n    loss = {}\n    opt.zero_grad()\n    loss.backward()\n    opt.step()\n"
ONCE = [
    Case(
        "term made before the loop",
        NET + "reg = (net.weight ** 2).sum()\n" + LOOP.format("net(x).mean() + 0.1 * reg"),
        "computed_once",
        ("`reg`", "`net.weight`", f"{ABOVE + 4}", f"{ABOVE + 8}"),
        tensors="reg net.weight",
        fix="for i in range(3):\n    reg = (net.weight ** 2).sum()\n    loss",
        by_hand=NET + LOOP.format("net(x).mean() + 0.1 * (net.weight ** 2).sum()"),
    ),
    Case(
        "loss made before the loop",
        NET + "out = net(x)\nloss = (out - 1).pow(2).mean()\nfor i in range(3):\n    opt.zero_grad()\n    loss.backward()\n"
        "    opt.step()\n",
        "computed_once",
        ("`loss`", "`net.weight`"),
        fix="    out = net(x)\n    loss = (out - 1).pow(2).mean()\n    loss.backward()",
        by_hand=NET + LOOP.format("(net(x) - 1).pow(2).mean()"),
    ),
    Case(
        "pass after a step",
        NET + "loss = (net(x) - 1).pow(2).mean()\nloss.backward()\nopt.step()\nopt.zero_grad()\nloss.backward()\n",
        "computed_once",
        ("`loss`", f"{ABOVE + 5}"),
        fix="opt.zero_grad()\nloss = (net(x) - 1).pow(2).mean()\nloss.backward()",
        by_hand=NET
        + "(net(x) - 1).pow(2).mean().backward()\nopt.step()\nopt.zero_grad()\n(net(x) - 1).pow(2).mean().backward()\n",
    ),
    Case(
        "loss that a closure does not compute",
        "w = torch.ones(2, requires_grad=True)\nopt = torch.optim.LBFGS([w], max_iter=3)\nloss = (w ** 2).sum()\n"
        "def closure():\n    opt.zero_grad()\n    loss.backward()\n    return loss\nopt.step(closure)\n",
        "computed_once",
        ("`loss`", "`w`"),
        fix="    loss = (w ** 2).sum()\n    loss.backward()",
        by_hand="w = torch.ones(2, requires_grad=True)\nopt = torch.optim.LBFGS([w], max_iter=3)\n"
        "def closure():\n    opt.zero_grad()\n    loss = (w ** 2).sum()\n    loss.backward()\n    return loss\n"
        "opt.step(closure)\n",
    ),
]
GAN = """G = nn.Linear(2, 2)
D = nn.Linear(2, 1)
og = torch.optim.SGD(G.parameters(), lr=0.1)
od = torch.optim.SGD(D.parameters(), lr=0.1)
for i in range(2):
    fake = torch.tanh(G(torch.randn(3, 2)))
    d_loss = D(fake).mean()
    od.zero_grad()
    d_loss.backward()
    od.step()
    g_loss = -D(fake).mean()
    og.zero_grad()
    g_loss.backward()
    og.step()
"""
SHARED = [
    Case(
        "generator and discriminator",
        GAN,
        "shared_by_two",
        ("`fake`", "`g_loss`", "`D.weight`", f"{ABOVE + 9}"),
        tensors="fake g_loss",
        fix="d_loss = D(fake.detach()).mean()",
        by_hand=GAN.replace("d_loss = D(fake)", "d_loss = D(fake.detach())"),
    ),
    Case(
        "two losses of one graph",
        "x = torch.ones(3, requires_grad=True)\nh = x * x\na = h.sum()\nb = (h * h).sum()\na.backward()\nb.backward()\n",
        "backward_twice",
        ("`h`", "`b`", f"{ABOVE + 5}"),
        tensors="h b",
        fix="a.backward(retain_graph=True)",
        by_hand="x = torch.ones(3, requires_grad=True)\nh = x * x\n(h.sum() + (h * h).sum()).backward()",
    ),
    Case(
        "row by row",
        "x = torch.ones(3, requires_grad=True)\ny = x ** 2\nfor i in range(3):\n    x.grad = None\n    y[i].backward()\n",
        "backward_twice",
        ("`y`",),
        fix="y[i].backward(retain_graph=True)",
    ),
    Case(
        "gradient, then pass",
        "x = torch.ones(3, requires_grad=True)\ny = (x ** 2).sum()\ng, = torch.autograd.grad(y, x)\ny.backward()\n",
        "backward_twice",
        ("`y`", f"{ABOVE + 3}"),
        fix="torch.autograd.grad(y, x, retain_graph=True)",
    ),
    Case(
        "what a function had saved",
        "x = torch.ones(3, requires_grad=True)\ny = x ** 2\ny.sum().backward()\ny.grad_fn._saved_self\n",
        "saved_values_freed",
        ("`y.grad_fn._saved_self`",),
        fix="y.sum().backward(retain_graph=True)",
    ),
]


@pytest.mark.parametrize("case", [*STATES, *SUMS, *ONCE, *SHARED], ids=lambda case: case.name)
def test_what_led_into_a_freed_graph_is_named(case: Case) -> None:
    check(case)
