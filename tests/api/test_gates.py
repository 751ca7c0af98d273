"""The questions in comments of a program are answered by its run, whatever program it is."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.client import Client


@pytest.fixture(scope="module")
def client(server_url: str) -> Iterator[Client]:
    with Client(server_url) as opened:
        yield opened


def asked(client: Client, *lines: str, **fields: Any) -> list[dict[str, Any]]:
    return client.run("\n".join(lines), **fields)["gates"]


# What plain PyTorch has at the place of the question is what `eval` gives there.
ANSWERS = [
    ("x = torch.zeros(2, 3)", "shape x", "str(tuple(x.shape))"),
    ("x = torch.zeros(())", "shape x", "str(tuple(x.shape))"),
    ("x = torch.zeros(2, 3)[1]", "shape x[1:]", "str(tuple(x[1:].shape))"),
    ("x = torch.arange(3)", "dtype x", "str(x.dtype)"),
    ("x = torch.arange(6).view(2, 3)", "value x", "str(x.tolist())"),
    ("x = torch.arange(6).view(2, 3)", "value x[1, -1]", "str(x[1, -1].item())"),
    ("x = torch.arange(6).view(2, 3)", "value x[:, ::2]", "str(x[:, ::2].tolist())"),
    ("x = torch.tensor([0.1, 1e-8])", "value x[0]", "'0.1'"),
    ("x = torch.tensor([0.1], dtype=torch.float64)", "value x.item()", "str(x.item())"),
    ("x = torch.tensor([float('nan'), float('inf')])", "value x", "str(x.tolist())"),
    ("x = torch.tensor([True])", "value x", "str(x.tolist())"),
    ("x = torch.tensor([1 + 2j])", "value x", "str(x.tolist())"),
    ("x = 3 * 4", "value x", "str(x)"),
    ("x = torch.zeros(2).shape", "value x", "str(tuple(x))"),
    ("x = torch.zeros(2, 3).t()", "value x.stride()", "str(x.stride())"),
    ("x = torch.zeros(2, 3, requires_grad=True)", "value x.requires_grad", "str(x.requires_grad)"),
    ("x = torch.zeros(2, requires_grad=True) * 2", "value x.is_leaf", "str(x.is_leaf)"),
    ("x = torch.zeros(2, requires_grad=True) * 2", "value x.grad_fn", "type(x.grad_fn).__name__"),
    ("x = torch.zeros(2); x.add_(1)", "value x._version", "str(x._version)"),
    ("x = torch.ones(2, requires_grad=True); (x * x).sum().backward()", "grad x", "str(x.grad.tolist())"),
    ("x = torch.ones(2, requires_grad=True); (x * x).sum().backward()", "value x.grad[0]", "str(x.grad[0].item())"),
    ("x = torch.ones(2, requires_grad=True); y = x * 2; y.sum().backward()", "grad y", "'None'"),
    (
        "x = torch.ones(2, requires_grad=True); y = x * 2; y.retain_grad(); y.sum().backward()",
        "grad y",
        "str(y.grad.tolist())",
    ),
    ("x = torch.ones(1, requires_grad=True); [(x * i).backward() for i in (2.0, 3.0)]", "grad x", "str(x.grad.tolist())"),
    ("x = torch.ones(1, requires_grad=True); x.sum().backward(); x.grad = None", "grad x", "str(x.grad)"),
    ("x = torch.zeros(4); y = x[1:]", "shares x y", "str(x.untyped_storage().data_ptr() == y.untyped_storage().data_ptr())"),
    (
        "x = torch.zeros(4); y = x.clone()",
        "shares x y",
        "str(x.untyped_storage().data_ptr() == y.untyped_storage().data_ptr())",
    ),
    ("x = torch.zeros(4); y = x.numpy()", "shares x y", "'True'"),
    ("m = torch.nn.Sequential(torch.nn.Linear(2, 3))", "shape m[0].weight", "str(tuple(m[0].weight.shape))"),
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("code", "question", "truth"), ANSWERS, ids=[f"{question}: {code}" for code, question, _ in ANSWERS]
)
def test_answer_is_what_plain_torch_has(client: Client, code: str, question: str, truth: str) -> None:
    import torch

    names: dict[str, Any] = {"torch": torch}
    exec(code, names)
    (gate,) = asked(client, "import torch", code, f"#? {question}")
    assert (gate["problem"], gate["answer"]) == (None, eval(truth, names))


def test_answer_is_that_of_its_place(client: Client) -> None:
    gates = asked(
        client, "import torch", "x = torch.zeros(2)", "#? value x", "x += 1", "#? value x", "x = x[0]", "#? shape x"
    )
    assert [gate["answer"] for gate in gates] == ["[0.0, 0.0]", "[1.0, 1.0]", "()"]
    assert [gate["line"] for gate in gates] == [3, 5, 7]
    assert [gate["cell"] for gate in gates] == [0, 0, 0]


def test_step_is_the_last_above_the_question(client: Client) -> None:
    body = client.run("import torch\nx = torch.zeros(2)\n#? value x\nx += 1\n")
    step = body["gates"][0]["step"]
    lines = [place for place, item in enumerate(body["steps"]) if item["kind"] == "statement" and item["span"]["line"] == 2]
    assert step == lines[-1]


def test_question_in_a_loop_is_asked_when_it_is_first_come_to(client: Client) -> None:
    lines = ["import torch", "x = torch.zeros(1)", "for i in range(3):", "    x = x + 1", "    #? value x", "#? value x"]
    assert [gate["answer"] for gate in asked(client, *lines)] == ["[1.0]", "[3.0]"]


def test_question_in_a_function_is_about_its_names(client: Client) -> None:
    lines = ["import torch", "x = 1", "def f(x):", "    y = x * 2", "    #? shape x", "    return y", "f(torch.zeros(3))"]
    (gate,) = asked(client, *lines)
    assert gate["answer"] == "(3,)"


@pytest.mark.parametrize(
    ("statement", "answer"),
    [("x[5]", "IndexError"), ("x[0]", "no error"), ("for i in (0, 7):\n    x[i]", "IndexError"),
     ("with torch.no_grad():\n    x.view(5)", "RuntimeError"), ("def f():\n    pass", "no error")],
)  # fmt: skip
def test_error_is_that_of_the_statement_below(client: Client, statement: str, answer: str) -> None:
    (gate,) = asked(client, "import torch", "x = torch.zeros(2)", "#? raises", statement)
    assert (gate["problem"], gate["answer"]) == (None, answer)


def test_error_of_a_later_statement_is_not_that_of_this_one(client: Client) -> None:
    gates = asked(client, "import torch", "#? raises", "x = torch.zeros(2)", "#? raises", "x[3]", "#? value x")
    assert [gate["answer"] for gate in gates] == ["no error", "IndexError", None]
    assert "did not come" in gates[2]["problem"]


def test_question_has_its_options(client: Client) -> None:
    lines = ["x = 1", "#? which Why?", "#? = one -- Yes.", "#? ~ two -- No.", "#? because It is so."]
    (gate,) = asked(client, *lines)
    assert gate["answer"] == "one"
    assert gate["options"] == [
        {"text": "one", "right": True, "because": "Yes."},
        {"text": "two", "right": False, "because": "No."},
    ]
    assert (gate["target"], gate["because"], gate["misses"]) == ("Why?", "It is so.", [])


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("shape y", "no variable `y`"),
        ("shape n", "neither tensor nor array"),
        ("value names", "of type `list`"),
        ("value x[9]", "does not fit the shape (2,)"),
        ("value x + 1", "cannot be asked about"),
        ("value x.sum()", "cannot be asked about"),
        ("value x[n]", "cannot be asked about"),
        ("value big", "too"),
        ("value plain", "ask with `which`"),
        ("shap x", "no kind of question"),
    ],
)
def test_question_without_an_answer_says_why(client: Client, question: str, says: str) -> None:
    setup = "import torch, numpy\nx = torch.zeros(2)\nn = 3\nnames = []\nbig = torch.zeros(10_000)\nplain = numpy.ones(2)"
    (gate,) = asked(client, setup, f"#? {question}")
    assert gate["answer"] is None
    assert says in gate["problem"]
    assert "Line 7" in gate["problem"]


def test_problem_is_in_the_language_of_the_request(client: Client) -> None:
    (gate,) = asked(client, "x = 1", "#? shape y", lang="zh-CN")
    assert gate["problem"] == "第 2 行：运行到这里时没有变量 `y`。"


def test_gates_are_a_part_of_the_answer(client: Client) -> None:
    code = "x = 1\n#? value x"
    assert "gates" not in client.run(code, include=["minimal"])
    for parts in (["gates"], ["standard"], ["full"]):
        assert [gate["answer"] for gate in client.run(code, include=parts)["gates"]] == ["1"]


def test_hostile_comments_are_answered(client: Client) -> None:
    lines = [f"#? value {'(' * 5000}", "#? value " + "x" * 100_000, "#? shares \x00 \ud7ff", "#? ~", "#? ="]
    gates = asked(client, "x = 1", *lines)
    assert all(gate["problem"] for gate in gates)
