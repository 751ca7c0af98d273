"""`python -m tests.benchmarks.contender TOOL PROGRAM`: one tool draws the graph of one program, in a process of its own.

Each thing that it has measured is printed at once, as a line of JSON: a tool may fail or be ended in the middle.
"""

import asyncio
import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

ROUNDS: Final = 5
_PATIENCE_S: Final = 3.0
"""What takes longer is measured once."""
_CHAIN: Final = """
class Model(nn.Module):
    def forward(self, x):
        y = x
        for _ in range({length}):
            y = y * 1.0001
        return y.sum()

model, x = Model(), torch.ones(4, requires_grad=True)
"""
_SHARED: Final = """
class Model(nn.Module):
    def forward(self, x):
        y = x * 1.0
        for step in range(1, 1_001):
            y = y * x if step % 50 == 0 else y * 1.0001
        return y.sum()

model, x = Model(), torch.ones(4, requires_grad=True)
"""
_TUTORIAL: Final = """
class Model(nn.Module):
    def forward(self, x):
        y = x + 2
        z = y * y * 3
        return z.mean()

model, x = Model(), torch.ones(2, 2, requires_grad=True)
"""
_PERCEPTRON: Final = """
layers = [layer for _ in range(8) for layer in (nn.Linear(16, 16), nn.ReLU())]
model, x = nn.Sequential(*layers), torch.ones(4, 16)
"""
PROGRAMS: Final[dict[str, str]] = {
    "the tutorial": _TUTORIAL,
    "a perceptron of 8 layers": _PERCEPTRON,
    "a chain of 100": _CHAIN.format(length=100),
    "a chain of 1,000": _CHAIN.format(length=1_000),
    "a chain of 10,000": _CHAIN.format(length=10_000),
    "1,000 operations, a leaf used every 50": _SHARED,
}
_IMPORTS: Final = "import torch\nfrom torch import nn\n"
_CALL: Final = "out = model(x)\n"


class Tool:
    """Runs a program and makes a graph of it (`build`), then an SVG of that (`draw`)."""

    def __init__(self, build: Callable[[str], Any], draw: Callable[[Any], bytes]) -> None:
        self.build = build
        self.draw = draw


def _names(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(_IMPORTS + source, names)
    return names


def _tensorpad() -> Tool:
    from tensorpad.graph.builder import build
    from tensorpad.protocol.limits import Limits
    from tensorpad.protocol.messages import Finished, Report, RunRequest
    from tensorpad.render.renderer import Renderer
    from tensorpad.sandbox.program import run_program

    limits, runner = Limits(), asyncio.Runner()
    renderer = Renderer(limits)
    runner.run(renderer.start())

    def graph_of(source: str) -> Any:
        reports: list[Report] = []
        run_program(RunRequest(cells=(_IMPORTS + source + _CALL,)), limits, reports.append)
        last = reports[-1]
        assert isinstance(last, Finished)
        return build(last.trace, last.trace.graphs[-1], limits.drawn_nodes)

    def draw(graph: Any) -> bytes:
        svg = runner.run(renderer.draw_graph(graph)).svg
        assert svg is not None, "no layout within the limit"
        return svg.encode()

    return Tool(graph_of, draw)


def _torchviz() -> Tool:
    make_dot: Any = import_module("torchviz").make_dot

    def build(source: str) -> Any:
        names = _names(source)
        return make_dot(names["model"](names["x"]), params={"x": names["x"], **dict(names["model"].named_parameters())})

    return Tool(build, lambda graph: graph.pipe("svg"))


def _torchview() -> Tool:
    draw_graph: Any = import_module("torchview").draw_graph

    def build(source: str) -> Any:
        names = _names(source)
        return draw_graph(names["model"], input_data=names["x"], device="cpu")

    return Tool(build, lambda graph: graph.visual_graph.pipe("svg"))


def _torchlens() -> Tool:
    trace: Any = import_module("torchlens").trace

    def build(source: str) -> Any:
        names = _names(source)
        return trace(names["model"], names["x"])

    def draw(graph: Any) -> bytes:
        with tempfile.TemporaryDirectory() as directory:
            graph.draw(vis_outpath=str(Path(directory, "graph")), vis_save_only=True, vis_fileformat="svg")
            return Path(directory, "graph.svg").read_bytes()

    return Tool(build, draw)


TOOLS: Final[dict[str, Callable[[], Tool]]] = {
    "Tensorpad": _tensorpad,
    "torchlens": _torchlens,
    "torchview": _torchview,
    "torchviz": _torchviz,
}


def main() -> None:
    tool, source = TOOLS[sys.argv[1]](), PROGRAMS[sys.argv[2]]
    try:
        tool.draw(tool.build(_TUTORIAL))
        gc.collect()
        gc.freeze()
        graph: Any = _measured("build_s", lambda: tool.build(source))
        picture = _measured("draw_s", lambda: tool.draw(graph))
        _tell(svg_bytes=len(picture))
    except Exception as error:
        _tell(error=type(error).__name__)
    sys.stdout.flush()
    # Not every tool lets go of what is deep without recursion, nor ends what it has started.
    import_module("os")._exit(0)


def _measured(name: str, work: Callable[[], Any]) -> Any:
    taken: list[float] = []
    while True:
        began = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - began)
        if len(taken) == ROUNDS or taken[0] > _PATIENCE_S:
            _tell(**{name: statistics.median(taken)})
            return result


def _tell(**facts: float | str) -> None:
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    main()
