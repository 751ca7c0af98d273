"""Notices are true: each rule that once accused right code says nothing of it, and still speaks where it should."""

import dataclasses

import pytest
from msgspec import structs
from tensorpad.explain.explainer import surprises
from tensorpad.protocol.records import OpaqueValues
from tensorpad.texts import Lang
from tensorpad.trace.memory.values import FULL

from tests.support.explanations import explained

W = "w = torch.ones(2, requires_grad=True)\n"
TRAINED = """\
X = torch.arange(8.).view(4, 2)
w = torch.zeros(2, 1, requires_grad=True)
for _ in range(3):
    (X @ w - 1).pow(2).mean().backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
        w.grad = None
"""
MODEL = """\
X = torch.arange(8.).view(4, 2)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(2, 1))
    def forward(self, x):
        return x @ self.w
net = Net()
optimiser = torch.optim.SGD(net.parameters(), 0.01)
for _ in range(3):
    loss = (net(X) - 1).pow(2).mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
"""
QUIET = {
    "filled_in_the_same_expression": "a = torch.Tensor(5).random_(10)\nb = torch.Tensor(3, 2).uniform_(-1, 1)",
    "a_library_that_broadcasts_inside": "X = torch.zeros(3, 3)\ntorch.nn.init.orthogonal_(X)",
    "written_through_numpy": "r = torch.empty(2, 2)\nr.numpy()[:] = 1\nr",
    "evaluated_after_training": TRAINED + "with torch.no_grad():\n    pred = X @ w",
    "a_model_evaluated_after_training": MODEL + "with torch.inference_mode():\n    pred = net(X)",
    "masked_before_softmax": "s = torch.arange(9.).view(3, 3)\nm = torch.ones(3, 3).tril().bool()\n"
    "t = s.masked_fill(~m, float('-inf'))\np = t.softmax(-1)",
    "cleared_in_each_round": TRAINED,
}
SAID = {
    "not_filled": ("a = torch.Tensor(5)", "constructor"),
    "broadcast_by_the_program": ("X = torch.zeros(3, 3)\nX += torch.arange(3.)", "stretched_write"),
    "broadcast_by_a_method": ("X = torch.zeros(3, 3)\nX.add_(torch.arange(3.))", "stretched_write"),
    "left_over": ("r = torch.empty(2, 2)\na = r.numpy()", "uninitialised"),
    "never_trained": (W + "with torch.no_grad():\n    y = w * 2", "cut_off"),
    "added_up": (W + "(w * w).sum().backward()\n(w * 3).sum().backward()", "accumulated"),
}
LANGS: tuple[Lang, ...] = ("en", "zh-CN")
DIVISIONS = {
    "by_small_numbers": ("z = torch.ones(2)\nx = torch.tensor([1e-3, 2.])\nfor _ in range(20): z = z / x", "larger than"),
    "by_a_small_number": ("z = torch.ones(2)\nfor _ in range(20): z = z / 1e-3", "larger than"),
    "of_a_number": ("z = 1e38 / torch.tensor([1e-3, 2.])", "larger than"),
    "in_place": ("z = torch.ones(2)\nfor _ in range(20): z /= 1e-3", "larger than"),
    "by_zero": ("z = torch.ones(2) / torch.tensor([0., 1.])", "Dividing by 0"),
    "by_the_number_zero": ("z = torch.ones(2) / 0", "Dividing by 0"),
    "reciprocal_of_zero": ("z = torch.tensor([0., 1.]).reciprocal()", "Dividing by 0"),
    "reciprocal_of_a_small_number": ("z = torch.tensor([1e-40, 1.]).reciprocal()", "larger than"),
}


@pytest.mark.parametrize("program", QUIET.values(), ids=QUIET.keys())
def test_right_code_is_left_in_peace(program: str) -> None:
    assert [notice.rule for notice in explained(program).notices()] == []


def test_memory_that_an_array_filled_is_shared_and_not_left_over() -> None:
    ran = explained("r = torch.empty(2, 2)\na = r.numpy()\na.fill(3)")
    assert [notice.rule for notice in ran.notices()] == ["shared_array"]


@pytest.mark.parametrize(("program", "rule"), SAID.values(), ids=SAID.keys())
def test_what_is_meant_is_still_said(program: str, rule: str) -> None:
    assert rule in [notice.rule for notice in explained(program).notices()]


@pytest.mark.parametrize(("program", "reason"), DIVISIONS.values(), ids=DIVISIONS.keys())
def test_a_division_is_blamed_for_what_it_did(program: str, reason: str) -> None:
    (notice,) = [notice for notice in explained(program).notices() if notice.rule == "not_finite"]
    assert reason in notice.text


@pytest.mark.parametrize("mode", ["no_grad", "inference_mode"])
@pytest.mark.parametrize("lang", LANGS)
def test_the_mode_that_cut_a_gradient_off_has_its_name(mode: str, lang: Lang) -> None:
    ran = explained(W + f"with torch.{mode}():\n    y = w * 2")
    (notice,) = [notice for notice in ran.notices(lang) if notice.rule == "cut_off"]
    assert f"`torch.{mode}()`" in notice.text


def test_gradients_that_are_not_known_are_not_said_to_add_up() -> None:
    ran = explained(W + "for _ in range(3):\n    (w * w).sum().backward()")
    assert "accumulated" in [notice.rule for notice in ran.notices()]
    unknown = [
        structs.replace(backward, gradients=tuple(OpaqueValues(values.shape, FULL) for values in backward.gradients))
        for backward in ran.facts.trace.backwards
    ]
    facts = dataclasses.replace(ran.facts, trace=structs.replace(ran.facts.trace, backwards=tuple(unknown)))
    assert "accumulated" not in [notice.rule for notice in surprises(facts, "en")]
