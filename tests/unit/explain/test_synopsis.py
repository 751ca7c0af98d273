"""What is said of a program where it is linked, from its source alone."""

import textwrap
from typing import NamedTuple

import pytest
from tensorpad.explain.synopsis.parsing import CHARS
from tensorpad.explain.synopsis.synopsis import Synopsis, synopsis
from tensorpad.texts import CATALOGUES, Lang

LANGS: tuple[Lang, ...] = ("en", "zh-CN")


class Told(NamedTuple):
    """A program, and what is said of it in English: its title, and its description without the count of lines."""

    program: str
    title: str
    text: str


PROGRAMS = {
    "first gradient": Told(
        "import torch\nx = torch.ones(2, 2, requires_grad=True)\nout = ((x + 2) ** 2).mean()\nout.backward()\nx.grad",
        "The gradient of out = ((x + 2) ** 2).mean()",
        "Makes x (2 × 2, requires grad), computes out = ((x + 2) ** 2).mean(), runs out.backward(), and shows x.grad.",
    ),
    "one tensor": Told("x = torch.empty(5, 3)\nx", "x = torch.empty(5, 3)", "Makes x (5 × 3) and shows x."),
    "part of a notebook": Told("y = x + 2\nprint(y)", "y = x + 2", "Computes y = x + 2 and shows y."),
    "sizes by name": Told(
        "n = 4\nm = n * 2\na = torch.zeros((n, m))\nb = torch.randn_like(a)",
        "b = torch.randn_like(a)",
        "Makes a (4 × 8) and b (4 × 8).",
    ),
    "sizes of data": Told(
        "data = [[1, 2, 3], [4, 5, 6]]\nx = torch.tensor(data)\ny = torch.arange(12).view(3, -1)\nz = torch.Tensor(2, 5)",
        "z = torch.Tensor(2, 5)",
        "Makes x (2 × 3), y (3 × 4) and z (2 × 5).",
    ),
    "scalar": Told("x = torch.tensor(-3.0, requires_grad=True)", "x = torch.tensor(-3.0, requires_grad=True)",
                   "Makes x = -3.0 (requires grad)."),
    "parameter": Told("w = nn.Parameter(torch.zeros(3))", "w = nn.Parameter(torch.zeros(3))",
                      "Makes w (3 elements, parameter)."),
    "gradient asked for later": Told(
        "a = torch.randn(2, 2)\na.requires_grad_(True)\nb = torch.ones(1)\nb.requires_grad = True",
        "b = torch.ones(1)",
        "Makes a (2 × 2, requires grad) and b (1 element, requires grad).",
    ),
    "numpy": Told(
        "import numpy as np\na = np.ones(5)\nb = a.sum()\nb",
        "b = a.sum()",
        "Makes a (5 elements), computes b = a.sum(), and shows b.",
    ),
    "in place": Told(
        "x = torch.arange(3.)\nx.add_(1)\nx[0] = 5\nx += 1",
        "x += 1",
        "Makes x (3 elements) and runs x.add_(1), x[0] = 5 and x += 1 in place.",
    ),
    "plain values are no results": Told(
        "x = torch.ones(2)\nn = len(x)\nbefore = id(x)\nlog = []\nvalue = x.sum().item()\nx.shape, n",
        "x = torch.ones(2)",
        "Makes x (2 elements) and shows x.shape.",
    ),
    "model": Told(
        "model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1))\ny = model(torch.ones(4, 2))",
        "y = model(torch.ones(4, 2))",
        "Builds model = Linear(2, 8) → ReLU → Linear(8, 1) and computes y = model(torch.ones(4, 2)).",
    ),
    "training": Told(
        """
        import torch
        from torch import nn, optim
        x, y = torch.randn(8, 2), torch.randn(8, 1)
        model = nn.Linear(2, 1)
        loss_fn = nn.MSELoss()
        opt = optim.SGD(model.parameters(), lr=0.1)
        steps = 100
        for step in range(steps):
            opt.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            opt.step()
        """,
        "Training model with SGD",
        "Makes x (8 × 2) and y (8 × 1), builds model = Linear(2, 1), and trains model in 100 rounds with SGD.",
    ),
    "training in a function": Told(
        """
        net = nn.Linear(1, 1)
        opt = torch.optim.Adam(list(net.parameters()))
        def train(x):
            for epoch in range(2, 5):
                net(x).sum().backward()
                opt.step()
        """,
        "Training net with Adam",
        "Defines train(), builds net = Linear(1, 1), and trains net in 3 rounds with Adam.",
    ),
    "training by hand": Told(
        """
        w = torch.zeros(1, requires_grad=True)
        b = torch.zeros(1, requires_grad=True)
        while True:
            ((w + b - 1) ** 2).sum().backward()
            with torch.no_grad():
                for p in (w, b):
                    p -= 0.1 * p.grad
                    p.grad = None
        """,
        "Training w and b by hand",
        "Makes w (1 element, requires grad) and b (1 element, requires grad) and trains w and b by hand.",
    ),
    "another loop": Told(
        "h = torch.zeros(3)\nfor t in range(4):\n    h = torch.tanh(h + 1)",
        "h = torch.zeros(3)",
        "Makes h (3 elements) and repeats h = torch.tanh(h + 1) 4 times.",
    ),
    "own classes": Told(
        """
        class Net(nn.Module):
            def forward(self, x):
                return x
        class Square(torch.autograd.Function):
            pass
        class Point:
            pass
        net = Net()
        """,
        "A PyTorch program",
        "Defines the module Net, the autograd function Square and the class Point and builds net = Net().",
    ),
    "drawing": Told(
        "from torchviz import make_dot\nx = torch.ones(2, requires_grad=True)\nout = x.sum()\nmake_dot(out)",
        "The computation graph of out",
        "Makes x (2 elements, requires grad), computes out = x.sum(), and draws the graph of out.",
    ),
    "more than there is room for": Told(
        "\n".join(f"{name} = torch.ones(2)" for name in "abcdefgh"),
        "h = torch.ones(2)",
        "Makes a (2 elements), 6 more and h (2 elements).",
    ),
    "a title in the first comment": Told(
        "# A first gradient.\nimport torch\nx = torch.ones(1)",
        "A first gradient",
        "Makes x (1 element).",
    ),
    "a title in a docstring": Told('"""Two leaves.\n\nAnd more."""\nx = torch.ones(1)', "Two leaves",
                              "Makes x (1 element)."),
    "a comment about one statement": Told(
        "# the input\nx = torch.ones(1)\n# the output\ny = x * 2",
        "y = x * 2",
        "Makes x (1 element) and computes y = x * 2.",
    ),
    "code that was commented out": Told("# x = torch.ones(1)\n\ny = x * 2", "y = x * 2", "Computes y = x * 2."),
    "marks of a script": Told("#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# %% Views\n\nx = a.view(4)", "Views",
                              "Computes x = a.view(4)."),
    "functions of the library": Told(
        "g, = torch.autograd.grad(y, x)\ntorch.autograd.backward(y)",
        "The gradient of y",
        "Computes g = torch.autograd.grad(y, x) and runs torch.autograd.backward(y).",
    ),
}  # fmt: skip


