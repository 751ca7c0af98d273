"""Recordings of programs, made as commands make them."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from tensorpad.recordings.recorder import Recorder
from tensorpad.recordings.recording import Recording
from tensorpad.settings import load
from tensorpad.texts import Lang

from tests.support.patience import PATIENCE_S

TUTORIAL = """import torch
x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
"""
PERCEPTRON = """import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
loss = model(torch.ones(4, 2)).pow(2).mean()
loss.backward()
"""
FAILING = "import torch\na = torch.ones(2, 3)\na @ a\n"


def recorded(programs: Mapping[str, str], lang: Lang = "en") -> dict[str, Recording]:
    """A recording of each program. It has a thread of its own, for a browser holds the event loop of a test's."""

    def record() -> dict[str, Recording]:
        with Recorder(load(profile="auto", snippets="off", limits={"timeout_s": PATIENCE_S, "start_s": 300})) as recorder:
            return {name: recorder.record([code], lang=lang) for name, code in programs.items()}

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(record).result()
