"""What a record of a backward pass tells besides its gradients."""

from typing import Any

import pytest
import torch
from tensorpad.protocol.backwards import BackwardRecord, FunctionRun, HookRecord, Slot
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Span
from tensorpad.trace.backward import pass_logs

from tests.support.comparison import plainly, run
from tests.support.trace_records import elements, tensor_named

X = "x = torch.ones(2, requires_grad=True)\n"


def passes(source: str, limits: Limits | None = None) -> tuple[BackwardRecord, ...]:
    return run(source, limits=limits or Limits()).trace.backwards


def only(source: str) -> BackwardRecord:
    (one,) = passes(source)
    return one


def grad(one: BackwardRecord, index: int | None) -> tuple[Any, ...] | None:
    return None if index is None else elements(one.gradients[index])


def called(one: BackwardRecord) -> list[tuple[str, HookRecord]]:
    return [(run.name, hook) for run in one.runs for hook in run.hooks]


def leaf(one: BackwardRecord) -> FunctionRun:
    (found,) = [run for run in one.runs if run.accumulation is not None]
    return found


def test_a_pass_has_the_place_of_its_call_its_root_and_its_graph() -> None:
    course = run(X + "out = (x * x).sum()\nif True:\n    out.backward(retain_graph=True)")
    (one,) = course.trace.backwards
    assert (one.id, one.kind, one.expression) == ("b1", "backward", "out.backward(retain_graph=True)")
    assert one.span == Span(0, 4, 4, 4, 35)
    (root,) = one.roots
    assert (root.name, root.tensor, root.slot) == ("out", tensor_named(course.trace, "out").id, 0)
    assert grad(one, root.gradient) == (1.0,)
    assert (one.retain_graph, one.create_graph, one.inputs, one.failed, one.within) == (True, False, None, False, None)
    assert one.graphs == (course.trace.graphs[0].id,)
    assert (one.size, one.unrecorded) == (3, 0)


def test_the_gradient_that_a_pass_begins_with_is_its_roots() -> None:
    one = only(X + "y = x * 2\ny.backward(torch.tensor([3.0, 4.0]))")
    assert grad(one, one.roots[0].gradient) == (3.0, 4.0)


def test_accumulation_tells_before_added_and_after() -> None:
    first, second = passes(X + "(x * 2).sum().backward()\n(x * 3).sum().backward()")
    for one, expected in ((first, (None, (2.0, 2.0), (2.0, 2.0))), (second, ((2.0, 2.0), (3.0, 3.0), (5.0, 5.0)))):
        accumulation = leaf(one).accumulation
        assert accumulation is not None
        assert tuple(grad(one, index) for index in (accumulation.before, accumulation.added, accumulation.after)) == expected


@pytest.mark.parametrize(
    ("definition", "name", "span"),
    [
        ("y.register_hook(lambda g: g * 10)", "<lambda>", Span(0, 3, 16, 3, 32)),
        ("y.register_hook(lambda g: (lambda h: h * 10)(g))", "<lambda>", Span(0, 3, 16, 3, 47)),
        ("def tenfold(g):\n    return g * 10\ny.register_hook(tenfold)", "tenfold", Span(0, 3, 0, 4, 17)),
        (
            "import functools\ndef times(n, g):\n    return g * n\ny.register_hook(functools.partial(times, 10))",
            "times",
            Span(0, 4, 0, 5, 16),
        ),
        (
            "class Ten:\n    def __call__(self, g):\n        return g * 10\ny.register_hook(Ten())",
            "Ten.__call__",
            Span(0, 4, 4, 5, 21),
        ),
        ("变 = lambda g: g * 10\ny.register_hook(变)", "<lambda>", Span(0, 3, 4, 3, 20)),
        ("f, h = lambda g: g * 10, lambda g: g\ny.register_hook(f)", "<lambda>", Span(0, 3, 7, 3, 23)),
    ],
)
def test_a_hook_has_its_name_its_definition_and_the_gradient_before_and_after(
    definition: str, name: str, span: Span
) -> None:
    one = only(X + "y = x * 2\n" + definition + "\ny.sum().backward()")
    ((function, hook),) = called(one)
    assert (function, hook.kind, hook.name, hook.span, hook.slot) == ("MulBackward0", "tensor", name, span, 0)
    assert [grad(one, index) for index in (*hook.before, *hook.after)] == [(1.0, 1.0), (10.0, 10.0)]
    assert not hook.raised