def told(*cells: str, lang: Lang = "en") -> Synopsis:
    return synopsis(tuple(textwrap.dedent(cell) for cell in cells), lang)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_told_by_what_it_does(name: str) -> None:
    program, title, text = PROGRAMS[name]
    found = told(program)
    assert found.title == title
    assert found.description.startswith(f"{text} ")
    assert found.description.endswith(" step by step in Tensorpad.")


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_same_is_told_in_chinese(name: str) -> None:
    found, english = told(PROGRAMS[name].program, lang="zh-CN"), told(PROGRAMS[name].program)
    assert found.description.endswith("，可在 Tensorpad 中逐步查看。")
    assert found.description.count("。") >= 2
    for verb in ("Makes", "computes", "shows", "grad)", " and "):
        assert verb not in found.description
    # The code in both is the same.
    words = CATALOGUES["en"].synopsis
    plain = words.plain_title.format(language="PyTorch")
    if english.title != plain and not english.title.startswith(("The ", "Training")):
        assert found.title == english.title


def test_cells_are_one_program_and_each_shows_its_last_expression() -> None:
    found = told("x = torch.ones(2)\nx", "y = x + 1\ny")
    assert found.description.startswith("Makes x (2 elements), computes y = x + 1, and shows x and y.")
    assert "4 lines of PyTorch" in found.description
    assert "一行 PyTorch" in told("x.grad", lang="zh-CN").description


