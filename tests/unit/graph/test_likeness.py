"""Graphs of the rounds of a training loop are alike, others are not."""

from tensorpad.graph import likeness
from tensorpad.graph.builder import build

from tests.support.comparison import run

LOOP = """
import torch
model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
x, target = torch.ones(4, 2), torch.zeros(4, 1)
optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(6):
    optimiser.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), target)
    loss.backward()
    optimiser.step()
final = model(x).sum()
"""


def test_rounds_of_a_training_loop_are_like_the_last() -> None:
    trace = run(LOOP).trace
    graphs = [build(trace, record, 400) for record in trace.graphs]
    names = [graph.root_name for graph in graphs]
    assert names == ["loss"] * 6 + ["final"]
    assert likeness.later(graphs) == dict.fromkeys((graph.id for graph in graphs[:5]), graphs[5].id)
