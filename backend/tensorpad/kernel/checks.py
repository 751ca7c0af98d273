"""What a test can assert of a trace, with messages that say what was there instead."""

from collections.abc import Iterable, Iterator
from typing import Any

import torch

from tensorpad.kernel.tracing import Trace
from tensorpad.protocol.records import FullValues, TensorRecord, Values
from tensorpad.protocol.traces import TraceRecord

_close: Any = torch.testing.assert_close


class CheckedTrace(Trace):
    """A trace for tests. Names are those of the block: variables, parameters (`model.0.weight`), and what functions bound.

    A name that was bound several times is what it was last. Each check raises AssertionError, and KeyError where no tensor
    has the name.
    """

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape that a tensor had at the end."""
        __tracebackhide__ = True
        return tuple(self._tensor(name).layout.shape)

    def assert_shape(self, name: str, *shape: int) -> None:
        """A tensor has this shape at the end; -1 stands for any size."""
        __tracebackhide__ = True
        got = self.shape(name)
        if len(got) != len(shape) or any(want not in (-1, size) for want, size in zip(shape, got, strict=True)):
            origin = self._origin(name)
            raise AssertionError(f"{name} has the shape {got}, not {shape}{origin}")

    def assert_shares_memory(self, *names: str) -> None:
        """These tensors are on one storage at the end, so that a write to one can change the others."""
        __tracebackhide__ = True
        first, *others = names
        for other in others:
            if not self._share(first, other):
                raise AssertionError(f"{first} and {other} have memory of their own{self._origin(other)}")

    def assert_own_memory(self, *names: str) -> None:
        """No two of these tensors are on one storage at the end."""
        __tracebackhide__ = True
        for index, first in enumerate(names):
            for other in names[index + 1 :]:
                if self._share(first, other):
                    raise AssertionError(f"{first} and {other} share memory{self._origin(other)}")

    def assert_written(self, name: str, times: int | None = None) -> None:
        """Operations of the block wrote to a tensor in place, so many times if `times` is given."""
        __tracebackhide__ = True
        writes = self._writes(name)
        if times is None and not writes:
            raise AssertionError(f"{name} was not written in place")
        if times is not None and len(writes) != times:
            raise AssertionError(f"{name} was written {len(writes)} times, not {times}: {_listed(writes)}")

    def assert_not_written(self, name: str) -> None:
        """No operation of the block wrote to a tensor in place, nor to another one on its memory."""
        __tracebackhide__ = True
        writes = self._writes(name)
        if writes:
            raise AssertionError(f"{name} was written in place: {_listed(writes)}")

    def assert_gradient(self, name: str, expected: Any = None, **tolerance: float) -> None:
        """A tensor has a `.grad` at the end; with `expected`, one that is close to it.

        `tolerance` is `rtol` and `atol`, as `torch.testing.assert_close` takes them.
        """
        __tracebackhide__ = True
        record = self._tensor(name)
        if record.grad is None:
            raise AssertionError(f"{name} has no gradient: {self._why_none(record)}")
        if expected is not None:
            got: Any = _as_tensor(name, record.grad)
            want: Any = torch.as_tensor(expected, dtype=got.dtype).cpu()
            _close(got, want, **tolerance, msg=f"the gradient of {name} is {got.tolist()}, not {want.tolist()}")

    def assert_no_gradient(self, *names: str) -> None:
        """These tensors have no `.grad` at the end."""
        __tracebackhide__ = True
        for name in names:
            if self._tensor(name).grad is not None:
                passes = _listed(one.expression or one.id for one in self._record.backwards)
                raise AssertionError(f"{name} has a gradient, from {passes or 'before the block'}")

    def assert_gradient_reaches(self, *names: str) -> None:
        """Backward passes of the block brought a gradient that is not all zeros to each of these tensors."""
        __tracebackhide__ = True
        for name in names:
            record = self._tensor(name)
            arrived = [*self._arrived(record.id)]
            if not arrived:
                raise AssertionError(f"no backward pass reached {name}: {self._why_none(record)}")
            if all(isinstance(values, FullValues) and not any(values.data) for values in arrived):
                raise AssertionError(f"every gradient that reached {name} is zero")

    @property
    def _record(self) -> TraceRecord:
        return self.traced.trace

    def _tensor(self, name: str) -> TensorRecord:
        __tracebackhide__ = True
        by_id = {tensor.id: tensor for tensor in self._record.tensors}
        for tensor in by_id.values():
            if name in tensor.names:
                return tensor
        for step in reversed(self._record.steps):
            for binding in step.bound:
                if binding.name == name and binding.value in by_id:
                    return by_id[binding.value]
        known = sorted({one for tensor in by_id.values() for one in tensor.names})
        raise KeyError(f"the block has no tensor {name!r}; it has {', '.join(known) or 'none with a name'}")

    def _share(self, first: str, other: str) -> bool:
        __tracebackhide__ = True
        storages = [self._tensor(name).layout.storage for name in (first, other)]
        return storages[0] is not None and storages[0] == storages[1]

    def _writes(self, name: str) -> list[str]:
        """The expressions that wrote to the memory of a tensor."""
        __tracebackhide__ = True
        storage = self._tensor(name).layout.storage
        own = {tensor.id for tensor in self._record.tensors if tensor.layout.storage == storage}
        return [
            operation.expression or operation.name
            for operation in self._record.operations
            if any(write.tensor in own for write in operation.writes)
        ]

    def _origin(self, name: str) -> str:
        """Where a tensor was made, as the end of a sentence."""
        tensor = self._tensor(name).id
        for operation in self._record.operations:
            if tensor in operation.outputs and operation.expression:
                return f"; it was made by {operation.expression}"
        return ""

    def _arrived(self, tensor: str) -> Iterator[Values]:
        """The gradients that passes brought to a tensor."""
        for backward in self._record.backwards:
            for run in backward.runs:
                if run.tensor == tensor:
                    yield from (backward.gradients[place] for place in run.arrived if place is not None)

    def _why_none(self, record: TensorRecord) -> str:
        if not record.requires_grad:
            return "it does not require one"
        passes = self._record.backwards
        if not passes:
            return "the block runs no backward pass"
        if any(True for _ in self._arrived(record.id)):
            return "autograd keeps the gradients of leaves, and of other tensors only after retain_grad()"
        return f"no operation leads from it to {_listed(one.expression or one.id for one in passes)}"


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(texts))


def _as_tensor(name: str, values: Values) -> torch.Tensor:
    if not isinstance(values, FullValues):
        raise AssertionError(f"the gradient of {name} is too large to be compared here; compare {name}.grad itself")
    dtype = torch.float32 if values.single else torch.float64
    return torch.tensor(values.data, dtype=dtype).reshape(values.shape)
