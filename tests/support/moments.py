"""What a program holds after each of its statements: in plain torch, and as the trace tells it."""

import ast
import contextlib
import io
import linecache
import sys
import types
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import torch
from tensorpad.protocol.records import FullValues, TensorRecord, Values
from tensorpad.protocol.traces import TraceRecord
from tensorpad.sandbox.seeds import seed_all

from tests.support.comparison import LIMITS, run


class Held(NamedTuple):
    """A tensor or array: its shape, its elements (none where they are many), torch's counter, and the gradient of a leaf.

    Of a tensor also its strides, its dtype, and what is the same for all that lie in one storage.
    """

    shape: tuple[int, ...]
    elements: tuple[str, ...]
    version: int | None = None
    gradient: tuple[str, ...] | None = None
    stride: tuple[int, ...] = ()
    dtype: str = ""
    storage: object = None


_Array: Any = np.ndarray
Moment = dict[str, Held]
"""Everything that has a name at the level of the cell."""

_Gradients = dict[str, list[tuple[int, Values | None]]]
"""By tensor, what its `.grad` was from each step on."""


def plain_moments(source: str) -> list[Moment]:
    """Execute a program statement by statement, without a trace."""
    module = types.ModuleType("__main__")
    before = sys.modules["__main__"]
    sys.modules["__main__"] = module
    linecache.cache["<cell 1>"] = (len(source), None, source.splitlines(keepends=True), "<cell 1>")
    moments: list[Moment] = []
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            seed_all(0)
            for statement in ast.parse(source).body:
                exec(compile(ast.Module([statement], []), "<cell 1>", "exec"), module.__dict__)
                held = {name: held for name, value in list(module.__dict__.items()) for held in _plain(value)}
                moments.append(_numbered(held))
    finally:
        sys.modules["__main__"] = before
    return moments


def traced_moments(source: str) -> list[Moment]:
    """The same from the trace of one run."""
    with contextlib.redirect_stdout(io.StringIO()):
        trace = run(source).trace
    gradients = _gradients(trace)
    moments: list[Moment] = []
    names: dict[str, str | None] = {}
    done = 0
    for statement in ast.parse(source).body:
        end = _last_step(trace, statement)
        for step in trace.steps[done : end + 1]:
            if step.frame == 0:
                names.update((binding.name, binding.value) for binding in step.bound)
                for name in step.unbound:
                    names.pop(name, None)
        done = end + 1
        held = {name: held for name, value in names.items() for held in _traced(trace, value, end, gradients)}
        moments.append(_numbered(held))
    return moments


def _numbered(moment: Moment) -> Moment:
    """The same with storages numbered as their first tensors come by name."""
    numbers: dict[object, int] = {}
    return {
        name: held if held.storage is None else held._replace(storage=numbers.setdefault(held.storage, len(numbers)))
        for name, held in sorted(moment.items())
    }


def _plain(value: Any) -> Iterator[Held]:
    if type(value) is _Array and value.size <= LIMITS.values:
        yield Held(value.shape, tuple(repr(float(number)) for number in value.flat))
    elif isinstance(value, torch.Tensor) and value.layout is torch.strided:
        gradient = value.grad if value.is_leaf else None
        version = None if value.is_inference() else value._version
        listed = None if gradient is None else _listed(gradient)
        address = value.untyped_storage().data_ptr() or None
        yield Held(tuple(value.shape), _listed(value), version, listed, value.stride(), str(value.dtype), address)


def _listed(tensor: Any) -> tuple[str, ...]:
    if tensor.layout is not torch.strided or tensor.numel() > LIMITS.values:
        return ()
    plain = tensor.detach().resolve_conj().resolve_neg()
    flat: Any = torch.view_as_real(plain) if plain.is_complex() else plain
    return tuple(repr(float(number)) for number in flat.flatten().tolist())


def _last_step(trace: TraceRecord, statement: ast.stmt) -> int:
    """The place of the last step that lies in a statement and in no function that it calls."""
    lines = range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)
    places = [
        place
        for place, step in enumerate(trace.steps)
        if step.kind == "statement" and step.frame == 0 and step.span is not None and step.span.line in lines
    ]
    return places[-1]


def _traced(trace: TraceRecord, value: str | None, end: int, gradients: _Gradients) -> Iterator[Held]:
    for record in (*trace.tensors, *trace.arrays):
        if record.id == value:
            reached = [version for version in record.history if version.step is not None and version.step <= end]
            if not reached:
                continue
            values = reached[-1].values or record.values
            gradient = [values for step, values in gradients.get(record.id, []) if step <= end][-1:]
            leaf = isinstance(record, TensorRecord) and bool(gradient) and gradient[0] is not None
            held = Held(values.shape, _elements(values), reached[-1].version, _elements(gradient[0]) if leaf else None)
            if isinstance(record, TensorRecord):
                layout = reached[-1].layout or record.layout
                held = held._replace(shape=layout.shape, stride=layout.stride, dtype=layout.dtype, storage=layout.storage)
            yield held


def _gradients(trace: TraceRecord) -> _Gradients:
    found: _Gradients = {}
    runs = {one.id: iter(one.runs) for one in trace.backwards}
    passes = {one.id: one for one in trace.backwards}
    name = ""
    for place, step in enumerate(trace.steps):
        name = step.ref or "" if step.kind == "backward" else name
        if step.kind == "function":
            ran = next(runs[name])
            if ran.accumulation is not None and ran.accumulation.tensor and ran.accumulation.after is not None:
                values = passes[name].gradients[ran.accumulation.after]
                found.setdefault(ran.accumulation.tensor, []).append((place, values))
    for tensor in trace.tensors:
        for change in tensor.grad_changes:
            found.setdefault(tensor.id, []).append((change.step, change.values))
    return {name: sorted(events, key=lambda event: event[0]) for name, events in found.items()}


def _elements(values: Values | None) -> tuple[str, ...]:
    if isinstance(values, FullValues):
        return tuple(repr(float(number)) for number in values.data)
    return ()
