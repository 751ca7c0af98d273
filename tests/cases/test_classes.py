"""Mistakes in classes of layers, and in what is done with models."""

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
        "viz_model_itself",
        "import torch.nn as nn\n"
        "from torchviz import make_dot\n"
        "net = nn.Sequential(nn.Linear(2, 2), nn.ReLU())\n"
        "make_dot(net)",
        "drawn_model",
        ("`net`", "`Sequential`", "`make_dot(net(x))`"),
        never=("tensor 1", "第 1 个张量"),
    ),
    Case(
        "sparse_embedding",
        "import torch.nn as nn\n"
        "emb = nn.Embedding(5, 2, sparse=True)\n"
        "opt = torch.optim.Adam(emb.parameters(), lr=0.1)\n"
        "emb(torch.tensor([1, 3])).sum().backward()\n"
        "opt.step()",
        "sparse_gradient",
        ("`Adam`",),
        never=("tensor 1", "第 1 个张量"),
        fix="emb = nn.Embedding(5, 2, sparse=False)",
        by_hand="emb = nn.Embedding(5, 2)\nemb(torch.tensor([1, 3])).sum().backward()",
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
        "name_of_self",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(3, 1)\n"
        "    def forward(self, x):\n"
        "        return fc(x)\n"
        "y = Net()(torch.ones(2, 3))",
        "name_of_self",
        ("`fc`", "`self.fc`"),
        fix="return self.fc(x)",
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
    Case(
        "forward_none",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc1 = nn.Linear(3, 1)\n"
        "    def forward(self, x):\n"
        "        y = self.fc1(x)\n"
        "net = Net()\n"
        "loss = net(torch.ones(2, 3)).sum()",
        "no_return",
        ("`Net.forward`",),
        fix="return y",
    ),
    Case(
        "fn_none",
        "def f(x):\n    y = x * 2\nz = f(torch.ones(2)) + 1",
        "no_return",
        ("`f`",),
        fix="return y",
    ),
    Case(
        "fwd_args",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc1 = nn.Linear(3, 1)\n"
        "    def forward(self, x, mask):\n"
        "        return self.fc1(x)\n"
        "net = Net()\n"
        "net(torch.ones(2, 3))",
        "arguments_missing",
        ("`net(torch.ones(2, 3))`", "`Net.forward`", "`mask`"),
    ),
    Case(
        "fwd_args_more",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc1 = nn.Linear(3, 1)\n"
        "    def forward(self, x):\n"
        "        return self.fc1(x)\n"
        "net = Net()\n"
        "net(torch.ones(2, 3), torch.ones(2, 3))",
        "too_many_arguments",
        ("`net(torch.ones(2, 3), torch.ones(2, 3))`", "`Net.forward`"),
    ),
    Case(
        "class_called",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc1 = nn.Linear(3, 1)\n"
        "    def forward(self, x):\n"
        "        return self.fc1(x)\n"
        "y = Net(torch.ones(2, 3))",
        "layer_as_function",
        ("`Net(torch.ones(2, 3))`", "`Net`", "`Net(…)(x)`"),
        fix="y = Net()(torch.ones(2, 3))",
    ),
    Case(
        "class_called4",
        "x = torch.ones(2, 3)\ny = nn.Sigmoid(x)",
        "layer_as_function",
        ("`nn.Sigmoid(x)`", "`Sigmoid`", "`nn.Sigmoid()(x)`"),
        fix="y = nn.Sigmoid()(x)",
    ),
    Case(
        "class_called5",
        "x = torch.ones(2, 3)\ny = nn.ReLU(x) + 1",
        "layer_as_tensor",
        ("`nn.ReLU(…)`", "`ReLU`", "`nn.ReLU()(x)`"),
    ),
    Case(
        "cuda_module_none",
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.layers = [nn.Linear(2, 2), nn.Linear(2, 1)]\n"
        "    def forward(self, x):\n"
        "        return self.layers(x)\n"
        "Net()(torch.ones(1, 2))",
        "list_called",
        ("`self.layers`", "`self.layers(x)`"),
        fix="self.layers = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))",
    ),
    Case(
        "mod_iter",
        "m = nn.Linear(2, 2)\nfor l in m: pass",
        "layer_no_list",
        ("`m`", "`Linear`", "`for l in m: pass`"),
    ),
    Case(
        "lsd_missing",
        "net = nn.Linear(3, 2)\nnet.load_state_dict({'weight': torch.zeros(2, 3)})",
        "state_dict_keys",
        ("`Linear`", "`bias`"),
    ),
    Case(
        "lsd_size",
        "a = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))\n"
        "b = nn.Sequential(nn.Linear(3, 5), nn.Linear(5, 2))\n"
        "b.load_state_dict(a.state_dict())",
        "state_dict_sizes",
        ("`Sequential`",),
    ),
    Case(
        "lsd_unexp",
        "a = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))\n"
        "b = nn.Sequential(nn.Linear(3, 4))\n"
        "b.load_state_dict(a.state_dict())",
        "state_dict_keys",
        ("`Sequential`", "`1.weight`", "`1.bias`"),
    ),
    Case(
        "lsd_prefix",
        "a = nn.Linear(3, 4)\nb = nn.Linear(3, 4)\nb.load_state_dict({'module.' + k: v for k, v in a.state_dict().items()})",
        "state_dict_keys",
        ("`Linear`", "`weight`", "`bias`", "`module.weight`", "`module.bias`"),
    ),
    Case(
        "lsd_module",
        "a = nn.Linear(3, 4)\nb = nn.Linear(3, 4)\nb.load_state_dict(a)",
        "state_dict_kind",
        ("`Linear`",),
        fix="b.load_state_dict(a.state_dict())",
    ),
    Case(
        "seq_list",
        "net = nn.Sequential([nn.Linear(2, 2), nn.ReLU()])",
        "layers_in_list",
        ("`nn.Sequential([nn.Linear(2, 2), nn.ReLU()])`",),
        fix="net = nn.Sequential(*[nn.Linear(2, 2), nn.ReLU()])",
    ),
    Case(
        "seq_class",
        "net = nn.Sequential(nn.Linear(2, 2), nn.ReLU)",
        "layer_not_made",
        ("`ReLU`", "`nn.Sequential(nn.Linear(2, 2), nn.ReLU)`", "`nn.ReLU()`"),
        fix="net = nn.Sequential(nn.Linear(2, 2), nn.ReLU())",
    ),
    Case(
        "seq_func",
        "net = nn.Sequential(nn.Linear(2, 2), torch.relu)",
        "no_module",
        ("`relu`", "`nn.Sequential(nn.Linear(2, 2), torch.relu)`"),
    ),
    Case(
        "modlist",
        "net = nn.ModuleList([nn.Linear(2, 2), nn.ReLU()])\ny = net(torch.ones(1, 2))",
        "module_list_called",
        ("`nn.ModuleList`", "`net(torch.ones(1, 2))`"),
    ),
    Case(
        "drawn_result",
        "from torchviz import make_dot\n"
        "model = nn.Linear(3, 1)\n"
        "x = torch.ones(1, 3)\n"
        "y = model(x)\n"
        "dot = make_dot(model, params=dict(model.named_parameters()))",
        "drawn_model",
        ("`model`", "`Linear`", "`make_dot(model(x))`"),
        fix="dot = make_dot(y, params=dict(model.named_parameters()))",
    ),
    Case(
        "drawn_number",
        "from torchviz import make_dot\nw = torch.ones(1, requires_grad=True)\ndot = make_dot((w * 2).item())",
        "drawn_number",
        ("`float`",),
    ),
    Case(
        "sparse4",
        "emb = nn.Embedding(5, 2, sparse=True)\n"
        "opt = torch.optim.SGD(emb.parameters(), lr=0.1, weight_decay=0.1)\n"
        "emb(torch.tensor([1, 3])).sum().backward()\n"
        "opt.step()",
        "sparse_gradient",
        ("`sparse=True`", "`weight_decay`", "`SGD`", "`Adagrad`", "`SparseAdam`"),
        fix="emb = nn.Embedding(5, 2, sparse=False)",
    ),
    Case(
        "sparseadam",
        "l = nn.Linear(2, 2)\n"
        "opt = torch.optim.SparseAdam(l.parameters(), lr=0.1)\n"
        "l(torch.ones(1, 2)).sum().backward()\n"
        "opt.step()",
        "dense_gradient",
        ("`SparseAdam`", "`sparse=True`", "`Adam`"),
        fix="opt = torch.optim.Adam(l.parameters(), lr=0.1)",
    ),
    Case(
        "opt_list",
        "net = nn.Linear(3, 4)\no = torch.optim.SGD(net, lr=0.1)",
        "optimiser_of_model",
        ("`Linear`", "parameters()"),
        fix="o = torch.optim.SGD(net.parameters(), lr=0.1)",
    ),
    Case(
        "opt_params_attr",
        "net = nn.Linear(3, 4)\no = torch.optim.SGD(net.parameters, lr=0.1)",
        "optimiser_of_model",
        ("`method`",),
        fix="o = torch.optim.SGD(net.parameters(), lr=0.1)",
    ),
    Case(
        "opt_lr",
        "net = nn.Linear(3, 4)\no = torch.optim.SGD(net.parameters(), lr=-0.1)",
        "learning_rate",
        ("`-0.1`",),
    ),
    Case(
        "lbfgs",
        "l = nn.Linear(2, 2)\nopt = torch.optim.LBFGS(l.parameters())\nl(torch.ones(1, 2)).sum().backward()\nopt.step()",
        "closure_missing",
        ("`LBFGS`",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_error_is_explained_as_it_should_be(case: Case) -> None:
    check(case)
