"""Memory that autograd counts writes to or does not, and gradients that a write to shared memory loses."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

X = "x = torch.tensor([1., 2.], requires_grad=True)\n"

CASES = [
    Case(
        name="write through detach",
        program="""
a = torch.tensor([1., 2.], requires_grad=True)
b = torch.tensor([2., 3.], requires_grad=True)
k = torch.tensor([1., 1.], requires_grad=True)
prod = a * b
copy = prod.detach()
copy.zero_()
out = (prod * k).sum()
out.backward()
print(prod.grad, k.grad, a.grad, b.grad)
""",
        rule="written_detached",
        holds=("`prod.detach()`", "`copy.zero_()`", "`prod`", "1", ".data"),
        never=("unnoticed", "悄悄"),
        tensors="copy prod",
    ),
    Case(
        name="write through data, of which nothing came yet",
        program=X + "y = x * 2\ny.data[0] = 5\n",
        rule="written_data",
        holds=("`y.data[0] = 5`", "`y`", "0", "detach()"),
        tensors="y",
    ),
    Case(
        name="write through data to an input that the gradient needs",
        program=X + "y = x ** 2\nx.data.mul_(10)\ny.sum().backward()\nprint(x.grad)\n",
        rule="wrong_gradient",
        holds=("`x ** 2`", "`x.data.mul_(10)`", "`x`"),
        tensors="x y",
    ),
    Case(
        name="write through data to a result that the gradient needs, under a name",
        program=X + "y = x.exp()\nraw = y.data\nraw.zero_()\ny.sum().backward()\n",
        rule="wrong_gradient",
        holds=("`x.exp()`", "`raw.zero_()`", "`y`"),
    ),
    Case(
        name="write to the base of a view that was to keep its gradient",
        program="""
w = torch.ones(4, requires_grad=True).clone()
tail = w[2:]
last = tail[1]
tail.retain_grad()
w[0] += 0
last.backward()
print(tail.grad)
""",
        rule="lost_retain",
        holds=("`tail`", "`w`", "`w[0] += 0`", "`tail.retain_grad()`", "`grad_fn`"),
        tensors="tail w",
    ),
    Case(
        name="write to the base in a function",
        program="""
def halves(base):
    left = base.view(2, 2)
    left.retain_grad()
    base.mul_(2)
    left.sum().backward()
    return left.grad
whole = torch.ones(4, requires_grad=True) * 1
print(halves(whole))
""",
        rule="lost_retain",
        holds=("`left`", "`base.mul_(2)`"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_shared_memory_is_explained(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    ("program", "names"),
    [
        ("x = torch.arange(5.)\nw = x.unfold(0, 3, 1)\nx[2] = 9\n", {"x", "w"}),
        ("x = torch.arange(6.)\na = x.view(2, 3)\nb = a[1]\nb[0] = 100\n", {"x", "a", "b"}),
        ("x = torch.arange(6.)\na, b = x[:3], x[3:]\na[0] = 7\n", {"x", "a"}),
    ],
    ids=["unfold", "view of a view", "part beside another"],
)
def test_a_write_names_those_that_it_changed(program: str, names: set[str]) -> None:
    ran = explained(program)
    (notice,) = [notice for notice in ran.notices() if notice.rule == "changed_view"]
    assert ran.names(notice) == names


@pytest.mark.parametrize(
    "program",
    ["x = torch.zeros(3)\nn = x.numpy()\nn[0] = 5\n", "n = np.zeros(3)\nx = torch.from_numpy(n)\nx[0] = 5\n"],
    ids=["array written", "tensor written"],
)
def test_a_write_to_an_array_or_its_tensor_is_named(program: str) -> None:
    (notice,) = explained(program).notices()
    assert notice.rule == "shared_array"
    assert "`x`" in notice.text
    assert "`n`" in notice.text


@pytest.mark.parametrize(
    "program",
    [
        "n = np.zeros(3)\nn[0] = 1\nx = torch.from_numpy(n)\n",
        "x = torch.zeros(4)\nn = x[:2].numpy()\nx[3] = 1\n",
        "x = torch.zeros(4)\ny = x[:2]\nx[3] = 1\n",
        "w = torch.ones(2, requires_grad=True)\nw.data -= 0.1\n",
    ],
    ids=["array before it was shared", "array of another part", "view of another part", "leaf stepped by hand"],
)
def test_a_write_that_nobody_else_sees_is_not_named(program: str) -> None:
    assert not explained(program).notices()
