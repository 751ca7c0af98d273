"""C++ formulas as LaTeX: what is understood is written rightly, what is not is left."""

import pytest
from tensorpad.explain.inquiries.backward_formulas import formulas
from tensorpad.explain.inquiries.cpp_latex import latex_of


@pytest.mark.parametrize(
    ("formula", "latex"),
    [
        ("grad", r"\mathit{grad}"),
        ("-a * b", r"-a \cdot b"),
        ("a * -b", r"a \cdot \left(-b\right)"),
        ("a - (b - c)", r"a - \left(b - c\right)"),
        ("(a - b) * c", r"\left(a - b\right) \cdot c"),
        ("a / (b + c)", r"\frac{a}{b + c}"),
        ("a / b / c", r"\frac{\frac{a}{b}}{c}"),
        ("a.pow(2).pow(3)", r"\left(a^{2}\right)^{3}"),
        ("a.cos().pow(2)", r"\cos\left(a\right)^{2}"),
        ("(a + b).conj()", "a + b"),
        ("(a + b).conj() * c", r"\left(a + b\right) \cdot c"),
        ("at::where(m, g, 0)", r"\begin{cases} g & \text{where } m \\ 0 & \text{elsewhere} \end{cases}"),
        ("maybe_multiply(g, 1.0)", r"g \cdot 1"),
        ("grads[0] * x", r"\mathit{grads}_{0} \cdot x"),
        ("handle_r_to_c(a.scalar_type(), g)", "g"),
        ("std_backward(g, a.sym_sizes())", r"\operatorname{std\_backward}\left(g\right)"),
        ("exp(-a) * M_PI", r"e^{-a} \cdot \pi"),
        ("mm_mat1_backward(g, m, s.sym_sizes(), s.sym_strides(), s.layout(), 1)", r"g \, m^{\top}"),
    ],
)
def test_an_expression_is_written_as_it_binds(formula: str, latex: str) -> None:
    assert latex_of(formula) == latex


@pytest.mark.parametrize(
    "formula", ["a ? b : c", "fmap(a, [](int i) { return i; })", "std::tuple<Tensor>()", "a +", "", "a" * 500]
)
def test_what_is_not_understood_is_not_written(formula: str) -> None:
    assert latex_of(formula) is None


def test_most_of_torchs_formulas_are_written_with_their_brackets_in_pairs() -> None:
    latex = [one.latex for formula in formulas().values() for one in formula.inputs]
    written = [text for text in latex if text is not None]
    assert len(written) > len(latex) * 0.7
    for text in written:
        assert text.count("{") == text.count("}")
        assert text.count(r"\left") == text.count(r"\right")
        assert text.count(r"\begin") == text.count(r"\end")