def test_hooks_stand_in_the_order_of_their_calls_each_with_what_the_one_before_made() -> None:
    source = """
y = x * 2
y.register_hook(lambda g: g + 1)
y.register_hook(print)
y.register_hook(lambda g: g * 5)
y.grad_fn.register_prehook(lambda into: (into[0] + 0.5,))
y.grad_fn.register_hook(lambda out, into: (out[0] * 2, None))
x.register_hook(lambda g: -g)
def zero(p): p.grad.zero_()
x.register_post_accumulate_grad_hook(zero)
y.sum().backward()
"""
    one = only(X + source)
    assert [
        (
            function,
            hook.kind,
            [grad(one, index) for index in hook.before],
            [grad(one, index) for index in hook.after],
        )
        for function, hook in called(one)
    ] == [
        ("MulBackward0", "tensor", [(1.0, 1.0)], [(2.0, 2.0)]),
        ("MulBackward0", "tensor", [(2.0, 2.0)], [(2.0, 2.0)]),
        ("MulBackward0", "tensor", [(2.0, 2.0)], [(10.0, 10.0)]),
        ("MulBackward0", "prehook", [(10.0, 10.0)], [(10.5, 10.5)]),
        ("MulBackward0", "posthook", [(21.0, 21.0), None], [(42.0, 42.0), None]),
        ("AccumulateGrad", "tensor", [(42.0, 42.0)], [(-42.0, -42.0)]),
        ("AccumulateGrad", "accumulated", [(-42.0, -42.0)], [(0.0, 0.0)]),
    ]
    accumulation = leaf(one).accumulation
    assert accumulation is not None
    assert grad(one, accumulation.after) == (-42.0, -42.0)


@pytest.mark.parametrize(
    ("hook", "expected"),
    [
        ("y.register_hook(lambda g: g * 10)", ["SumBackward0", "g * 10", "MulBackward0", "AccumulateGrad"]),
        ("y.grad_fn.register_prehook(lambda g: (g[0] * 10,))", ["SumBackward0", "g[0]", "MulBackward0", "AccumulateGrad"]),
        (
            "y.grad_fn.register_hook(lambda i, g: print(g[0] * 10))",
            ["SumBackward0", "MulBackward0", "g[0]", "AccumulateGrad"],
        ),
        ("x.register_hook(lambda g: g * 10)", ["SumBackward0", "MulBackward0", "g * 10", "AccumulateGrad"]),
        ("x.register_post_accumulate_grad_hook(zero)", ["SumBackward0", "MulBackward0", "AccumulateGrad", "p.grad"]),
    ],
)
def test_what_a_hook_does_comes_after_the_function_that_ran_before_it(hook: str, expected: list[str]) -> None:
    zero = "def zero(p): p.grad.zero_()\n"
    course = run(f"{zero}{X}y = x * 2\nout = y.sum()\n{hook}\nout.backward()")
    trace = course.trace
    functions = {run.function: run.name for run in trace.backwards[0].runs}
    operations = {operation.id: operation.expression or "" for operation in trace.operations}
    begins = next(index for index, step in enumerate(trace.steps) if step.kind == "backward")
    done = [functions.get(step.ref or "") or operations.get(step.ref or "", "") for step in trace.steps[begins + 1 :]]
    order = [next((index for index, text in enumerate(done) if text.startswith(one)), -1) for one in expected]
    assert -1 not in order, done
    assert order == sorted(order), done
    assert [text for text in done if text in functions.values()] == list(functions.values())


