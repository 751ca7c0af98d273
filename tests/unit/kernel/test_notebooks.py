"""`%%tensorpad` in a real kernel: a cell runs as ever, and what it did is shown below it."""

import base64
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from tensorpad.recordings.recording import decode

from tests.support.explanations import explained
from tests.support.kernels import Kernel, started

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    with started() as kernel:
        assert kernel.run("%load_ext tensorpad").status == "ok"
        kernel.run("import torch\ndef square(v):\n    w = v * v\n    return w\nx = torch.ones(2, requires_grad=True)")
        yield kernel


def shown(kernel: Kernel, source: str) -> dict[str, Any]:
    """What a cell displays, its output and result left out."""
    (display,) = kernel.run(source).of("display_data")
    return display["data"]


def test_a_cell_prints_and_results_as_ever_and_is_shown(kernel: Kernel) -> None:
    cell = kernel.run("%%tensorpad --view steps\ny = square(x + 1)\nprint('here')\nout = y.sum()\nout.backward()\nx.grad")
    assert cell.status == "ok"
    assert [stream["text"] for stream in cell.of("stream")] == ["here\n"]
    assert [result["data"]["text/plain"] for result in cell.of("execute_result")] == ["tensor([4., 4.])"]
    (display,) = cell.of("display_data")
    assert set(display["data"]) == {"text/html", "image/svg+xml", "text/plain"}
    assert "srcdoc=" in display["data"]["text/html"]
    kinds = [output["kind"] for output in cell.outputs]
    assert kinds.index("stream") < kinds.index("execute_result") < kinds.index("display_data")


def test_variables_of_a_cell_stay_the_kernels(kernel: Kernel) -> None:
    kernel.run("%%tensorpad\nkept = x * 5")
    assert kernel.run("kept.tolist(), kept.grad_fn.name()").of("execute_result")[0]["data"]["text/plain"] == (
        "([5.0, 5.0], 'MulBackward0')"
    )
    assert (
        kernel.run("import sys; sys.gettrace(), type(sys.stdout).__name__").of("execute_result")[0]["data"]["text/plain"]
        == "(None, 'OutStream')"
    )


def test_a_semicolon_hides_the_result(kernel: Kernel) -> None:
    assert kernel.run("%%tensorpad\nx + 1;").of("execute_result") == []


def test_an_error_is_shown_as_a_notebook_shows_it_and_stops_the_notebook(kernel: Kernel) -> None:
    cell = kernel.run("%%tensorpad\nbroken = x + 1\nbroken @ torch.ones(3)")
    assert cell.status == "error"
    (error,) = cell.of("error")
    assert error["ename"] == "RuntimeError"
    trace = _COLOURS.sub("", "\n".join(error["traceback"]))
    assert re.search(r"----> 3 broken @ torch\.ones\(3\)", trace)
    assert "tensorpad" not in trace.split("----> 3")[1]
    assert "run_cell_magic" not in trace
    assert len(cell.of("display_data")) == 1, "what it did until then is shown, too"


def test_a_cell_that_does_not_compile_is_refused_as_ever(kernel: Kernel) -> None:
    cell = kernel.run("%%tensorpad\nz = (1\n")
    (error,) = cell.of("error")
    assert error["ename"] == "SyntaxError"
    assert "run_cell_magic" not in _COLOURS.sub("", "\n".join(error["traceback"]))
    assert kernel.run("1").status == "ok"


def answer(kernel: Kernel, source: str) -> Any:
    """The recording that a cell shows."""
    found = re.search(r"id=&quot;recording&quot;&gt;([A-Za-z0-9+/=]+)", shown(kernel, source)["text/html"])
    assert found is not None
    return decode(base64.b64decode(found[1]))


def test_what_the_compiler_refuses_is_explained_as_the_service_explains_it(kernel: Kernel) -> None:
    source = "x = torch.ones(2)\nif x[0] = 1:\n    print(x)\n"
    (cell,) = msgspec.json.decode(answer(kernel, f"%%tensorpad\n{source}").answer)["cells"]
    error = cell["error"]
    plain = explained(source, imports="").error()
    assert (error["type"], error["line"], error["column"]) == ("SyntaxError", 2, 3)
    assert error["explanation"]["title"] == plain.title


def test_a_cell_may_await(kernel: Kernel) -> None:
    kernel.run("import asyncio\nasync def later(v):\n    await asyncio.sleep(0)\n    return v * 7\n")
    cell = kernel.run("%%tensorpad --view steps\nlate = await later(x)\nprint('waited')\n(await later(late)).sum()")
    assert cell.status == "ok", cell.outputs
    assert [stream["text"] for stream in cell.of("stream")] == ["waited\n"]
    assert "98" in cell.of("execute_result")[0]["data"]["text/plain"]
    (display,) = cell.of("display_data")
    assert ">late<" in display["data"]["image/svg+xml"]
    assert kernel.run("late.tolist()").of("execute_result")[0]["data"]["text/plain"] == "[7.0, 7.0]"


def test_an_error_after_an_await_is_shown_as_it_is_without_one(kernel: Kernel) -> None:
    cell = kernel.run("%%tensorpad\nimport asyncio\nawait asyncio.sleep(0)\nx @ torch.ones(3)")
    (error,) = cell.of("error")
    assert error["ename"] == "RuntimeError"
    trace = _COLOURS.sub("", "\n".join(error["traceback"]))
    assert re.search(r"----> 4 x @ torch\.ones\(3\)", trace)
    assert "tensorpad" not in trace.split("----> 4")[1]
    assert kernel.run("%%tensorpad\ny = x + 1").status == "ok"


def test_a_wrong_option_is_named(kernel: Kernel) -> None:
    cell = kernel.run("%%tensorpad --view nowhere\nx")
    assert "invalid choice: 'nowhere'" in "".join(stream["text"] for stream in cell.of("stream"))


def test_the_graph_of_a_variable_is_shown_if_it_is_asked_for(kernel: Kernel) -> None:
    source = "first = (x * 2).sum()\nsecond = (x * 3).sum()"
    assert ">second<" in shown(kernel, f"%%tensorpad\n{source}")["image/svg+xml"]
    assert ">first<" in shown(kernel, f"%%tensorpad --of first\n{source}")["image/svg+xml"]


def test_a_function_of_another_cell_is_traced_too(kernel: Kernel) -> None:
    traced = kernel.run(
        "import tensorpad\nwith tensorpad.trace() as trace:\n    y = square(x)\n"
        "print([len(source.splitlines()) for source in trace.traced.sources])"
    )
    assert [stream["text"] for stream in traced.of("stream")] == ["[3, 1]\n"]


def test_a_tensor_is_shown_below_its_cell(kernel: Kernel) -> None:
    assert "<iframe" in shown(kernel, "import tensorpad\ntensorpad.show((x * 2).sum(), lang='zh-CN')")["text/html"]
