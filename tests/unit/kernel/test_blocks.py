"""What a trace in the user's own process leaves behind: nothing. And what it refuses."""

import gc
import os
import signal
import sys
import threading
import warnings
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tensorpad
import torch
from tensorpad.kernel.errors import TraceError
from tensorpad.trace.base.internals import function_modes, hook_mixin

from tests.support.scripts import run_block, run_script

_torch: Any = torch
_sys: Any = sys


def installed() -> list[Any]:
    """All that a trace replaces or puts on."""
    return [
        sys.gettrace(),
        sys.stdout,
        sys.stderr,
        function_modes(),
        warnings.warn,
        gc.isenabled(),
        _torch.autograd._engine_run_backward,
        _torch.autograd.graph._engine_run_backward,
        _torch.utils.swap_tensors,
        hook_mixin.__dict__["_register_hook"],
        signal.getsignal(signal.SIGINT),
        __import__("traceback").walk_tb,
        _sys._getframe().f_trace,
    ]


ENDINGS = {
    "in the ordinary way": "y = torch.ones(2, requires_grad=True).sum()\ny.backward()",
    "with an error": "y = torch.ones(2)\ny @ torch.ones(3)",
    "with an error in a hook": "x = torch.ones(2, requires_grad=True)\nx.register_hook(lambda g: 1 / 0)\nx.sum().backward()",
    "with an interrupt": "import signal\nx = torch.ones(2)\nsignal.raise_signal(signal.SIGINT)",
    "with an exit": "raise SystemExit(3)",
}


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A test run in the background of a shell ignores interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_stays_installed_after_a_block_that_ends(ending: str, tmp_path: Path) -> None:
    before = installed()
    script = run_block(tmp_path, ENDINGS[ending])
    assert (script.error is None) is (ending == "in the ordinary way")
    assert installed() == before
    assert len(script.traced.trace.operations) >= (ending != "with an exit")


def test_a_block_can_be_left_by_return_and_break(tmp_path: Path) -> None:
    script = run_script(
        tmp_path,
        "import torch, tensorpad\ndef f():\n    for i in range(3):\n        with tensorpad.trace() as trace:\n"
        "            x = torch.ones(i + 1)\n            if i == 1:\n                return trace, x\n            continue\n"
        "trace, x = f()\n",
    )
    assert script.error is None
    assert [variable.name for variable in script.traced.trace.variables] == ["x", "i"]
    assert sys.gettrace() is None


def test_an_exception_has_the_traceback_of_plain_python(tmp_path: Path) -> None:
    block = "def f(x):\n    return torch.nn.functional.linear(x, torch.ones(3, 3))\nf(torch.ones(2))"
    script = run_block(tmp_path, block)
    assert script.error is not None
    names: list[str] = []
    link = script.error.__traceback__
    while link is not None:
        names.append(link.tb_frame.f_code.co_name)
        link = link.tb_next
    assert names == ["run_script", "<module>", "f"]


def test_a_trace_in_a_trace_is_refused(tmp_path: Path) -> None:
    script = run_block(tmp_path, "y = torch.ones(2)\nwith tensorpad.trace():\n    z = y + 1")
    assert isinstance(script.error, TraceError)
    assert "cannot begin inside another" in str(script.error)
    assert [operation.name for operation in script.traced.trace.operations] == ["torch.ones"]


def test_a_trace_in_another_thread_is_refused_while_one_runs_and_its_work_is_not_recorded(tmp_path: Path) -> None:
    refused: list[BaseException] = []

    def other() -> None:
        x: Any = torch.ones(1, requires_grad=True)
        (x * 2).sum().backward()
        try:
            with tensorpad.trace():
                pass
        except TraceError as error:
            refused.append(error)

    def aside() -> None:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()

    with tensorpad.trace() as trace:
        aside()
        torch.ones(3)
    assert len(refused) == 1
    assert [operation.name for operation in trace.traced.trace.operations] == ["torch.ones"]
    assert trace.traced.trace.backwards == ()


