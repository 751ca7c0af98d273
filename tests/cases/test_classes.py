"""Mistakes in the classes of models: constructors, `forward`, and their names."""

import pytest

from tests.support.cases import Case, check

CASES = [
    Case(
        "init_misspelt",
        "import torch.nn as nn\n"
        "class Net(nn.Module):\n"
        "    def _init_(self):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "    def forward(self, x):\n"
        "        return self.fc(x)\n"
        "net = Net()\n"
        "print(net(torch.randn(2, 3)))",
        "init_misspelt",
        ("`Net`", "`_init_`"),
        never=("tensor 1", "第 1 个张量"),
        fix="def __init__(self):",
    ),
    Case(
        "no_super_init",
        "import torch.nn as nn\n"
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "net = Net()",
        "super_init",
        ("`self.fc`", "`__init__`"),
        never=("tensor 1", "第 1 个张量"),
        fix="super().__init__()",
    ),
    Case(
        "init_args",
        "class Net(nn.Module):\n"
        "    def __int__(self, n):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(n, 1)\n"
        "    def forward(self, x):\n"
        "        return self.fc(x)\n"
        "net = Net(3)",
        "init_misspelt",
        ("`Net`", "`__int__`"),
        fix="def __init__(self, n):",
    ),
    Case(
        "init_misspelt_opt",
        "class Net(nn.Module):\n"
        "    def __int__(self):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "    def forward(self, x):\n"
        "        return self.fc(x)\n"
        "net = Net()\n"
        "o = torch.optim.SGD(net.parameters(), lr=0.1)",
        "init_misspelt",
        ("`Net`", "`__int__`"),
        fix="def __init__(self):",
    ),
    Case(
        "no_super2",
        "class Net(nn.Module):\n    def __init__(self):\n        self.w = nn.Parameter(torch.ones(3))\nnet = Net()",
        "super_init",
        ("`self.w`", "`__init__`"),
        fix="super().__init__()",
    ),
    Case(
        "no_super3",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        self.n = 3\n"
        "    def forward(self, x):\n"
        "        return x * self.n\n"
        "net = Net()\n"
        "net(torch.ones(2))",
        "super_init",
        ("`net(torch.ones(2))`", "`__init__`"),
        fix="super().__init__()",
    ),
    Case(
        "no_super5",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "net = Net()",
        "super_init",
        ("`self.fc`",),
        fix="super().__init__()",
    ),
    Case(
        "no_super6",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super(Net).__init__()\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "net = Net()",
        "super_init",
        ("`self.fc`", "`super(Net).__init__`", "`super().__init__`"),
        fix="super().__init__()",
    ),
    Case(
        "no_super7",
        "class Net(nn.Module):\n"
        "    def __init__(self, n):\n"
        "        super().__init__(n)\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "net = Net(3)",
        "super_arguments",
        ("`super().__init__(n)`", "`n`"),
        fix="super().__init__()",
    ),
    Case(
        "no_super9",
        "class Block(nn.Module):\n"
        "    def __init__(self, n):\n"
        "        self.n = n\n"
        "        self.fc = nn.Linear(n, n)\n"
        "    def forward(self, x):\n"
        "        return self.fc(x)\n"
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.b = Block(3)\n"
        "net = Net()",
        "super_init",
        ("`self.fc`", "`__init__`"),
        fix="super().__init__()",
    ),
    Case(
        "foward",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "    def foward(self, x):\n"
        "        return self.fc(x)\n"
        "net = Net()\n"
        "print(net(torch.randn(2, 3)))",
        "forward_misspelt",
        ("`Net`", "`foward`"),
        fix="def forward(self, x):",
    ),
    Case(
        "forward_indent",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "        def forward(self, x):\n"
        "            return self.fc(x)\n"
        "net = Net()\n"
        "print(net(torch.randn(2, 3)))",
        "forward_nested",
        ("`Net`",),
        fix="def forward(self, x):",
    ),
    Case(
        "forward_outside",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "def forward(self, x):\n"
        "    return self.fc(x)\n"
        "net = Net()\n"
        "print(net(torch.randn(2, 3)))",
        "forward_outside",
        ("`Net`",),
    ),
    Case(
        "noforward",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "net = Net()\n"
        "print(net(torch.randn(2, 3)))",
        "forward_missing",
        ("`Net`",),
    ),
    Case(
        "no_self",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "    def forward(x):\n"
        "        return x\n"
        "net = Net()\n"
        "net(torch.ones(2, 3))",
        "method_without_self",
        ("`Net.forward`",),
        fix="def forward(self, x):",
    ),
    Case(
        "local_layer",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        fc = nn.Linear(3, 1)\n"
        "    def forward(self, x):\n"
        "        return self.fc(x)\n"
        "net = Net()\n"
        "net(torch.ones(2, 3))",
        "local_layer",
        ("`fc`", "`Net`", "`self.fc`"),
        fix="self.fc = nn.Linear(3, 1)",
    ),
    Case(
        "param_update",
        "net = nn.Linear(2, 1)\nnet.weight = net.weight - 0.1",
        "parameter_assigned",
        ("`net.weight`",),
        fix="with torch.no_grad():",
    ),
    Case(
        "regparam",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.register_parameter('w', torch.zeros(3))\n"
        "net = Net()",
        "parameter_assigned",
        ("`w`",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_error_is_explained_as_it_should_be(case: Case) -> None:
    check(case)
