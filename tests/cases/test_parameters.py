"""Parameters that are not trained: no optimiser holds them, no pass reaches them, no module sees them."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

IMPORTS = "import numpy as np\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"
TRAIN = """net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    opt.zero_grad()
    net(torch.ones(3, 2)).sum().backward()
    opt.step()
"""
HIDDEN = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = {layers}
        self.fc = nn.Linear(2, 1)
    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.fc(x)
"""
PLAIN = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = {scale}
        self.fc = nn.Linear(2, 1)
    def forward(self, x):
        return self.fc(x * self.scale)
"""

CASES = [
    Case(
        name="layer that forward leaves out",
        program="""
class Two(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 2)
        self.b = nn.Linear(2, 2)
    def forward(self, x):
        return self.a(x)
net = Two()
net(torch.randn(3, 2)).sum().backward()
for n, p in net.named_parameters():
    print(n, p.grad is None)
""",
        rule="unused_parameters",
        holds=("`net.b`", "`net`", "forward"),
        never=("net.a",),
        span="net = Two()",
    ),
    Case(
        name="single parameter, and a whole block, that are left out",
        program="""
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
        self.extra = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
        self.shift = nn.Parameter(torch.zeros(2))
    def forward(self, x):
        return self.body(x)
model = Net()
model(torch.ones(3, 2)).sum().backward()
""",
        rule="unused_parameters",
        holds=("`model.shift`", "`model.extra`"),
        never=("model.extra.0", "model.body"),
    ),
    Case(
        name="optimiser of the model before",
        program="""
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
net = nn.Linear(2, 1)
w0 = net.weight.clone()
loss = net(torch.randn(3, 2)).pow(2).mean()
loss.backward()
opt.step()
print(torch.equal(w0, net.weight))
""",
        rule="stale_optimizer",
        holds=("`opt`", "`net.weight`", "`net.bias`", "2"),
        span="opt = torch.optim.SGD(net.parameters(), lr=0.1)",
        fix="net = nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nw0",
    ),
    Case(
        name="layer replaced after the optimiser was made",
        program="""
net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
adam = torch.optim.Adam(net.parameters())
net[1] = nn.Linear(2, 1)
net(torch.ones(3, 2)).pow(2).mean().backward()
adam.step()
""",
        rule="stale_optimizer",
        holds=("`adam`", "`net[1].weight`", "2"),
        never=("net.0",),
    ),
    Case(
        name="half of the parameters in the optimiser",
        program="""
first, second = nn.Linear(2, 2), nn.Linear(2, 1)
opt = torch.optim.SGD(second.parameters(), lr=0.1)
for _ in range(2):
    first.zero_grad()
    opt.zero_grad()
    second(first(torch.ones(3, 2))).sum().backward()
    opt.step()
""",
        rule="unoptimized",
        holds=("`first.weight`", "`first.bias`", "`opt`", "requires_grad_(False)"),
        never=("second.weight",),
    ),
    Case(
        name="layers in a plain list",
        program=HIDDEN.format(layers="[nn.Linear(2, 2) for _ in range(2)]") + TRAIN,
        rule="hidden_layers",
        holds=("`net.layers`", "`net.parameters()`", "`nn.ModuleList`", "`net.layers[0].weight`"),
        span="self.layers = [nn.Linear(2, 2) for _ in range(2)]",
        fix="self.layers = nn.ModuleList([nn.Linear(2, 2) for _ in range(2)])",
        by_hand=IMPORTS + HIDDEN.format(layers="nn.Sequential(*(nn.Linear(2, 2) for _ in range(2)))") + TRAIN,
    ),
    Case(
        name="layers in a plain dictionary over several lines",
        program="""
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = {
            "a": nn.Linear(2, 1),
            "b": nn.Linear(2, 1),
        }
        self.body = nn.Linear(2, 2)
    def forward(self, x):
        return self.heads["a"](self.body(x)) + self.heads["b"](x)
"""
        + TRAIN,
        rule="hidden_layers",
        holds=("`net.heads`", "`nn.ModuleDict`", "`net.heads['a'].weight`"),
        fix="self.heads = nn.ModuleDict({\n",
    ),
    Case(
        name="layers appended to a plain list, without an optimiser",
        program="""
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = []
        for _ in range(2):
            self.blocks.append(nn.Linear(2, 2))
    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x
net = Net()
net(torch.ones(1, 2)).sum().backward()
print(list(net.parameters()))
""",
        rule="hidden_layers",
        holds=("`net.blocks`", "`net.blocks[1].bias`"),
        fix="self.blocks = nn.ModuleList([])",
    ),
    Case(
        name="leaf that is a mere attribute",
        program=PLAIN.format(scale="torch.ones(2, requires_grad=True)") + TRAIN,
        rule="plain_attribute",
        holds=("`net.scale`", "`net.parameters()`", "`nn.Parameter`"),
        span="self.scale = torch.ones(2, requires_grad=True)",
        fix="self.scale = nn.Parameter(torch.ones(2, requires_grad=True))",
        by_hand=IMPORTS + PLAIN.format(scale="nn.Parameter(torch.ones(2))") + TRAIN,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_untrained_parameters_are_explained(case: Case) -> None:
    check(case)


def test_a_list_of_layers_that_are_registered_too_is_not_named() -> None:
    program = (
        HIDDEN.format(layers="[nn.Linear(2, 2)]")
        .replace("[nn.Linear(2, 2)]\n", "[]\n")
        .replace(
            "        self.fc = nn.Linear(2, 1)\n",
            "        self.one, self.fc = nn.Linear(2, 2), nn.Linear(2, 1)\n        self.layers = [self.one]\n",
        )
    )
    assert not explained(program + TRAIN).notices()


def test_hidden_layers_that_the_program_steps_by_hand_are_not_named() -> None:
    program = HIDDEN.format(layers="[nn.Linear(2, 2)]") + TRAIN.replace(
        "net.parameters()", "[*net.parameters(), *net.layers[0].parameters()]"
    )
    assert not explained(program).notices()