def test_a_hook_on_a_tensor_that_the_program_no_longer_holds_is_seen() -> None:
    one = only(X + "y = x * 2\ny.register_hook(lambda g: g * 2)\ny = (y * 3).sum()\ny.backward()")
    assert [hook.kind for _, hook in called(one)] == ["tensor"]


def test_a_hook_that_raises_is_marked_and_its_function_did_not_run() -> None:
    one = only(X + "y = x * 2\ndef no(g): raise ValueError\ny.register_hook(no)\nz = y * 3\nz.sum().backward()")
    assert one.failed
    assert [(run.name, bool(run.arrived), run.completed) for run in one.runs] == [
        ("SumBackward0", True, True),
        ("MulBackward0", True, True),
        ("MulBackward0", False, False),
    ]
    ((_, hook),) = called(one)
    assert (hook.name, hook.raised, hook.after) == ("no", True, ())
    assert grad(one, hook.before[0]) == (3.0, 3.0)


def test_a_pass_over_a_freed_graph_fails_in_the_function_that_was_freed() -> None:
    first, second = passes(X + "out = (x * x).sum()\nout.backward()\nout.backward()")
    assert [run.frees for run in first.runs] == [False, True, False]
    assert second.failed
    assert [(run.name, run.completed) for run in second.runs] == [("SumBackward0", True), ("MulBackward0", False)]


def test_a_retained_graph_frees_nothing() -> None:
    first, second = passes(X + "out = x.exp().sum()\nout.backward(retain_graph=True)\nout.backward()")
    assert [run.frees for run in first.runs] == [False, False, False]
    assert [run.frees for run in second.runs] == [False, True, False]


def test_a_function_of_the_programs_own_frees_what_it_saved() -> None:
    source = """
class Two(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, keep):
        if keep: ctx.save_for_backward(a)
        return a * 2
    @staticmethod
    def backward(ctx, g): return g * 2, None
Two.apply(Two.apply(x, True), False).sum().backward()
"""
    one = only(X + source)
    assert [run.frees for run in one.runs if run.name == "TwoBackward"] == [False, True]


def test_create_graph_tells_which_functions_made_the_gradients() -> None:
    trace = run(X + "y = x**3\ng, = torch.autograd.grad(y.sum(), x, create_graph=True)\ng.sum().backward()").trace
    first, second = trace.backwards
    power = first.runs[1]
    assert (first.kind, first.create_graph, power.name) == ("grad", True, "PowBackward0")
    (made,) = power.made
    assert made in [function.function for function in second.runs]
    assert second.runs[1].function == made


def test_grad_returns_what_arrived_and_its_inputs_do_not_run() -> None:
    one = only(X + "y = x * 2\nz = y * y\ng = torch.autograd.grad(z.sum(), [y, x])")
    assert one.inputs is not None
    assert [returned.slot for returned in one.returned] == [0, 0]
    assert [grad(one, returned.gradient) for returned in one.returned] == [(4.0, 4.0), (8.0, 8.0)]
    assert [Slot(returned.function, returned.slot) for returned in one.returned] == list(one.inputs)
    assert "AccumulateGrad" not in [run.name for run in one.runs]


def test_a_pass_within_a_hook_says_so_and_each_keeps_to_itself() -> None:
    source = """
def inner(g):
    with torch.enable_grad():
        (x * x).sum().backward()
y = x * 2
y.register_hook(inner)
(y * 3).sum().backward()
"""
    outer, within = passes(X + source)
    assert (outer.within, within.within) == (None, "b1")
    assert [run.name for run in within.runs] == ["SumBackward0", "MulBackward0", "AccumulateGrad"]
    assert [run.name for run in outer.runs] == ["SumBackward0", "MulBackward0", "MulBackward0", "AccumulateGrad"]
    accumulation = leaf(outer).accumulation
    assert accumulation is not None
    assert grad(outer, accumulation.before) == (2.0, 2.0)


def test_what_torch_refuses_to_begin_is_no_pass() -> None:
    course = run("torch.ones(1).backward()")
    assert course.cell.error is not None
    assert course.trace.backwards == ()


