"""A view in a real kernel: what a reader looks at is in its traits, and what is set there is sent to the page."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.kernels import CellOutput, Kernel, started

CELL = """%%tensorpad --name shown --view steps --step 1
x = torch.ones(2, requires_grad=True)
out = (x * 3).sum()
out.backward()
"""


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    with started() as kernel:
        assert kernel.run("%load_ext tensorpad\nimport torch, tensorpad").status == "ok"
        yield kernel


@pytest.fixture(scope="module")
def cell(kernel: Kernel) -> CellOutput:
    cell = kernel.run(CELL)
    assert cell.status == "ok", cell.outputs
    return cell


def value(kernel: Kernel, expression: str) -> str:
    (result,) = kernel.run(expression).of("execute_result")
    return result["data"]["text/plain"]


def model(cell: CellOutput) -> Any:
    """The widget's model, as the page is told of it."""
    (opened,) = [message for message in cell.of("comm_open") if "_esm" in message["data"]["state"]]
    return opened


def test_what_is_saved_is_the_page_and_no_widget(cell: CellOutput) -> None:
    (display,) = cell.of("display_data")
    assert set(display["data"]) == {"text/html", "image/svg+xml", "text/plain"}
    key = model(cell)["data"]["state"]["key"]
    assert re.search(rf'<iframe [^>]*data-tensorpad-view="{key}"', display["data"]["text/html"])


def test_its_model_has_the_module_and_where_it_begins_and_not_the_page(cell: CellOutput) -> None:
    state = model(cell)["data"]["state"]
    assert (state["step"], state["view"], state["of"]) == (1, "steps", None)
    assert "data-tensorpad-view" in state["_esm"]
    assert "export" in state["_esm"]
    assert len(state["_esm"]) < 10_000


def test_what_a_reader_looks_at_is_known(kernel: Kernel, cell: CellOutput) -> None:
    kernel.update(model(cell)["comm_id"], {"step": 2, "view": "memory", "of": "out"})
    assert value(kernel, "shown.step, shown.view, shown.of") == "(2, 'memory', 'out')"
    kernel.update(model(cell)["comm_id"], {"step": None})
    assert value(kernel, "shown.step is None") == "True"


def test_what_is_set_is_sent_to_the_page(kernel: Kernel, cell: CellOutput) -> None:
    sent = kernel.run("shown.step = 3\nshown.view = 'graph'").of("comm_msg")
    assert {message["comm_id"] for message in sent} == {model(cell)["comm_id"]}
    states: dict[str, Any] = {}
    for message in sent:
        states |= message["data"]["state"]
    assert states == {"step": 3, "view": "graph"}


def test_what_no_view_is_is_refused(kernel: Kernel, cell: CellOutput) -> None:
    for wrong in ("shown.view = 'nowhere'", "shown.step = -1"):
        assert kernel.run(wrong).status == "error"


def test_the_view_of_a_trace_is_shown_as_the_last_line_of_a_cell(kernel: Kernel) -> None:
    traced = "with tensorpad.trace() as trace:\n    y = torch.ones(2) * 2\nown = trace.view(view='values')\nown"
    (result,) = kernel.run(traced).of("execute_result")
    assert set(result["data"]) == {"text/html", "text/plain"}
    assert value(kernel, "own.view") == "'values'"
