"""Formulas of backward functions: torch's own names, and formulas that give autograd's numbers."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import torch
from tensorpad.explain.inquiries.backward_formulas import formula_of, formulas

ENGINE = {"DelayedError", "Error", "NotImplemented", "SendRpcBackward", "UndefinedGrad", "UndefinedGradBackward"}
"""Functions of torch's that are no operation's."""


def test_every_backward_function_that_torch_has_is_known_and_none_that_it_has_not() -> None:
    module: Any = vars(torch)["_C"]
    torchs = {name for name in dir(module._functions) if not name.startswith("__")}
    assert {name for name in torchs if formula_of(name) is None} == ENGINE
    assert set(formulas()) - torchs == set()


@pytest.mark.parametrize(
    ("function", "signature", "inputs"),
    [
        ("MulBackward0", "mul.Tensor(", [("self",), ("other",)]),
        ("MulBackward1", "mul.Scalar(", [("self",)]),
        ("ConvolutionBackward0", "convolution(", [("input", "weight", "bias")]),
        ("NllLossBackward0", "nll_loss_forward(", [("self",)]),
        ("MeanBackward0", "mean(", [("self",)]),
        ("torch::autograd::AccumulateGrad", "a leaf", [("leaf",)]),
    ],
)
def test_a_function_has_its_operations_declaration_and_one_formula_for_each_differentiable_input(
    function: str, signature: str, inputs: list[tuple[str, ...]]
) -> None:
    formula = formula_of(function)
    assert formula is not None
    assert formula.signature.startswith(signature)
    assert [one.inputs for one in formula.inputs] == inputs


def test_names_are_those_of_the_graph_that_an_operation_makes() -> None:
    x = torch.tensor([0.5, 2.0], requires_grad=True)
    operations: list[tuple[Any, str]] = [
        (x * x, "mul.Tensor("),
        (x / 2, "div.Tensor("),
        (x**2, "pow.Tensor_Scalar("),
        (2**x, "pow.Scalar("),
        (x.sum(), "sum("),
        (x.sum(0), "sum.dim_IntList("),
        (x.max(), "max("),
        (x.max(0).values, "max.dim("),
        (x[0], "select.int("),
        (x.view(2, 1), "view("),
        (x.softmax(0), "_softmax("),
        (x @ x, "dot("),
        (torch.where(x > 1, x, 0.0), "where.self("),
    ]
    for result, signature in operations:
        formula = formula_of(type(result.grad_fn).__name__)
        assert formula is not None
        assert formula.signature.startswith(signature)


def test_reading_the_formulas_imports_nothing_of_torch() -> None:
    program = (
        "import sys; from tensorpad.explain.inquiries.backward_formulas import formula_of; formula_of('MulBackward0');"
        "print([name for name in sys.modules if name.startswith('torch')])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


CASES: list[tuple[str, Any, str, Callable[[Any, Any, Any], Any]]] = [
    ("ExpBackward0", torch.exp, r"\mathit{grad} \cdot \mathit{result}", lambda g, x, y: g * y),
    ("SqrtBackward0", torch.sqrt, r"\frac{\mathit{grad}}{2 \cdot \mathit{result}}", lambda g, x, y: g / (2 * y)),
    (
        "SigmoidBackward0",
        torch.sigmoid,
        r"\mathit{grad} \cdot \mathit{result} \cdot \left(1 - \mathit{result}\right)",
        lambda g, x, y: g * y * (1 - y),
    ),
    (
        "TanhBackward0",
        torch.tanh,
        r"\mathit{grad} \cdot \left(1 - \mathit{result}^{2}\right)",
        lambda g, x, y: g * (1 - y**2),
    ),
    ("TanBackward0", torch.tan, r"\mathit{grad} \cdot \left(1 + \mathit{result}^{2}\right)", lambda g, x, y: g * (1 + y**2)),
    ("Log1PBackward0", torch.log1p, r"\frac{\mathit{grad}}{\mathit{self} + 1}", lambda g, x, y: g / (x + 1)),
    ("RsqrtBackward0", torch.rsqrt, r"-0.5 \cdot \mathit{grad} \cdot \mathit{result}^{3}", lambda g, x, y: -0.5 * g * y**3),
    ("SinBackward0", torch.sin, r"\mathit{grad} \cdot \cos\left(\mathit{self}\right)", lambda g, x, y: g * x.cos()),
    (
        "AsinBackward0",
        torch.asin,
        r"\mathit{grad} \cdot \frac{1}{\sqrt{-\mathit{self} \cdot \mathit{self} + 1}}",
        lambda g, x, y: g * (1 / (-x * x + 1).sqrt()),
    ),
]


@pytest.mark.parametrize(("function", "value", "latex", "meaning"), CASES)
def test_what_the_latex_says_is_what_autograd_does(
    function: str, value: Any, latex: str, meaning: Callable[[Any, Any, Any], Any]
) -> None:
    formula = formula_of(function)
    assert formula is not None
    assert formula.inputs[0].latex == latex
    x = torch.tensor([0.1, 0.4, 0.7], dtype=torch.float64, requires_grad=True)
    result = value(x)
    assert type(result.grad_fn).__name__ == function
    grad = torch.tensor([1.0, -2.0, 3.0], dtype=torch.float64)
    (expected,) = torch.autograd.grad(result, x, grad, retain_graph=True)
    torch.testing.assert_close(meaning(grad, x, result).detach(), expected)
