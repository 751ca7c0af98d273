"""Identical requests give identical bytes, from any start of the service."""

from pathlib import Path

import httpx
import pytest

from tests.support.patience import PATIENCE_S
from tests.support.service import running_service

SETS = """
import torch
weights = {name: torch.full((2,), float(place), requires_grad=True) for place, name in enumerate("abcdefgh")}
out = sum(weights[name].sum() * len(name) for name in set(weights) | {"a", "b"})
out.backward()
"""
"""What it does follows the order of a set of strings, which is another for each hash seed."""

MODEL = """
import torch
from torch import nn
model = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.5), nn.ReLU(), nn.Linear(4, 1))
optimizer = torch.optim.Adam(model.parameters())
for _ in range(3):
    optimizer.zero_grad()
    loss = model(torch.randn(5, 3)).square().mean()
    loss.backward()
    optimizer.step()
"""
LOOP = """
import torch
w = torch.ones(3, requires_grad=True)
h = torch.zeros(3)
for step in range(300):
    h = torch.tanh(h * w + 0.1)
h.sum().backward()
"""
FAILING = "import torch\nx = torch.ones(2, 3) @ torch.ones(2, 3)\n"
PROGRAMS = {"sets": SETS, "model": MODEL, "loop": LOOP, "failing": FAILING}
LOOKS: tuple[dict[str, str], ...] = ({}, {"style": "torchviz"}, {"theme": "dark", "lang": "zh-CN"})

Answers = dict[tuple[str, str, int], tuple[int, str | None, bytes]]


def answers(log: Path, seed: str) -> Answers:
    """Every program in every form and look, from a service whose own interpreter has this hash seed."""
    with (
        running_service(log, settings={"PYTHONHASHSEED": seed}, timeout_s=PATIENCE_S, draw_s=PATIENCE_S) as url,
        httpx.Client(base_url=url, timeout=PATIENCE_S, headers={"X-Request-Id": "same"}) as client,
    ):
        found: Answers = {}
        for name, code in PROGRAMS.items():
            for kind in ("svg", "dot", "json", "png"):
                for place, look in enumerate(LOOKS):
                    response = client.get(f"/api/v1/graph.{kind}", params={"code": code, **look})
                    found[name, kind, place] = response.status_code, response.headers.get("etag"), response.content
        return found


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    return answers(tmp_path_factory.mktemp("first") / "log", "1")


def test_two_services_with_other_hash_seeds_give_the_same_bytes(first: Answers, tmp_path: Path) -> None:
    second = answers(tmp_path / "log", "2")
    assert {status for status, _, _ in first.values()} == {200, 422}
    assert [key for key in first if first[key] != second[key]] == []