def test_a_second_trace_in_a_process_knows_nothing_of_the_first(tmp_path: Path) -> None:
    script = run_script(
        tmp_path,
        "import torch, tensorpad\nmodel = torch.nn.Linear(2, 1)\nx = torch.ones(3, 2)\ntraces = []\nfor _ in range(2):\n"
        "    with tensorpad.trace() as trace:\n        out = model(x).sum()\n        out.backward()\n"
        "    traces.append(trace)\n    model.zero_grad()\n    del out\n",
    )
    first, second = (trace.traced.trace for trace in script.names["traces"])
    assert [step.kind for step in first.steps] == [step.kind for step in second.steps]
    assert [(one.id, one.name, one.parent) for one in first.operations] == [
        (one.id, one.name, one.parent) for one in second.operations
    ]
    assert [graph.functions for graph in first.graphs] == [graph.functions for graph in second.graphs]


def test_a_trace_inside_the_forward_of_a_module_has_no_operation_around_it(tmp_path: Path) -> None:
    script = run_script(
        tmp_path,
        "import torch, tensorpad\ntraces = []\nclass Net(torch.nn.Module):\n    def forward(self, x):\n"
        "        for _ in range(2):\n            with tensorpad.trace() as trace:\n                y = x * 2\n"
        "            traces.append(trace)\n        return y\ntorch.nn.Sequential(Net())(torch.ones(2))\n",
    )
    assert script.error is None
    assert [[one.parent for one in trace.traced.trace.operations] for trace in script.names["traces"]] == [[None], [None]]


def test_a_block_keeps_no_tensor_alive() -> None:
    kept = torch.ones(4, requires_grad=True)
    reference = weakref.ref(kept)

    def work(kept: Any) -> list[Any]:
        with tensorpad.trace() as trace:
            gone = kept * 2
            hidden = gone + 1
            hidden.sum().backward()
            references = [weakref.ref(gone), weakref.ref(hidden)]
            del gone
        del hidden
        return [trace, *references]

    trace, *references = work(kept)
    assert [reference() for reference in references] == [None, None]
    assert trace.traced.trace.operations
    del kept
    assert reference() is None


def test_tensors_stay_what_they_are() -> None:
    x: Any = torch.ones(3, requires_grad=True)
    storage, version, identity = x.untyped_storage().data_ptr(), x._version, id(x)
    with tensorpad.trace():
        y = (x * 2).sum()
        y.backward()
        inside = x
    assert inside is x
    assert (x.untyped_storage().data_ptr(), x._version, id(x)) == (storage, version, identity)
    assert torch.equal(x.grad, torch.full((3,), 2.0))
    assert x.grad_fn is None
    assert not x._backward_hooks


def test_a_tracer_of_the_users_sees_what_it_would_see(tmp_path: Path) -> None:
    block = "def f(n):\n    m = n + 1; return m\ny = f(1)\nz = [f(i) for i in range(2)]"

    def events(block: str, before: str) -> list[Any]:
        seen: list[Any] = []

        def tracer(frame: Any, event: str, arg: Any) -> Any:
            if Path(frame.f_code.co_filename).parent == tmp_path:
                seen.append((frame.f_code.co_name, event, frame.f_lineno))
                return tracer
            return None

        previous = sys.gettrace()
        sys.settrace(tracer)
        try:
            script = run_block(tmp_path, block, before)
            after = sys.gettrace()
        finally:
            sys.settrace(previous)
        assert script.error is None
        assert after is tracer
        return seen

    traced = events(block, "")
    plain = events(block, "class Nothing: trace = __import__('contextlib').nullcontext\ntensorpad = Nothing")
    within = [[(name, event, line) for name, event, line in seen if line > 3] for seen in (traced, plain)]
    assert within[0]
    assert within[0] == [(name, event, line - 1) for name, event, line in within[1] if line > 4]


def test_a_forked_process_is_not_traced() -> None:
    with tensorpad.trace() as trace:
        child = os.fork()
        if child == 0:
            ok = not function_modes() and sys.gettrace() is None
            os._exit(0 if ok else 1)
        status = os.waitpid(child, 0)[1]
        torch.ones(2)
    assert os.waitstatus_to_exitcode(status) == 0
    assert [operation.name for operation in trace.traced.trace.operations] == ["torch.ones"]


def test_a_trace_needs_the_source_of_its_block() -> None:
    with pytest.raises(TraceError, match="needs the source"):
        exec("import tensorpad\nwith tensorpad.trace():\n    pass", {})
    with pytest.raises(TraceError, match="`with` statement"):
        tensorpad.trace().__enter__()
    assert sys.gettrace() is None
