"""`torch.vmap`, `torch.func.grad` and the other transforms."""

import pytest

from tests.support.cases import Case, check

MODULE = "m = nn.Linear(2, 3)\n"
CASES = [
    Case(
        "a write to a plain tensor",
        "def place(v):\n    m = torch.zeros(3)\n    m[0] = v[0]\n    return m\nr = torch.vmap(place)(torch.ones(4, 3))",
        "vmap_write",
        ("`m`", "`v[0]`"),
        ("bug report",),
        fix="m = v.new_zeros(3)",
    ),
    Case(
        "a sum in a plain tensor",
        "def total(v):\n    s = torch.zeros(())\n    for i in range(3):\n        s += v[i]\n    return s\n"
        "torch.vmap(total)(torch.ones(4, 3))",
        "vmap_write",
        ("`s`", "`v[i]`"),
        fix="s = v.new_zeros(())",
    ),
    Case(
        "a write to a tensor from outside",
        "acc = torch.zeros(3)\ndef add(v):\n    acc.add_(v)\n    return acc\ntorch.vmap(add)(torch.ones(4, 3))",
        "vmap_write",
        ("`acc`", "`v`"),
    ),
    Case(
        "a decision",
        "def f(v):\n    if v.sum() > 0:\n        return v\n    return -v\nr = torch.vmap(f)(torch.randn(3, 2))",
        "vmap_control_flow",
        ("`v.sum() > 0`", "7", "`torch.where(condition, a, b)`"),
        span="v.sum() > 0",
    ),
    Case(
        "a loop until",
        "def f(v):\n    while v.norm() > 1:\n        v = v / 2\n    return v\ntorch.func.vmap(f)(torch.ones(3, 2))",
        "vmap_control_flow",
        ("`v.norm() > 1`",),
    ),
    Case("a number", "torch.vmap(lambda v: v.sum().item())(torch.ones(3, 2))", "vmap_number", ("`v.sum().item()`",)),
    Case("an array", "torch.vmap(lambda v: torch.from_numpy(v.numpy()))(torch.ones(3, 2))", "vmap_number", ("`v.numpy()`",)),
    Case(
        "random numbers",
        "r = torch.vmap(lambda v: v + torch.randn(2))(torch.ones(3, 2))",
        "vmap_random",
        ("`torch.randn(2)`", "same"),
        fix='torch.vmap(lambda v: v + torch.randn(2), randomness="different")',
    ),
    Case(
        "different sizes",
        "torch.vmap(torch.dot)(torch.ones(3, 2), torch.ones(4, 2))",
        "vmap_sizes",
        ("`3`", "`4`", "`in_dims`"),
    ),
    Case(
        "in_dims of another structure",
        "torch.vmap(torch.dot, in_dims=(0,))(torch.ones(3, 2), torch.ones(2))",
        "vmap_dims_structure",
        ("`in_dims`",),
    ),
    Case(
        "out_dims of another structure",
        "torch.vmap(lambda v: (v, v), out_dims=(0,))(torch.ones(3, 2))",
        "vmap_dims_structure",
        ("`out_dims`",),
    ),
    Case("a scalar", "torch.vmap(torch.mul)(torch.ones(3), torch.tensor(2.))", "vmap_dim_range", ("0", "`None`")),
    Case("a missing dimension", "torch.vmap(torch.sum, in_dims=2)(torch.ones(3, 2))", "vmap_dim_range", ("2",)),
    Case(
        "nothing to map",
        "torch.vmap(torch.dot, in_dims=(None, None))(torch.ones(2), torch.ones(2))",
        "vmap_nothing",
        ("`None`",),
    ),
    Case(
        "a number as input",
        "r = torch.vmap(lambda a, b: a * b)(torch.ones(3), 2.0)",
        "vmap_no_tensor",
        ("`float`",),
        fix="in_dims=(0, None))(torch.ones(3), 2.0)",
    ),
    Case("a number as result", "torch.vmap(lambda v: 3.0)(torch.ones(3, 2))", "vmap_result", ("`float`", "`out_dims=None`")),
    Case("no result", "def f(v):\n    print(v.shape)\ntorch.vmap(f)(torch.ones(3, 2))", "vmap_no_result", ("`return`",)),
    Case("a mask", "torch.vmap(lambda v: v[v > 0])(torch.ones(3, 2))", "vmap_dynamic", ("`v[v > 0]`",)),
    Case("indices", "torch.vmap(lambda v: v.nonzero())(torch.ones(3, 2))", "vmap_dynamic", ("`v.nonzero()`",)),
    Case(
        "several elements",
        "torch.func.grad(lambda x: x ** 2)(torch.ones(3))",
        "transform_scalar",
        ("`grad`", "`jacrev`", "1"),
    ),
    Case(
        "several elements of a Hessian",
        "torch.autograd.functional.hessian(lambda x: x ** 2, torch.ones(3))",
        "transform_scalar",
        ("`hessian`",),
    ),
    Case(
        "a number in place of a result",
        "torch.func.grad(lambda x: (x ** 2).sum().item())(torch.ones(3))",
        "transform_result",
        ("`float`", "`item()`"),
    ),
    Case(
        "a number of a Jacobian",
        "torch.func.jacrev(lambda x: float(x.sum()))(torch.ones(3))",
        "transform_result",
        ("`float`",),
    ),
    Case("a pair", "torch.func.grad(lambda x: (x.sum(), x))(torch.ones(3))", "transform_pair", ("`has_aux=True`",)),
    Case("no pair", "torch.func.grad(lambda x: x.sum(), has_aux=True)(torch.ones(3))", "transform_aux", ("`has_aux`",)),
    Case("a number as input of grad", "torch.func.grad(lambda x: x ** 2)(3.0)", "transform_input", ("`float`",)),
    Case(
        "parameters that are no dict",
        MODULE + "torch.func.grad(lambda p: 0)(m.named_parameters())",
        "transform_input",
        ("`generator`", "`dict(module.named_parameters())`"),
    ),
    Case(
        "an argument too far",
        "torch.func.grad(lambda x, y: (x * y).sum(), argnums=2)(torch.ones(3), torch.ones(3))",
        "transform_argnums",
        ("2",),
    ),
    Case(
        "backward inside",
        "def f(x):\n    y = (x ** 2).sum()\n    y.backward()\n    return y\ntorch.func.grad(f)(torch.ones(3))",
        "transform_backward",
        ("`y.backward()`", "`torch.func.grad`"),
    ),
    Case(
        "integers",
        "torch.func.grad(lambda x: (x ** 2).sum())(torch.arange(3))",
        "transform_integers",
        ("`grad`", "`torch.int64`"),
    ),
    Case("integers of jacfwd", "torch.func.jacfwd(lambda x: x * 2)(torch.arange(3))", "transform_integers", ("`jacfwd`",)),
    Case(
        "integers as result",
        "torch.func.jacrev(lambda x: (x > 0).sum())(torch.ones(3))",
        "transform_integer_result",
        ("`torch.int64`",),
    ),
    Case(
        "a tangent of another shape",
        "torch.func.jvp(torch.sin, (torch.ones(3),), (torch.ones(2),))",
        "transform_tangent",
        ("`(3,)`", "`(2,)`"),
    ),
    Case(
        "primals that are no tuple",
        "torch.func.jvp(torch.sin, torch.ones(3), torch.ones(3))",
        "transform_primals",
        ("`primals`",),
    ),
    Case(
        "parameters as a list",
        MODULE + "torch.func.functional_call(m, list(m.parameters()), (torch.ones(1, 2),))",
        "transform_parameters",
        ("`functional_call`", "`dict(module.named_parameters())`"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_transform_is_explained(case: Case) -> None:
    check(case)
