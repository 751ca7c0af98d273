"""What `backward`, `autograd.grad`, `gradcheck` and `.grad =` are given, and derivatives that there are not."""

import pytest

from tests.support.cases import Case, check

LEAF = "x = torch.ones(3, requires_grad=True)\n"
CASES = [
    Case(
        "a gradient too few",
        LEAF + "y, z = x * 2, x * 3\ntorch.autograd.grad([y, z], x, grad_outputs=[torch.ones(3)])",
        "grad_outputs_count",
        ("2", "1"),
    ),
    Case("a number as gradient", LEAF + "x.sum().backward(1.0)", "gradient_no_tensor", ("`float`", "`torch.tensor(1.)`")),
    Case("a list as gradient", LEAF + "y = x * 2\ny.backward([1., 1., 1.])", "gradient_no_tensor", ("`float`",)),
    Case("no inputs", LEAF + "x.sum().backward(inputs=[])", "inputs_empty", ("`backward()`", "`inputs`")),
    Case(
        "inputs of a generator that is used up",
        "m = nn.Linear(1, 1)\np = m.parameters()\nn = len(list(p))\ntorch.autograd.grad(m(torch.ones(1, 1)).sum(), list(p))",
        "inputs_empty",
        ("`grad()`", "`parameters()`"),
    ),
    Case(
        "an input without a gradient",
        LEAF + "c = torch.ones(3)\ny = (x * c).sum()\ntorch.autograd.grad(y, c)",
        "inputs_unneeded",
        ("`c`",),
        tensors="c",
    ),
    Case(
        "an input without a gradient, of backward",
        LEAF + "c = torch.ones(3)\n(x * c).sum().backward(inputs=[c])",
        "inputs_unneeded",
        ("`c`",),
        tensors="c",
    ),
    Case(
        "a batch of parts of gradients",
        LEAF + "y = x * 2\ntorch.autograd.grad(y, x, torch.ones(3, 2), is_grads_batched=True)",
        "gradients_batched",
        ("`(3,)`", "`is_grads_batched=True`"),
    ),
    Case("grad of another shape", LEAF + "x.grad = torch.ones(2)", "grad_assigned_shape", ("`(2,)`", "`(3,)`"), tensors="x"),
    Case("grad of another dtype", LEAF + "x.grad = torch.ones(3).double()", "grad_assigned_dtype", ("`double`", "`float`")),
    Case("a number as grad", LEAF + "x.grad = 0", "grad_assigned_type", ("`int`", "`x.grad = None`")),
    Case(
        "gradcheck in float32",
        "torch.autograd.gradcheck(torch.exp, torch.randn(3, requires_grad=True))",
        "gradcheck_precision",
        ("0", "`dtype=torch.float64`"),
    ),
    Case(
        "gradcheck of a wrong gradient",
        "class Square(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, t):\n"
        "        ctx.save_for_backward(t)\n        return t * t\n    @staticmethod\n    def backward(ctx, g):\n"
        "        t, = ctx.saved_tensors\n        return g * t\n"
        "torch.autograd.gradcheck(Square.apply, torch.ones(3, requires_grad=True, dtype=torch.double))",
        "gradcheck_mismatch",
        ("`backward`",),
    ),
    Case(
        "gradcheck of nothing",
        "torch.autograd.gradcheck(torch.sin, torch.ones(3, dtype=torch.double))",
        "gradcheck_nothing",
        ("`requires_grad=True`",),
    ),
    Case(
        "a second derivative of ctc_loss",
        "x = torch.randn(5, 1, 4, requires_grad=True)\nl = F.ctc_loss(x.log_softmax(-1), torch.tensor([[1, 2]]), "
        "torch.tensor([5]), torch.tensor([2]))\ng, = torch.autograd.grad(l, x, create_graph=True)\ng.sum().backward()",
        "second_derivative_missing",
        ("`ctc_loss`", "`create_graph=True`"),
    ),
    Case(
        "a derivative that there is not",
        "a = torch.ones(3, requires_grad=True)\ntorch.igamma(a, torch.ones(3)).sum().backward()",
        "derivative_missing",
        ("`igamma`",),
    ),
    Case(
        "a derivative that there is not in forward mode",
        "def loss(x):\n    return F.ctc_loss(x.reshape(5, 1, 4).log_softmax(-1), torch.tensor([[1, 2]]), torch.tensor([5]), "
        "torch.tensor([2]))\ntorch.func.jacfwd(loss)(torch.randn(20))",
        "forward_mode_missing",
        ("`ctc_loss`", "`jacrev`"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_derivative_is_explained(case: Case) -> None:
    check(case)
