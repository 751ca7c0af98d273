"""Every rule of a surprise, by a program that runs and provokes it; and programs that should be left in peace."""

from dataclasses import dataclass

import pytest
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.explainer import surprises
from tensorpad.explain.words.findings import Explanation

from tests.support.explanations import Explained, explained, fixed
from tests.support.growth import count_calls


@dataclass(frozen=True)
class Case:
    """A program, the rule that has something to say, the names and source that it points at, a piece of the fix."""

    rule: str
    program: str
    names: str = ""
    span: str = ""
    fix: str | None = None


LEAF = "x = torch.ones(3, requires_grad=True)\n"
CASES = [
    Case(
        "non_leaf_gradient",
        LEAF + "y = x * 2\ny.sum().backward()\nprint(y.grad)",
        "y",
        "y.grad",
        "y.retain_grad()\ny.sum().backward()",
    ),
    Case(
        "accumulated",
        LEAF + "for _ in range(2):\n    (x * x).sum().backward()",
        "x",
        "(x * x).sum().backward()",
        "x.grad = None",
    ),
    Case(
        "accumulated",
        LEAF + "(x * x).sum().backward()\n(x * 3).sum().backward()",
        "x",
        "(x * 3).sum().backward()",
        "x.grad = None",
    ),
    Case("cut_off", LEAF + "with torch.no_grad():\n    y = x * 2", "x y", "x * 2"),
    Case(
        "stopped",
        "encoder = nn.Linear(3, 2)\ndecoder = nn.Linear(2, 3)\ncode = encoder(torch.ones(4, 3)).detach()\n"
        "decoder(code).sum().backward()",
        "encoder.weight encoder.bias",
        "encoder(torch.ones(4, 3)).detach()",
    ),
    Case("stopped", LEAF + "w = torch.ones(3, requires_grad=True)\n(x.detach() * w).sum().backward()", "x", "x.detach()"),
    Case("written_data", LEAF + "y = x * 2\ny.data.add_(1)", "y", "y.data.add_(1)"),
    Case("written_detached", LEAF + "y = x * 2\nd = y.detach()\nd.mul_(2)", "d y", "d.mul_(2)"),
    Case("uninitialised", "x = torch.empty(2, 3)", "x", "torch.empty(2, 3)", "x = torch.zeros(2, 3)"),
    Case("constructor", "x = torch.Tensor(2, 3)", "", "torch.Tensor(2, 3)", "x = torch.tensor([2, 3])"),
    Case("changed_view", "a = torch.zeros(2, 3)\nb = a.view(6)\nb[0] = 1", "a b", "b[0]", "b = a.view(6).clone()"),
    Case("changed_view", "a = torch.zeros(2, 3)\nb = a[0]\na.add_(1)", "a b", "a.add_(1)", "b = a[0].clone()"),
    Case(
        "changed_view",
        "a = torch.zeros(4)\nb, c = a.chunk(2)\nb.add_(1)",
        "a b",
        "b.add_(1)",
    ),
    Case("copied", "a = torch.zeros(2, 3)\nb = a.t().reshape(6)\nb[0] = 1", "b", "a.t().reshape(6)"),
    Case("not_finite", "x = torch.tensor([0., 1.])\ny = x + 1\nz = torch.log(x)\nw = z * 2", "x z", "torch.log(x)"),
    Case("not_finite", "x = torch.zeros(2)\ny = x / x", "x y", "x / x"),
    Case(
        "mixed_precision",
        "a = torch.ones(3)\nb = torch.from_numpy(np.ones(3))\nc = a + b",
        "a b c",
        "a + b",
        "c = a + b.float()",
    ),
    Case("integer_division", "a = torch.tensor([1, 2])\nb = a / 2", "a b", "a / 2"),
    Case("floor_division", "a = torch.tensor([-7, 7])\nb = a // 2", "a b", "a // 2"),
    Case("outer_broadcast", "p = torch.ones(4, 1)\nt = torch.ones(4)\nd = p - t", "d p t", "p - t", "d = p.squeeze(1) - t"),
    Case("stretched_write", "x = torch.zeros(3, 3)\nrow = torch.arange(3.)\nx += row", "row x", "x += row"),
    Case("tensor_of_tensor", "a = torch.ones(2)\nb = torch.tensor(a)", "", "torch.tensor(a)", "b = a.detach().clone()"),
    Case("loss_broadcast", "p = torch.ones(4, 1)\nt = torch.ones(4)\nloss = F.mse_loss(p, t)", "p t", "F.mse_loss(p, t)"),
    Case("shared_array", "a = np.zeros(3)\nt = torch.from_numpy(a)\nt[0] = 1", "t", "t[0]"),
    Case("shared_array", "t = torch.zeros(3)\na = t.numpy()\na[1] = 5", "t"),
]
QUIET = [
    "a = torch.zeros(4)\nb, c = a.chunk(2)\ndel a\nb.add_(1)",
    "x = torch.ones(2)\ny = x * 2\nx.requires_grad = True\nz = (x * y).sum()\nz.backward()",
    "x = torch.ones(2, requires_grad=True)\nx.grad = torch.ones(2)\n(x * x).sum().backward()",
    "x = torch.empty(2, 3, device='meta')",
    "x = torch.ones(2, 2, requires_grad=True)\ny = x + 2\nz = y * y * 3\nout = z.mean()\nout.backward()",
    LEAF + "for _ in range(3):\n    loss = (x * x).sum()\n    loss.backward()\n"
    "    with torch.no_grad():\n        x -= 0.1 * x.grad\n"
    "    x.grad.zero_()",
    "x = torch.empty(2, 3)\nx.fill_(1)",
    "x = torch.empty(2, 3)\nx[0] = 1",
    "a = torch.zeros(3)\na.add_(1)\nb = a[:2]",
    "a = torch.zeros(3)\na[0] = 1\na += 1",
    "m = nn.Linear(3, 2)\nopt = torch.optim.SGD(m.parameters(), lr=0.1)\n"
    "for _ in range(3):\n    opt.zero_grad()\n    m(torch.ones(4, 3)).sum().backward()\n    opt.step()",
    "a = torch.ones(2, 3)\nb = torch.ones(3)\nc = a + b\nd = c.reshape(6)",
    # The one that is held fast here is trained there, and what is measured is no part of the loss.
    LEAF + "w = torch.ones(3, requires_grad=True)\n(x.detach() * w).sum().backward()\n(x * w.detach()).sum().backward()",
    LEAF + "y = x * 2\nw = torch.ones(3, requires_grad=True)\nseen = y.detach().sum()\nw.sum().backward()",
    LEAF + "h = (x * 2).detach()\nw = torch.ones(3, requires_grad=True)\n[g] = torch.autograd.grad((h * w).sum(), w)",
    "x = torch.tensor([float('nan')])\ny = x + 1",
]


