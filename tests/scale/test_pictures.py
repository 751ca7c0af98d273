"""Graphs of thousands of operations are drawn folded, and what was folded is listed."""

from collections.abc import AsyncIterator

import pytest
from tensorpad.graph.builder import build
from tensorpad.protocol.limits import Limits
from tensorpad.render.renderer import Renderer

from tests.support.comparison import run
from tests.support.graph_models import accounted, assert_sound
from tests.support.patience import PATIENCE_S
from tests.support.short_form import shortened

LIMITS = Limits(draw_s=PATIENCE_S)
CHAIN = """
import torch
x = torch.ones(4, requires_grad=True)
y = x
for _ in range({count}):
    y = y * 1.0001
out = y.sum()
"""
SHARED_LEAF = """
import torch
w = torch.ones(4, requires_grad=True)
y = w * 1.0
for step in range({count}):
    y = y * w if step % 50 == 0 else y * 1.01
out = y.sum()
"""
LAYERS = """
import torch
from torch import nn
layers = []
for _ in range({count} // 4):
    layers += [nn.Linear(2, 2), nn.Tanh()]
out = nn.Sequential(*layers)(torch.ones(1, 2)).sum()
"""
IRREGULAR = """
import torch
y = torch.ones(4, requires_grad=True)
number = 7
for _ in range({count}):
    number = (number * 1103515245 + 12345) % 2**31
    y = (torch.sin, torch.cos, torch.tanh, torch.sigmoid)[number >> 16 & 3](y)
out = y.sum()
"""
PROGRAMS = {"chain": CHAIN, "shared_leaf": SHARED_LEAF, "layers": LAYERS, "irregular": IRREGULAR}


@pytest.fixture(scope="module")
async def renderer(anyio_backend: str) -> AsyncIterator[Renderer]:
    renderer = Renderer(LIMITS)
    await renderer.start()
    yield renderer
    await renderer.close()


@pytest.mark.parametrize("count", shortened([1_000, 10_000]))
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS.keys())
@pytest.mark.anyio
async def test_a_large_graph_is_drawn_and_nothing_of_it_is_lost(renderer: Renderer, program: str, count: int) -> None:
    trace = run(program.format(count=count)).trace
    (record,) = trace.graphs
    assert record.elided == 0
    assert len(record.functions) >= count
    graph = build(trace, record, LIMITS.drawn_nodes)
    assert_sound(graph)
    picture = await renderer.draw_graph(graph)
    assert picture.svg is not None
    shown = picture.shown or graph
    assert len(shown.nodes) <= LIMITS.drawn_nodes
    operations = {function.id for function in record.functions if function.name != "AccumulateGrad"}
    assert operations <= set(accounted(shown))
