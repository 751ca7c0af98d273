"""Integers that wrap around or lose a fraction, and floats that cannot tell numbers apart."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

LONG = "c = torch.zeros(3, dtype=torch.long)\n"
CASES = [
    Case(
        "uint8 wraps around",
        "img = torch.tensor([250, 10], dtype=torch.uint8)\nprint(img + 10, img.sum())",
        "integer_overflow",
        ("`250 + 10 = 260`", "`[0]`", "`4`", "`torch.uint8`", "255"),
        tensors="img",
        span="img + 10",
        fix="img.int() + 10",
    ),
    Case(
        "below zero, in a function",
        "def darker(picture, by):\n    return picture - by\n"
        "dark = darker(torch.tensor([[30, 5]], dtype=torch.uint8), torch.tensor([10, 20], dtype=torch.uint8))",
        "integer_overflow",
        ("`5 - 20 = -15`", "`[0, 1]`", "`241`"),
        tensors="dark",
        fix="picture.int() - by",
    ),
    Case(
        "in place, with a sign",
        "a = torch.tensor([100, 27], dtype=torch.int8)\na += 100",
        "integer_overflow",
        ("`100 + 100 = 200`", "`-56`", "-128", "127"),
        span="a += 100",
    ),
    Case(
        "a factorial that even 64 bits cannot hold",
        "product = torch.arange(1, 22).prod()",
        "integer_overflow",
        ("51090942171709440000", "`-4249290049419214848`", "`torch.int64`"),
    ),
    Case("a fraction is cut off", LONG + "c[0] = 2.7\nprint(c)", "truncated", ("`c[0] = 2.7`", "`2.7`", "`2`", "`c`")),
    Case(
        "a fraction is cut off before an error says that nothing is",
        LONG + "c.fill_(1.9)\nprint(c)\nc += 0.5",
        "truncated",
        ("`c.fill_(1.9)`", "`1.9`", "`1`"),
        tensors="c",
    ),
    Case(
        "fractions of a tensor",
        LONG + "prices = torch.tensor([1.0, 2.5])\nc[1:] = prices",
        "truncated",
        ("`c[1:] = prices`", "`2.5`", "`2`"),
    ),
    Case(
        "copied, in a loop",
        LONG + "for row in [torch.tensor([0.5, 1.0, 2.0])]:\n    c.copy_(row)",
        "truncated",
        ("`c.copy_(row)`", "`0.5`", "`0`"),
    ),
    Case(
        "filled like integers",
        LONG + "d = torch.full_like(c, 0.5)",
        "truncated",
        ("`0.5`", "`d`", "`torch.int64`"),
    ),
    Case(
        "a picture that is too bright",
        "x = torch.tensor([0.5, 2.0])\ny = (x * 255).byte()",
        "wrapped_cast",
        ("`510`", "`torch.uint8`", "255"),
        fix="(x * 255).clamp(0, 255).byte()",
    ),
    Case(
        "a write that wraps around",
        "z = torch.zeros(2, dtype=torch.uint8)\nz[:] = torch.tensor([300, 4])",
        "wrapped_cast",
        ("`300`", "`torch.uint8`", "z[:]"),
    ),
    Case(
        "a time in float32",
        "t = torch.tensor([1700000001.0, 1.0])",
        "coarse",
        ("`1700000001`", "`1700000000`", "16777216"),
        tensors="t",
    ),
    Case("an id in half precision", "i = torch.tensor([2049])\nh = i.half()", "coarse", ("`2049`", "`2048`", "2048")),
    Case(
        "a counter that stands still",
        "c = torch.tensor(16777216.0)\nfor _ in range(2):\n    c += 1",
        "absorbed",
        ("`16777216 + 1 = 16777216`", "`c += 1`"),
    ),
    Case(
        "one more in bfloat16", "n = torch.tensor(256.0, dtype=torch.bfloat16)\nm = n + 1", "absorbed", ("`256 + 1 = 256`",)
    ),
    Case(
        "a sum that is nearly the number",
        "a = torch.tensor([0.1, 0.5], dtype=torch.float64) + 0.2\nprint(a == 0.3)",
        "float_equality",
        ("`0.30000000000000004`", "`0.3`", "`[0]`", "`torch.isclose`"),
        span="a == 0.3",
    ),
    Case(
        "equal but for a rounding",
        "a = torch.tensor([0.1, 0.7])\nb = a * 3 / 3 + 1 - 1\nprint((a == b).all())",
        "float_equality",
        ("`a == b`", "`torch.allclose`"),
        tensors="a b",
    ),
]
QUIET = [
    "img = torch.tensor([250, 10], dtype=torch.uint8)\nx = img.float() / 255\ny = 255 - img\ns = img.sum()",
    "h = torch.tensor([5])\nfor _ in range(5):\n    h = h * 6364136223846793005 + 1442695040888963407\nr = h >> 33",
    "h = torch.tensor([200], dtype=torch.uint8)\nlow = (h + 100) & 0x0F",
    LONG + "c[0] = 2.0\nc[1] = torch.tensor(3.0)\nc[c > 2] = 1\nc[torch.tensor([0, 1])] = 5",
    "m = torch.tensor([0.5, 2.5]).long()\nn = torch.tensor(2.7, dtype=torch.long)",
    "x = torch.tensor([1.0, 2.0]) + 1e-8\ny = torch.tensor(16777216)\ny += 1",
    "x = torch.tensor([0.5, 0.25])\nprint(x * 2 == 1.0, torch.equal(x, x), x == x.clone())",
    "p = torch.tensor([0.2, 0.8])\nprint((p > 0.5) == torch.tensor([False, True]))",
    "a = torch.arange(6) // 2\nb = (torch.tensor([1.0, 0.0]) == torch.tensor([1.0, 1.0])).sum() / 2",
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_number_that_did_not_fit_is_told(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("program", QUIET)
def test_numbers_that_fit_are_left_in_peace(program: str) -> None:
    assert [one.rule for one in explained(program).notices()] == []
