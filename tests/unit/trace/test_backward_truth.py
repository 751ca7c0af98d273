"""Every gradient and the order of every backward pass, against what plain torch shows of the same program.

The truth comes from two executions of their own (`tests.support.engine`): one with torch's hooks on every function, one with
`retain_grad()` on every tensor that the program has a name for.
"""

import contextlib
import io
import re
from typing import Any

import pytest
import torch
from msgspec.structs import replace
from tensorpad.protocol.backwards import BackwardRecord, Gradient
from tensorpad.protocol.records import FullValues
from tensorpad.protocol.traces import TraceRecord

from tests.support.backward_programs import PROGRAMS
from tests.support.comparison import plainly, run
from tests.support.comparison import traced as watched
from tests.support.engine import observe

_ADDRESS = re.compile(" at 0x[0-9a-f]+")


def traced(source: str) -> TraceRecord:
    with contextlib.redirect_stdout(io.StringIO()):
        return run(source).trace


def shown(one: BackwardRecord, place: Gradient) -> Any:
    """A gradient of the trace as a list of numbers with its shape, None where there is none."""
    if place is None:
        return None
    values = one.gradients[place]
    assert isinstance(values, FullValues)
    return values.shape, [repr(number) for number in values.data]


def listed(tensor: Any) -> Any:
    """A tensor in the same form."""
    if tensor is None:
        return None
    flat: Any = torch.view_as_real(tensor.resolve_conj()) if tensor.is_complex() else tensor
    return tuple(tensor.shape), [repr(number) for number in flat.flatten().tolist()]


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_order_and_every_gradient_are_those_of_the_engine(name: str) -> None:
    passes = [replace(one, runs=tuple(ran for ran in one.runs if ran.arrived)) for one in traced(PROGRAMS[name]).backwards]
    truth = observe(PROGRAMS[name], retain=False)
    assert len(passes) == len(truth) > 0
    for one, observed in zip(passes, truth, strict=True):
        assert one.failed is observed.failed
        assert [ran.name for ran in one.runs] == [really.name for really in observed.runs]
        places = {ran.function: place for place, ran in enumerate(one.runs)}
        edges = [tuple(None if edge is None else places.get(edge.function) for edge in ran.next) for ran in one.runs]
        assert edges == observed.edges
        for ran, really in zip(one.runs, observed.runs, strict=True):
            assert [shown(one, place) for place in ran.arrived] == [listed(gradient) for gradient in really.arrived]
            if really.sent is not None and not one.failed:
                assert [shown(one, place) for place in ran.sent] == [listed(gradient) for gradient in really.sent]
            if ran.accumulation is not None:
                assert shown(one, ran.accumulation.before) == listed(really.before)
                if not any(hook.kind == "accumulated" for hook in ran.hooks):
                    assert shown(one, ran.accumulation.after) == listed(really.after)
            assert ran.completed is (really.sent is not None)


@pytest.mark.parametrize("name", PROGRAMS)
def test_gradients_of_tensors_that_are_no_leaves_are_those_that_retain_grad_keeps(name: str) -> None:
    trace = traced(PROGRAMS[name])
    truth = observe(PROGRAMS[name], retain=True)
    names = {tensor.id: tensor.names for tensor in trace.tensors}
    for one, observed in zip(trace.backwards, truth, strict=True):
        assert [ran.name for ran in one.runs if ran.arrived] == [really.name for really in observed.runs]
        for retained in observed.retained:
            if retained.place is None:
                # Its function was the end of the pass and did not run: the gradient was returned.
                assert listed(retained.gradient) in [shown(one, returned.gradient) for returned in one.returned]
                continue
            ran = one.runs[retained.place]
            # Hooks on the function itself come after the tensor has its gradient.
            slots = next((hook.before for hook in ran.hooks if hook.kind == "prehook"), ran.arrived)
            assert shown(one, slots[retained.slot]) == listed(retained.gradient)
            if one is trace.backwards[-1] and ran.tensor is not None and len(ran.arrived) == 1:
                assert retained.name in names[ran.tensor]


def test_the_programs_are_many_and_most_have_gradients_of_named_tensors_that_are_no_leaves() -> None:
    having = [name for name, source in PROGRAMS.items() if any(one.retained for one in observe(source, retain=True))]
    assert len(having) >= 40
    assert "course" in having


def test_no_program_is_changed_by_being_watched() -> None:
    ends = (
        "\ntensors = [(n, v) for n, v in list(globals().items()) if isinstance(v, torch.Tensor)]\n"
        "print([(n, v.tolist(), v._version, v.grad if v.is_leaf else None) for n, v in tensors])"
    )
    for source in PROGRAMS.values():
        plainly(source)  # torch gives some warnings once in a process
        assert _ADDRESS.sub("", watched(source + ends)) == _ADDRESS.sub("", plainly(source + ends))
