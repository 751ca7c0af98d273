"""Recordings of real programs."""

import gzip
import json
from typing import Any

import pytest
from tensorpad.recordings.recorder import Recorder
from tensorpad.recordings.recording import RecordingError, encode
from tensorpad.settings import load

from tests.support.patience import PATIENCE_S
from tests.support.recordings import PERCEPTRON, TUTORIAL, recorded

LOOP = """import torch
torch.manual_seed(0)
w = torch.randn(3, requires_grad=True)
for _ in range(3):
    loss = (w * w).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad = None
"""


def read(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(data))
    return found


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    programs = {"tutorial": TUTORIAL, "perceptron": PERCEPTRON, "loop": LOOP}
    return {name: encode(made) for name, made in recorded(programs).items()}


@pytest.mark.long
def test_the_same_program_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    again = {name: encode(made) for name, made in recorded({"loop": LOOP, "tutorial": TUTORIAL}).items()}
    assert again == {name: files[name] for name in again}


def test_a_recording_has_what_views_ask_for_next(files: dict[str, bytes]) -> None:
    tutorial, perceptron, loop = (read(files[name]) for name in ("tutorial", "perceptron", "loop"))
    assert {step["kind"] for step in tutorial["answer"]["steps"]} >= {"operation", "backward", "function"}
    assert len(tutorial["openings"]) == len(tutorial["answer"]["operations"])
    outputs = [shape for operation in tutorial["answer"]["operations"] for shape in operation.get("output_shapes", [])]
    assert len(tutorial["lenses"]) == sum(4 if shape else 1 for shape in outputs)
    starts = {(one.get("of"), one.get("checked", False)) for one in tutorial["derivations"]}
    assert starts == {(None, False), (None, True), ("out", False), ("out", True)}
    modules = [group["id"] for group in perceptron["answer"]["graphs"][-1]["groups"]]
    undrawn = {graph["id"] for graph in loop["answer"]["graphs"] if graph.get("like")}
    assert undrawn == {one["graph"] for one in loop["drawings"] if not one["open"] and not one["closed"]} != set()
    assert {closed for one in perceptron["drawings"] for closed in one["closed"]} >= set(modules)
    layers = {fold["members"][0] for fold in perceptron["answer"]["graphs"][-1]["folded"]}
    assert {opened for one in perceptron["drawings"] for opened in one["open"]} >= layers != set()


@pytest.mark.long
def test_a_recorder_refuses_in_words_and_goes_on() -> None:
    with Recorder(load(snippets="off", limits={"timeout_s": PATIENCE_S, "code_bytes": 2_000})) as recorder:
        for cells in ([], ["x = 1\n" * 1_000]):
            with pytest.raises(RecordingError):
                recorder.record(cells)
        answer = json.loads(bytes(recorder.record(["1 / 0"]).answer))
        assert answer["cells"][0]["error"]["type"] == "ZeroDivisionError"
    with pytest.raises(RuntimeError, match="within its"):
        recorder.record(["x = 1"])
