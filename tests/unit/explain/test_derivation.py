"""Derivations in words: values as a person writes them, and LaTeX that names cannot break."""

import pytest
from tensorpad.explain.inquiries import derivation
from tensorpad.explain.inquiries.notation import number_latex, number_text, values_latex, values_text
from tensorpad.protocol.derivations import DerivationInquiry, DerivationRecord
from tensorpad.protocol.notation import latex_indexed, latex_name
from tensorpad.protocol.records import FullValues, OpaqueValues
from tensorpad.texts import Lang

from tests.support.comparison import run


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("x", "x"),
        ("x1", "x_{1}"),
        ("loss", r"\mathit{loss}"),
        ("my_var", r"\text{my\_var}"),
        ("变量", r"\text{变量}"),
        ("model.0.weight", r"\text{model.0.weight}"),
        (r"a\b{$}", r"\text{a\textbackslash{}b\{\$\}}"),
    ],
)
def test_names_are_latex_that_does_nothing_else(name: str, written: str) -> None:
    assert latex_name(name) == written


def test_index_of_a_numbered_name_joins_its_number() -> None:
    assert latex_indexed("x1", "i") == "x_{1,i}"
    assert latex_indexed("变量", "i") == r"\text{变量}_{i}"


@pytest.mark.parametrize(
    ("value", "text", "latex"),
    [
        (0.25, "0.25", "0.25"),
        (3.0, "3", "3"),
        (1 / 3, "0.33333", "0.33333"),
        (1e-7, "1e-07", r"1 \times 10^{-7}"),
        (float("nan"), "NaN", r"\mathrm{NaN}"),
        (float("-inf"), "-inf", r"-\infty"),
    ],
)
def test_numbers_are_short(value: float, text: str, latex: str) -> None:
    assert (number_text(value), number_latex(value)) == (text, latex)


def test_values_are_one_number_a_matrix_or_a_shape() -> None:
    same, few, many = (
        FullValues((100,), (2.0,) * 100),
        FullValues((2, 2), (1, 2, 3, 4)),
        FullValues((9, 9), tuple(range(81))),
    )
    assert (values_text(same), values_latex(same)) == ("2", "2")
    assert values_text(few) == "[[1, 2], [3, 4]]"
    assert values_latex(few) == r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
    assert (values_text(many), values_latex(many)) == ("[9×9]", r"\left[9 \times 9\right]")
    assert values_text(OpaqueValues((2, 3), "left out")) == "[2×3]"
    assert values_text(FullValues((2, 0), ())) == "[2×0]"


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_negative_factors_and_terms_have_brackets(lang: Lang) -> None:
    program = "import torch\nx = torch.tensor(2.0, requires_grad=True)\nout = -x * x\nout.backward()"
    record = run(program, inquiry=DerivationInquiry()).answer
    assert isinstance(record, DerivationRecord)
    (leaf,) = derivation.written(record, lang).leaves
    assert leaf.chain_rule.text == "∂out/∂x = -2 + (-2) = -4"
    assert [path.text for path in leaf.paths] == [
        "∂out/∂v1 · ∂v1/∂x = 2 · (-1) = -2",
        "∂out/∂x = -2",
    ]