def the(program: Explained, rule: str, lang: str = "en") -> Explanation:
    """The one notice of a rule."""
    (found,) = [one for one in program.notices("zh-CN" if lang == "zh-CN" else "en") if one.rule == rule]
    return found


@pytest.mark.parametrize("case", CASES, ids=[f"{place}-{case.rule}" for place, case in enumerate(CASES)])
def test_surprise_is_told(case: Case) -> None:
    program = explained(case.program)
    assert not program.failed, program.facts.message
    notice = the(program, case.rule)
    assert program.names(notice) == set(case.names.split())
    if case.span:
        assert program.text(notice) == case.span
    chinese = the(program, case.rule, "zh-CN")
    for one in (notice, chinese):
        assert one.title.strip()
        assert one.text.strip()
        assert one.text.count("`") % 2 == 0
    assert (notice.tensors, notice.span) == (chinese.tensors, chinese.span)
    if case.fix is None:
        assert notice.fix is None or not explained(fixed(program.source, notice.fix), imports="").failed
        return
    assert notice.fix is not None
    repaired = fixed(program.source, notice.fix)
    assert case.fix in repaired
    again = explained(repaired, imports="")
    assert not again.failed, again.facts.message
    assert case.rule not in [one.rule for one in again.notices()]


def test_random_numbers_without_a_seed_are_told() -> None:
    program = explained("x = torch.rand(3)", seeded=False)
    notice = the(program, "unseeded")
    assert notice.fix is not None
    again = explained(fixed(program.source, notice.fix), seeded=False, imports="")
    assert again.notices() == []
    assert explained("x = torch.rand(3)").notices() == []


@pytest.mark.parametrize("program", QUIET)
def test_ordinary_programs_are_left_in_peace(program: str) -> None:
    assert [one.rule for one in explained(program).notices()] == []


def test_the_first_operation_that_is_not_finite_is_told() -> None:
    program = explained("x = torch.tensor([200., 1.])\ny = x * 2\nz = torch.exp(y)\nw = z - z")
    notice = the(program, "not_finite")
    assert program.text(notice) == "torch.exp(y)"
    assert "infinity" in notice.text


@pytest.mark.long
def test_work_grows_with_the_program_and_not_with_its_square() -> None:
    """Many views of one memory, and many writes to it; what runs beside changes no count of calls."""

    def calls(count: int) -> int:
        program = explained(f"x = torch.ones(3)\nviews = [x[:] for _ in range({count})]\nfor v in views:\n    v[0] = 1")
        return count_calls(lambda: surprises(Facts(program.facts.sources, program.facts.trace), "en"))

    assert calls(800) < 10 * calls(100)
