"""At every step the page shows what plain PyTorch has after that statement. `make truth` compares many more programs."""

import pytest
from tensorpad.api.runs import deferral, repetition

from tests.truth.comparison import compare, examples
from tests.truth.generator import program

PROGRAMS = 40


def test_each_shown_value_flag_and_gradient_is_that_of_plain_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repetition, "SHORT", 0)
    report = compare([[program(seed)] for seed in range(PROGRAMS)])
    assert report.differences == []
    assert report.programs == PROGRAMS
    assert report.steps > 500


def test_the_examples_of_the_page_show_what_plain_torch_has() -> None:
    report = compare(examples())
    assert report.differences == []
    assert report.programs > 10


LOOP = """\
import torch
from torch import nn
torch.manual_seed(0)
x, y = torch.randn(16, 4), torch.randn(16, 1)
model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
optimiser = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
seen = torch.zeros(6)
for step in range(30):
    optimiser.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimiser.step()
    seen[step % 6] += loss.detach()
"""


@pytest.mark.long
def test_values_that_come_by_chunks_are_those_of_plain_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deferral, "BUDGET", 0)
    monkeypatch.setattr(deferral, "CHUNK", 2_000)
    report = compare([[LOOP], *([program(seed)] for seed in range(10))], deferring=True)
    assert report.differences == []
    assert report.steps > 250
    assert report.deferred > 500
