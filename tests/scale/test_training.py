"""Training loops: every loss and every parameter is what plain torch gives, bit for bit."""

import pytest

from tests.support.comparison import Course, plainly, run
from tests.support.short_form import shortened

LOOP = """
optimiser = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
losses = []
for step in range(50):
    optimiser.zero_grad()
    loss = torch.nn.functional.mse_loss(model(data), target)
    loss.backward()
    optimiser.step()
    losses.append(loss.item().hex())
print(losses)
for name, parameter in model.named_parameters():
    print(name, parameter.detach().double().sum().item().hex(), parameter.grad.double().sum().item().hex())
print(torch.rand(3).tolist())
"""
MODELS = {
    "perceptron": """
import torch
from torch import nn
model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.BatchNorm1d(16), nn.Dropout(0.2), nn.Linear(16, 1))
data = torch.randn(32, 4)
target = data.sum(1, keepdim=True)
""",
    "block_of_its_own": """
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.mix, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.feed = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, x):
        batch, length, width = x.shape
        q, k, v = self.mix(self.norms[0](x)).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5).softmax(-1)
        x = x + self.out((weights @ v).transpose(1, 2).reshape(batch, length, width))
        return x + self.feed(self.norms[1](x))

model = Block(8, 2)
data = torch.randn(4, 5, 8)
target = data.flip(1)
""",
    "encoder_layer": """
import torch
from torch import nn
model = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.1, batch_first=True)
data = torch.randn(4, 5, 8)
target = data.flip(1)
""",
}


@pytest.fixture(scope="module", params=shortened(MODELS.values()), ids=list(MODELS))
def training(request: pytest.FixtureRequest) -> tuple[str, Course]:
    """A program of fifty steps, and what it did with the trace."""
    program = request.param + LOOP
    return program, run(program)


def test_fifty_steps_are_the_same_with_the_trace(training: tuple[str, Course]) -> None:
    program, course = training
    expected = plainly(program)
    assert expected.count("0x") > 50
    assert (course.printed, course.cell.error) == (expected, None)


def test_fifty_steps_leave_a_trace(training: tuple[str, Course]) -> None:
    trace = training[1].trace
    assert trace.operations
    assert trace.graphs
    assert "loss" in {variable.name for variable in trace.variables}
    assert {graph.root_name for graph in trace.graphs} == {"loss"}
