"""Errors of data sets, indices, matrices and models whose message tells the cause."""

import pytest

from tests.support.cases import Case, check

LOADER = "from torch.utils.data import DataLoader, Dataset, TensorDataset\n"
CASES = [
    Case(
        "array for a convolution",
        "conv = nn.Conv2d(3, 6, 3)\nimg = np.zeros((1, 3, 8, 8), dtype=np.float32)\nconv(img)",
        "array_for_tensor",
        ("`conv(img)`",),
        fix="conv(torch.from_numpy(img).float())",
    ),
    Case(
        "dictionary for a layer", "net = nn.Linear(2, 1)\nb = {'x': 1}\nnet(b)", "other_for_tensor", ("`dict`", "`net(b)`")
    ),
    Case(
        "list of numbers stacked",
        "xs = [1.0, 2.0]\nm = torch.stack(xs)",
        "element_no_tensor",
        ("`float`", "0"),
        fix="m = torch.tensor(xs)",
    ),
    Case(
        "actions as an index",
        "def chosen(q, a):\n    return q.gather(1, a)\nchosen(torch.randn(4, 2), torch.tensor([0, 1, 1, 0]))",
        "index_dimensions",
        ("`q`", "`(4, 2)`", "`a`", "`(4,)`"),
        fix="q.gather(1, a.unsqueeze(1))",
    ),
    Case("argument of torch missing", "torch.ones(2, 3).transpose(0)", "torch_argument_missing", ("`transpose`", "`dim1`")),
    Case(
        "what load_state_dict returned, called",
        "m = nn.Linear(2, 2)\nn = nn.Linear(2, 2).load_state_dict(m.state_dict())\nn(torch.ones(1, 2))",
        "loaded_model",
        ("load_state_dict",),
        ("`*`",),
    ),
    Case(
        "parameters of a class",
        "class N(nn.Module):\n    pass\nopt = torch.optim.SGD(N.parameters(), lr=0.1)",
        "class_not_made",
        ("`N.parameters()`",),
    ),
    Case(
        "backward of an optimiser",
        "net = nn.Linear(2, 1)\nopt = torch.optim.Adam(net.parameters())\nopt.backward(net(torch.ones(1, 2)).sum())",
        "optimiser_backward",
        ("`Adam`", "loss.backward()"),
    ),
    Case("scheduler of a model", "torch.optim.lr_scheduler.StepLR(nn.Linear(2, 1), 1)", "schedule_of_model", ("`Linear`",)),
    Case(
        "one_hot of floats",
        "y = torch.tensor([0., 1.])\nF.one_hot(y, 2)",
        "one_hot_dtype",
        ("`y`",),
        fix="F.one_hot(y.long(), 2)",
    ),
    Case(
        "image without a batch",
        "img = torch.rand(3, 8, 8)\nF.interpolate(img, size=(4, 4))",
        "interpolate_dimensions",
        ("`img`", "`(3, 8, 8)`"),
        fix="F.interpolate(img.unsqueeze(0), size=(4, 4))",
    ),
    Case(
        "sizes in a tensor",
        "n = torch.tensor([2, 3])\nz = torch.zeros(n)",
        "size_of_tensor",
        ("`n`",),
        fix="torch.zeros(n.tolist())",
    ),
    Case(
        "text and a loss",
        "loss = torch.tensor(0.5)\nt = 'loss: ' + loss",
        "text_and_tensor",
        ("loss",),
        fix="'loss: ' + str(loss)",
    ),
    Case(
        "batches in three names",
        LOADER + "dl = DataLoader(TensorDataset(torch.ones(4, 2), torch.ones(4)), 2)\n"
        "for i, x, y in enumerate(dl):\n    pass",
        "enumerate_unpacked",
        ("`enumerate(dl)`", "`i, (x, y)`"),
        fix="for i, (x, y) in enumerate(dl):",
    ),
    Case(
        "next of a loader",
        LOADER + "dl = DataLoader(torch.arange(6), 2)\nx = next(dl)",
        "loader_next",
        ("`next(dl)`",),
        fix="next(iter(dl))",
    ),
    Case("loader with an index", LOADER + "dl = DataLoader(torch.arange(6), 2)\ndl[0]", "loader_indexed", ("`dl[0]`",)),
    Case(
        "data set without a length",
        LOADER + "class D(Dataset):\n    def __getitem__(self, i):\n        return i\nDataLoader(D(), shuffle=True)",
        "no_length",
        ("`D`", "`__len__`"),
    ),
    Case("view of a sparse tensor", "s = torch.eye(2).to_sparse()\ns.view(-1)", "sparse_undefined", ("`view`", "`s`")),
    Case("matrix without an inverse", "torch.linalg.inv(torch.zeros(2, 2))", "singular_matrix", ("pinv",)),
    Case("forms of a function", "torch.linspace(0, 1)", "argument_types", ("`linspace`", "`(int, int)`")),
    Case("nothing plus one", "def f(x): x + 1\ny = f(torch.ones(2)) + 1", "none_operand", ("`+`", "`f(torch.ones(2)) + 1`")),
    Case(
        "loss with the output",
        "net = nn.Linear(2, 1)\ndef step():\n    out = net(torch.ones(3, 2))\n    return out.mean(), out\nloss = step()\n"
        "loss.backward()",
        "list_backward",
        ("`tuple`", "`loss`", "loss, out"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_known_error_is_explained(case: Case) -> None:
    check(case)
