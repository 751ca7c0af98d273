"""Warming up leaves no trace that a program could find."""

import linecache
import os
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tensorpad.protocol.limits import Limits
from tensorpad.sandbox.warmup import warm_template, warm_worker

from tests.support.comparison import plainly, traced


@pytest.fixture(autouse=True)
def warm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def states() -> list[Any]:
    return [torch.get_rng_state().tolist(), np.random.get_state()[1].tolist(), random.getstate()]  # pyright: ignore


def test_generators_modules_sources_and_files_are_as_before() -> None:
    before = states(), sys.modules["__main__"], dict(linecache.cache), sys.stdout
    warm_template()
    warm_worker(Limits())
    assert states() == before[0]
    assert (sys.modules["__main__"], sys.stdout) == (before[1], before[3])
    assert linecache.cache == before[2]
    assert os.listdir() == []
    assert torch.is_grad_enabled()


def test_warnings_that_are_shown_once_are_still_shown() -> None:
    warm_worker(Limits())
    source = "import torch\ny = torch.ones(1, requires_grad=True) * 2\ny.sum().backward()\ny.grad\n"
    assert "not a leaf" in traced(source)
    assert traced(source) == plainly(source)