@pytest.mark.parametrize(
    ("program", "language"),
    [
        ("print('hello')", "Python"),
        ("total = 0\nfor i in range(5):\n    total += i", "Python"),
        ("import numpy as np\na = np.ones(3)", "Python"),
        ("import torch\nprint(torch.__version__)", "PyTorch"),
        ("x.grad", "PyTorch"),
    ],
)
def test_a_program_without_torch_is_not_called_pytorch(program: str, language: str) -> None:
    found = told(program)
    assert f"of {language}, step by step" in found.description
    if "A " in found.title:
        assert found.title == f"A {language} program"


def test_a_program_without_code_is_called_empty() -> None:
    assert told("", " \n").title == "An empty program"
    assert told("", lang="zh-CN") == Synopsis("空程序", "里面还没有代码。")


def test_a_number_is_told_apart_from_a_size() -> None:
    text = "x = torch.tensor(2.)\ny = torch.ones(2)\nz = torch.ones(1)"
    assert told(text).description.startswith("Makes x = 2.0, y (2 elements) and z (1 element).")
    assert told(text, lang="zh-CN").description.startswith("创建 x = 2.0、y（2 个元素）、z（1 个元素）。")


def test_a_chinese_comment_is_the_title_in_both_languages() -> None:
    for lang in LANGS:
        assert told("# 自动求梯度\n\nx = torch.ones(2)", lang=lang).title == "自动求梯度"


def test_a_fault_of_syntax_is_told_with_its_place() -> None:
    assert told("x = (1").description == "Line 1 is not valid Python: '(' was never closed."
    found = told("x = 1", "y = 2\ny = = 3")
    assert found.title == "A program with a syntax error"
    assert found.description.startswith("Line 2 of cell 2 is not valid Python:")
    assert told("x = (1", lang="zh-CN").description.startswith("第 1 行不是合法的 Python：")


HOSTILE = {
    "empty": "",
    "blank": " \n\t\n",
    "markup": "# </title></script><script>alert(1)</script>\nx = '\"><img src=x onerror=alert(1)>'",
    "null character": "x = 1\0",
    "lone surrogate": "x = '\ud800'",
    "right to left": "# \u202egnp.exe\u202c\nx = '\u2066\u202e'",
    "deep brackets": "(" * 5_000 + ")" * 5_000,
    "deep brackets on lines": "x = " + "[\n" * 5_000,
    "many signs": "x = " + "-" * 12_000 + "1",
    "long chain": "x = " + "+".join(["1"] * 6_000),
    "long attribute": "x" + ".a" * 6_000,
    "deep blocks": "".join(f"{' ' * level}if x:\n" for level in range(99)) + " " * 99 + "y",
    "endless text": 'x = "' + "a" * 15_000,
    "far too long": "x = torch.ones(2)\n" * 20_000,
    "braces": "# {name} {0} {}\n\n{items} = {count}",
    "huge size": "x = torch.ones(10 ** 5, 99999999999999999999999, 1 << 9999999)",
    "huge product": f"a = {'9' * 4000}\nx = torch.ones(a * a, a * a * a)",
    "many dimensions": f"x = torch.ones({'2, ' * 900})",
    "bad escape": "x = '\\d'",
    "form feed": "# \x0c\x0b\x1c title \x85\nx\x0c= 1",
    "walrus and match": "match x:\n    case [y, *z]: pass\nprint(w := torch.ones(2))\nasync def f(): await g()",
    "star": "a, *b = torch.ones(3)\n[c, (d, e)] = x\nf[0], g.h = x\ntorch.tensor([*x])\nprint(*a, **{})",
    "no arguments": "torch.tensor()\nx = torch.ones()\ny = torch.arange()\nz = nn.Parameter()\ntorch.optim.SGD()\n"
    "o = torch.optim.SGD()\nm = make_dot()\nt = torch.eye()\ntorch.autograd.backward()\nfor i in range(): x.backward()",
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", HOSTILE)
def test_any_source_has_a_title_and_a_description_of_bounded_length(name: str, lang: Lang) -> None:
    found = told(HOSTILE[name], HOSTILE[name], lang=lang)
    assert 0 < len(found.title) <= 160
    assert 0 < len(found.description) <= 400
    assert "\n" not in found.title + found.description


def test_a_program_of_the_longest_length_is_read() -> None:
    filler = "# a line of no interest\n" * ((CHARS - 200) // 24)
    assert told(f"{filler}x = torch.ones(2)").description.startswith("Makes x (2 elements).")
