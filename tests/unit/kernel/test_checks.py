"""The fixture `tensorpad_trace`: what it checks, and what it says when a check fails."""

import re
from pathlib import Path

import pytest

from tests.support.plugin import pytest_of

TEST = """
import torch

def test_step(tensorpad_trace):
    x = torch.ones(2, 3)
    frozen = torch.ones(3, requires_grad=True)
    model = torch.nn.Linear(3, 1)
    with tensorpad_trace() as trace:
        h = x * 2
        v = h.view(6)
        h.add_(1)
        out = model(h).sum()
        out.backward()
    {check}
"""
HOLD = [
    "trace.assert_shape('h', 2, 3); trace.assert_shape('v', -1)",
    "trace.assert_shares_memory('h', 'v'); trace.assert_own_memory('x', 'h')",
    "trace.assert_written('v', times=1); trace.assert_not_written('x')",
    "trace.assert_gradient('model.bias', [2.0]); trace.assert_gradient('model.weight')",
    "trace.assert_no_gradient('x'); trace.assert_gradient_reaches('model.weight', 'model.bias')",
]
FAIL = {
    "trace.assert_shape('h', 3, 2)": r"h has the shape \(2, 3\), not \(3, 2\); it was made by x \* 2",
    "trace.assert_shares_memory('x', 'h')": r"x and h have memory of their own; it was made by x \* 2",
    "trace.assert_own_memory('h', 'v')": r"h and v share memory; it was made by h\.view\(6\)",
    "trace.assert_written('x')": "x was not written in place",
    "trace.assert_written('h', times=2)": r"h was written 1 times, not 2: h\.add_\(1\)",
    "trace.assert_not_written('v')": r"v was written in place: h\.add_\(1\)",
    "trace.assert_gradient('x')": "x has no gradient: it does not require one",
    "trace.assert_gradient('out')": "out has no gradient: autograd keeps the gradients of leaves",
    "trace.assert_gradient('model.bias', [3.0])": r"the gradient of model\.bias is \[2\.0\], not \[3\.0\]",
    "trace.assert_no_gradient('model.bias')": r"model\.bias has a gradient, from out\.backward\(\)",
    "trace.assert_gradient_reaches('x')": "no backward pass reached x: it does not require one",
    "trace.shape('nothing')": "the block has no tensor 'nothing'; it has h, model.bias, model.weight",
}


@pytest.mark.long
def test_checks_that_hold_pass(tmp_path: Path) -> None:
    status, output = pytest_of(tmp_path, TEST.format(check="\n    ".join(HOLD)))
    assert status == 0, output


def test_checks_that_fail_say_what_was_there_instead(tmp_path: Path) -> None:
    functions = [TEST.format(check=check).replace("test_step", f"test_{index}") for index, check in enumerate(FAIL)]
    status, output = pytest_of(tmp_path, "\n".join(functions))
    assert status == 1
    assert f"{len(FAIL)} failed" in output
    for message in FAIL.values():
        assert re.search(message, output), (message, output)
    assert "kernel/checks.py" not in output, "a failure is shown at the line of the test"


def test_a_test_run_that_does_not_use_the_fixture_loads_no_torch(tmp_path: Path) -> None:
    source = (
        "import sys\ndef test_it():\n    assert 'tensorpad.testing' in sys.modules\n    assert 'torch' not in sys.modules\n"
    )
    status, output = pytest_of(tmp_path, source)
    assert status == 0, output


def test_the_plugin_is_registered() -> None:
    pyproject = (Path(__file__).parents[3] / "pyproject.toml").read_text()
    assert '[project.entry-points.pytest11]\ntensorpad = "tensorpad.testing"\n' in pyproject
    assert pytest.__version__
