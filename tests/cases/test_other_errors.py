"""Errors that look like those of a rule, and of which it must not speak."""

import pytest
from tensorpad.explain.explainer import explain_error

from tests.support.explanations import explained


@pytest.mark.parametrize(
    ("program", "rule"),
    [
        pytest.param("net = nn.Linear(2, 2)\nnet.wieght", "layer_as_tensor", id="an attribute of a layer is misspelt"),
        pytest.param("def size(n):\n    return n\nsize(1, 2)", "method_without_self", id="a function is no method"),
        pytest.param("def f():\n    return None\nf().sum()", "no_return", id="a function returns None on purpose"),
        pytest.param("a, b, c = (1, 2)", "tensor_unpacked", id="a tuple of numbers is no tensor"),
        pytest.param("n = 3.0\nn.backward()", "item_before_backward", id="a number that never was a tensor"),
        pytest.param("x = {1: 2}\nx.size", "drawn_number", id="nothing is drawn"),
        pytest.param("open('/nowhere/at/all')", "processes", id="a file is no process"),
        pytest.param("x = torch.ones(2, dtype=torch.int32)\ny = torch.ones(2)\nx.dot(y)", "layer_dtype", id="no layer"),
        pytest.param("t = (torch.ones(2), 1)\nt + 1", "module_tuple", id="a tuple of the program's own"),
        pytest.param("raise RuntimeError('Found dtype Long but expected Float')", "binary_dtype", id="another's message"),
        pytest.param("raise AttributeError(\"'Net' object has no attribute '_modules'\")", "super_init", id="no such class"),
        pytest.param("x = torch.ones(2)\nx.grad()", "builtin_hidden", id="an attribute hides nothing"),
    ],
)
def test_rule_is_silent_about_another_error(program: str, rule: str) -> None:
    failed = explained(program)
    assert failed.failed
    explanation = explain_error(failed.facts, "en")
    assert explanation is None or explanation.rule != rule


def test_argument_of_a_function_of_the_program_is_looked_for_among_its_own() -> None:
    explanation = explained("def train(rate, steps):\n    return rate * steps\ntrain(0.1, step=3)").error()
    assert explanation.fix is not None
    assert explanation.fix.replacement == "steps"
    assert explained("def f(a):\n    return a\nf(1, dtyp=2)").error().rule == "unknown_argument"


def test_layer_is_flattened_only_where_the_sizes_say_so() -> None:
    explanation = explained("net = nn.Linear(30, 2)\nnet(torch.ones(2, 3, 8))").error()
    assert explanation.rule == "linear"
    assert explanation.fix is None


def test_loss_is_not_made_first_where_its_backward_pass_would_fail() -> None:
    explanation = explained("p = torch.ones(3)\nt = torch.zeros(3)\nloss = nn.L1Loss(p, t)\nloss.backward()").error()
    assert explanation.rule == "loss_constructed"
    assert explanation.fix is None
