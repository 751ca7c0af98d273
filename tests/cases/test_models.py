"""Mistakes in what is done with models: their parameters, their state dictionaries, their calls."""

import pytest

from tests.support.cases import Case, check

CASES = [
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
