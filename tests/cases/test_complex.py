"""Complex tensors: their backward passes, and functions that are for real numbers only."""

import pytest

from tests.support.cases import Case, check

CASES = [
    Case(
        "a complex result",
        "z = torch.tensor([0.6 + 0.3j], requires_grad=True)\nf = z * z\nf.backward()\nprint(z.grad)",
        "complex_backward",
        ("`f`", "`torch.complex64`", "`.real`", "`.abs()`", "`gradient=`"),
        tensors="f",
    ),
    Case(
        "several complex results",
        "z = torch.randn(3, dtype=torch.complex64, requires_grad=True)\nw = z * z\nw.backward()",
        "complex_backward",
        ("`w`", "`(3,)`", "`.sum()`", "`.real`"),
    ),
    Case(
        "a complex sum of a Fourier transform",
        "x = torch.randn(8, requires_grad=True)\ns = torch.fft.fft(x).sum()\ntorch.autograd.grad(s, x)",
        "complex_backward",
        ("`s`", "`torch.complex64`"),
    ),
    Case(
        "a complex result of torch.func",
        "torch.func.grad(lambda z: (z * z).sum())(torch.ones(3, dtype=torch.complex64))",
        "complex_backward",
        ("`torch.complex64`",),
    ),
    Case(
        "a real gradient",
        "z = torch.tensor([1 + 2j], requires_grad=True)\n(z * z).backward(torch.ones(1))",
        "complex_gradient_dtype",
        ("`torch.float32`", "`torch.complex64`"),
    ),
    Case(
        "a comparison",
        "z = torch.ones(3, dtype=torch.complex64)\nz > 0",
        "complex_undefined",
        ("`z > 0`", "`z`", "`.abs()`"),
    ),
    Case(
        "relu",
        "z = torch.ones(3, dtype=torch.complex64)\nF.relu(z)",
        "complex_undefined",
        ("`F.relu(z)`", "`torch.complex64`"),
    ),
    Case("a float", "z = torch.tensor(1 + 2j)\nfloat(z)", "complex_undefined", ("`float(z)`", "`.real`")),
    Case(
        "the imaginary part of real numbers",
        "x = torch.ones(3)\nx.imag",
        "complex_part",
        ("`x`", "`imag`", "`torch.float32`"),
    ),
    Case("no pairs", "x = torch.ones(3)\ntorch.view_as_complex(x)", "complex_pairs", ("`x`", "`(3,)`")),
    Case(
        "parts of two dtypes",
        "a, b = torch.ones(2), torch.ones(2).double()\ntorch.complex(a, b)",
        "complex_dtypes",
        ("`a`", "`b`", "`torch.float64`"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_complex_numbers_are_explained(case: Case) -> None:
    check(case)
