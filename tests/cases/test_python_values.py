"""Tensors where Python compares, counts, loops or takes values apart."""

import pytest

from tests.support.cases import Case, check

CASES = [
    Case(
        "larger of two tensors",
        "x, y = torch.randn(3), torch.randn(3)\nz = max(x, y)",
        "compared_as_numbers",
        ("`max(x, y)`", "`(3,)`", "torch.maximum"),
        span="max(x, y)",
        fix="z = torch.maximum(x, y)",
    ),
    Case(
        "smaller of two tensors in a function",
        "def low(a, b):\n    return min(a, b)\nlow(torch.ones(2, 2), torch.zeros(2, 2))",
        "compared_as_numbers",
        ("`min(a, b)`", "`(2, 2)`"),
        fix="return torch.minimum(a, b)",
    ),
    Case(
        "sorted", "rows = [torch.zeros(2), torch.ones(2)]\nsorted(rows)", "compared_as_numbers", ("`sorted(rows)`", "key=")
    ),
    Case("in a list", "a = torch.ones(2)\nprint(a in [torch.zeros(2)])", "compared_as_numbers", ("torch.equal",)),
    Case("removed", "a = torch.ones(2)\nq = [torch.zeros(2), a]\nq.remove(a)", "compared_as_numbers", ("`q.remove(a)`",)),
    Case("truth of a mask", "x = torch.ones(3)\nif x > 0:\n    pass", "truth", ("`x > 0`", "`(3,)`"), ("torch.maximum",)),
    Case(
        "list of tensors",
        "rows = [torch.ones(2), torch.zeros(2)]\nt = torch.tensor(rows)",
        "tensors_as_numbers",
        ("`torch.tensor(rows)`", "`(2,)`", "torch.stack"),
        fix="t = torch.stack(rows)",
    ),
    Case(
        "range of a float",
        "n = torch.tensor(3.)\nfor i in range(n):\n    pass",
        "whole_number",
        ("`range(n)`", "`n`", "`torch.float32`"),
        fix="range(int(n))",
    ),
    Case(
        "list as a factor",
        "x = torch.ones(2)\ny = x * [1, 2]",
        "list_operand",
        ("`x * [1, 2]`", "`x`"),
        fix="x * torch.tensor([1, 2])",
    ),
    Case(
        "chunks into more names",
        "h = torch.ones(1, 8)\nq, k, v = h.chunk(2, dim=-1)",
        "values_unpacked",
        ("`h.chunk(2, dim=-1)`", "2", "3"),
        ("dimension 0", "第 0 维"),
    ),
    Case(
        "states of an LSTM flat",
        "lstm = nn.LSTM(2, 3)\nout, h, c = lstm(torch.ones(4, 1, 2))",
        "module_unpacked",
        ("`(output, (h, c))`", "nn.LSTM"),
        ("dimension 0", "第 0 维"),
        fix="out, (h, c) = lstm(",
    ),
    Case("one tensor into names", "a, b = torch.ones(3)", "tensor_unpacked", ("`(3,)`", "3", "2")),
    Case(
        "recurrent layer before another",
        "net = nn.Sequential(nn.LSTM(3, 4), nn.Linear(4, 1))\nnet(torch.randn(5, 2, 3))",
        "module_tuple",
        ("`net[0]`", "`(output, (h, c))`"),
    ),
    Case(
        "row that an embedding does not have",
        "emb = nn.Embedding(10, 3)\ntokens = torch.tensor([[1, -1], [2, 3]])\nemb(tokens)",
        "embedding_range",
        ("`tokens`", "`-1`", "10", "9"),
    ),
    Case(
        "list of predictions made a tensor",
        "net = nn.Linear(2, 1)\npreds = []\nfor i in range(3):\n    preds.append(net(torch.randn(2)))\n"
        "loss = torch.tensor(preds).mean()\nloss.backward()",
        "no_graph",
        ("`torch.tensor(preds)`",),
        fix="loss = torch.stack(preds).mean()",
    ),
    Case(
        "complex input of a layer",
        "lin = nn.Linear(3, 1)\nlin(torch.randn(2, 3, dtype=torch.cfloat))",
        "product_dtype",
        ("`torch.complex64`",),
    ),
    Case(
        "view of the wrong size before a layer",
        "x = torch.randn(4, 6, 14, 14)\nx.view(-1, 6 * 16 * 16)",
        "reshape_sizes",
        ("4704", "1536", "`(4, 1176)`", "`flatten(1)`"),
        ("1536 = 1536",),
    ),
    Case(
        "method of nothing",
        "class N(nn.Module):\n    def forward(self, x):\n        if x.dim() > 2:\n            return x\n"
        "N()(torch.ones(2)).sum()",
        "none_value",
        ("`N()(torch.ones(2))`", "`sum`"),
    ),
    Case(
        "column compared with a row",
        "logits = torch.randn(6, 1)\nlabels = torch.ones(6)\nacc = ((logits > 0).float() == labels).float().mean()",
        "outer_broadcast",
        ("6",),
        fix="labels.unsqueeze(1)",
    ),
    Case(
        "generator's gradients left in the discriminator",
        "G, D = nn.Linear(2, 3), nn.Linear(3, 1)\n"
        "og, od = torch.optim.SGD(G.parameters(), 0.1), torch.optim.SGD(D.parameters(), 0.1)\n"
        "for _ in range(3):\n    fake = G(torch.randn(4, 2))\n    ld = (D(torch.randn(4, 3)) - D(fake.detach())).mean()\n"
        "    ld.backward()\n    od.step()\n    lg = D(fake).mean()\n    og.zero_grad()\n    lg.backward()\n    og.step()",
        "accumulated",
        ("6", "`D.weight`"),
    ),
    Case(
        "class in the place of a model",
        "class N(nn.Module):\n    def __init__(self):\n        super().__init__()\nmodel = N\nmodel(torch.ones(1, 2))",
        "class_called",
        ("`model`", "`N`", "`model(torch.ones(1, 2))`"),
    ),
    Case(
        "mask that a layer made anew",
        "enc = nn.TransformerEncoderLayer(8, 2, batch_first=True)\n"
        "enc(torch.randn(2, 5, 8), src_mask=torch.ones(2, 5, 5).bool())",
        "attention_mask",
        ("`(2, 5, 5)`", "`(4, 5, 5)`"),
        ("zeros_like",),
    ),
    Case(
        "states of an LSTM in an attribute",
        "class M(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.lstm = nn.LSTM(3, 5)\n"
        "        self.state = (torch.zeros(1, 2, 5), torch.zeros(1, 2, 5))\n"
        "    def forward(self, x):\n        out, self.state = self.lstm(x, self.state)\n        return out[-1]\n"
        "m = M()\nopt = torch.optim.SGD(m.parameters(), lr=0.1)\nfor _ in range(3):\n    opt.zero_grad()\n"
        "    loss = m(torch.randn(4, 2, 3)).mean()\n    loss.backward()\n    opt.step()",
        "carried_state",
        ("`self.state`",),
        fix="self.state = tuple(part.detach() for part in self.state)",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_python_made_of_a_tensor_is_told(case: Case) -> None:
    check(case)