def test_operations_in_place_on_views_copy_slices() -> None:
    one = only(X + "y = x * 1\ny[0].mul_(5)\n(y * y).sum().backward()")
    assert "CopySlices" in [run.name for run in one.runs]
    accumulation = leaf(one).accumulation
    assert accumulation is not None
    assert grad(one, accumulation.added) == (50.0, 2.0)


def test_handles_are_numbered_as_without_the_trace() -> None:
    source = X + "from torch.utils.hooks import RemovableHandle\nbefore = RemovableHandle.next_id\n"
    source += "(x * x).sum().backward()\nprint(RemovableHandle.next_id - before)"
    assert run(source).printed == "0\n"


def test_hooks_see_their_own_dictionary_as_it_was_after_the_pass() -> None:
    source = X + "y = x * 2\na = y.register_hook(lambda g: None)\nb = y.register_hook(lambda g: a.remove())\n"
    source += "y.sum().backward()\nprint(list(y._backward_hooks) == [b.id])"
    assert run(source).printed == "True\n"


def test_a_gradient_is_stolen_into_grad_just_as_without_the_trace() -> None:
    source = X + "y = x + 0\ng = torch.full((2,), 7.0)\ny.backward(g)\nprint(x.grad.data_ptr() == g.data_ptr())"
    x = torch.ones(2, requires_grad=True)
    g: Any = torch.full((2,), 7.0)
    y: Any = x + 0
    y.backward(g)
    assert x.grad is not None
    assert run(source).printed == f"{x.grad.data_ptr() == g.data_ptr()}\n"


def test_a_large_graph_is_watched_near_its_root_and_says_so() -> None:
    trace = run(X + "y = x\nfor _ in range(300): y = y * 1.0\ny.sum().backward()", limits=Limits(graph_nodes=100)).trace
    (one,) = trace.backwards
    assert (len(one.runs), one.size, one.unrecorded) == (100, 302, 202)
    assert [run.name for run in one.runs][:2] == ["SumBackward0", "MulBackward0"]
    assert ("functions of a backward pass", 100) in [(part.what, part.limit) for part in trace.truncated]
    assert trace.variables[0].text.startswith("tensor([1., 1.]")


def test_of_very_many_passes_the_older_keep_their_outline() -> None:
    source = X + "for i in range(60): (x * i).sum().backward()"
    trace = run(source, limits=Limits(graph_nodes=10)).trace
    assert len(trace.backwards) == 60
    kept = [bool(one.runs) for one in trace.backwards]
    assert kept == sorted(kept)
    assert 0 < sum(kept) <= 10 // 3
    assert all(one.span is not None and one.unrecorded == (0 if one.runs else 3) for one in trace.backwards)
    assert "backward passes" in [part.what for part in trace.truncated]


def test_nothing_lives_longer_for_having_been_in_a_pass() -> None:
    source = """
import gc, weakref
gc.collect()
gc.disable()
class Hook:
    def __call__(self, g): return g
hook = Hook()
y = x * 2
y.register_hook(hook)
out = (y * y).sum()
seen = [weakref.ref(one) for one in (y, out, hook)]
out.backward()
del y, hook
print([one() is None for one in seen])
del out
print([one() is None for one in seen])
gc.enable()
"""
    assert run(X + source).printed == plainly("import torch\n" + X + source)


def test_steps_of_passes_that_were_forgotten_name_functions_that_are_still_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pass_logs, "KEPT_ELEMENTS", 100)
    source = X + "for _ in range(8):\n    y = x\n    for _ in range(20):\n        y = y * 1\n    y.sum().backward()"
    trace = run(source).trace
    shown = {function.id for graph in trace.graphs for function in graph.functions}
    kept = {run.function for one in trace.backwards for run in one.runs}
    named = {step.ref for step in trace.steps if step.kind == "function" and step.ref is not None}
    assert shown - kept
    assert shown - kept <= named
