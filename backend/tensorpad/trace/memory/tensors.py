"""The tensors of a run: an id for each, and how each was when it was last seen."""

import weakref
from typing import Any

import torch
from msgspec.structs import replace

from tensorpad.trace.base.attributes import (
    base_of,
    device_of,
    dtype_of,
    is_conj,
    is_neg,
    is_sparse,
    is_uninitialised,
    leaf_of,
    requires_grad_of,
    shape_of,
    storage_offset,
    stride,
    untyped_storage,
    version_of,
)
from tensorpad.trace.base.internals import DisableTorchDispatch, DisableTorchFunction, dispatch_modes
from tensorpad.trace.base.texts import cut, failed
from tensorpad.trace.memory.ledger import Ledger
from tensorpad.trace.memory.tracked import Snapshot, TrackedTensor, counter, is_leaf, is_parameter
from tensorpad.trace.memory.values import is_plain, known_shape

_NEWEST = 200
"""Tensors that are looked at after each statement once operations are not."""
_TEXT = 200
AS_STRIDED = "AsStridedBackward0"
"""The function that torch gives a view that is asked for one after a write."""


class Tensors:
    """Every tensor of a run, in the order in which they were first seen.

    Nothing here keeps a program's tensor alive. A tensor is known by a weak reference, and what was seen of it remains when
    it is gone. The reference has no callback, which could fail at the limit of recursion; so what is known at an address
    counts only if it is about the very object.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.all: list[TrackedTensor] = []
        self.retaining: list[TrackedTensor] = []
        """Those that are no leaves and keep their `.grad`, as the program wants them to."""
        self.asking = False
        """Whether a tensor of a subclass is being read. If that runs code of the program's, it is no part of the run."""
        self._ledger = ledger
        self._by_address: dict[int, TrackedTensor] = {}

    def of(self, tensor: Any) -> TrackedTensor:
        """What is known of a tensor. If it is new, a snapshot is taken."""
        tracked = self._by_address.get(id(tensor))
        return tracked if tracked is not None and tracked.reference() is tensor else self._add(tensor)

    def known(self, tensor: Any) -> bool:
        """Whether a tensor has been seen."""
        tracked = self._by_address.get(id(tensor))
        return tracked is not None and tracked.reference() is tensor

    def id_of(self, tensor: Any) -> str:
        """The id of a tensor."""
        tracked = self._by_address.get(id(tensor))
        return tracked.id if tracked is not None and tracked.reference() is tensor else self._add(tensor).id

    def update(self, tensor: Any) -> TrackedTensor:
        """Update what is known of a tensor: as `of`, but if it was written since, a new snapshot is taken."""
        tracked = self._by_address.get(id(tensor))
        if tracked is None or tracked.reference() is not tensor:
            return self._add(tensor)
        try:
            if version_of(tensor) == tracked.snapshot.version and tracked.snapshot.unread is None:
                return tracked
        except RuntimeError:
            pass  # an inference tensor counts no writes
        self.refresh(tracked, tensor)
        return tracked

    def update_newest(self) -> None:
        """Update what is known of the newest tensors, where operations are not looked at any more."""
        for tracked in self.all[-_NEWEST:]:
            tensor = tracked.alive()
            if tensor is not None:
                self.update(tensor)

    def update_all(self) -> None:
        """Update what is known of all tensors."""
        for tracked in tuple(self.all):
            tensor = tracked.alive()
            if tensor is not None:
                self.update(tensor)

    def changed(self, tracked: TrackedTensor, tensor: Any) -> bool:
        """Take a new snapshot, whatever the counter is. Returns whether the tensor's memory was written since the last."""
        storage = tracked.snapshot.storage
        states = 0 if storage is None else len(storage.states)
        self.refresh(tracked, tensor)
        return storage is not None and len(storage.states) > states

    def refresh(self, tracked: TrackedTensor, tensor: Any) -> None:
        """Take a new snapshot of a tensor, and of what its memory contains."""
        before = tracked.snapshot
        now = tracked.snapshot = self.look(tensor, tracked=tracked)
        if not now.is_leaf:
            now.grad_fn = before.grad_fn
            if now.base is not None and now.version != tracked.counted:
                now.grad_fn, tracked.counted = AS_STRIDED, now.version
        if now.requires_grad is not before.requires_grad or now.grad_fn != before.grad_fn:
            tracked.leave_role(before, self._ledger.step)
            if now.requires_grad is not before.requires_grad:
                self._views_follow(tracked)
        now.layout_index = before.layout_index
        if now.layout == before.layout:
            now.first = before.first
            now.since = before.since
        elif before.storage is not None or before.unread is not None:
            now.layout_index += 1
            self._ledger.leave(tracked, before)
            self._ledger.enter(tracked, tensor)

    def follow(self, view: TrackedTensor) -> None:
        """What the base of a view was made to be, or what was written, may make the view something else to autograd."""
        tensor = view.alive()
        if tensor is not None and tensor.requires_grad:
            self.refresh(view, tensor)

    def _views_follow(self, base: TrackedTensor) -> None:
        storage = base.snapshot.storage
        for other in tuple(storage.members) if storage is not None else ():
            if other.snapshot.base == base.id:
                self.follow(other)

    @property
    def step(self) -> int:
        """The index of the step that is under way."""
        return self._ledger.step

    def relaid(self, tensor: Any) -> None:
        """Take a new snapshot of a tensor that was given another one's memory, which torch does not count."""
        if self.known(tensor):
            self.refresh(self.of(tensor), tensor)

    def exchange(self, first: tuple[TrackedTensor, Any], second: tuple[TrackedTensor, Any]) -> None:
        """Exchange what is known of two tensors, whose objects were swapped. Neither is asked: see `SwapWatch`."""
        one, other = first[0], second[0]
        before = one.snapshot, other.snapshot
        one.snapshot, other.snapshot = self._moved(before[1], one), self._moved(before[0], other)
        self._ledger.leave(one, before[0])
        self._ledger.leave(other, before[1])
        for (tracked, tensor), snapshot in ((first, before[0]), (second, before[1])):
            tracked.leave_role(snapshot, self._ledger.step)
            tracked.is_parameter = is_parameter(tensor)
        one.function, other.function = other.function, one.function
        for (tracked, tensor), was in ((first, other), (second, one)):
            if tracked.function is not None and tracked.function.tensor == was.id:
                tracked.function.tensor = tracked.id
            self._ledger.enter(tracked, tensor)

    def _moved(self, snapshot: Snapshot, to: TrackedTensor) -> Snapshot:
        """The snapshot of a tensor, as another object."""
        first = 0 if snapshot.storage is None else len(snapshot.storage.states) - 1
        layout_index = to.snapshot.layout_index + 1
        return replace(snapshot, layout_index=layout_index, first=first, since=self._ledger.step, last=None)

    def look(self, tensor: Any, keep: bool = True, tracked: TrackedTensor | None = None) -> Snapshot:
        """A snapshot of a tensor, which leaves no trace in it. With `keep`, a state of its storage is kept, too.

        `tracked` is what is known of the tensor, if it was seen before.
        """
        if type(tensor) is not torch.Tensor or dispatch_modes():
            # A subclass, or a mode of the program's, must not see our own calls.
            quiet = DisableTorchDispatch() if dispatch_modes() else None
            with DisableTorchFunction():
                asking, self.asking = self.asking, True
                try:
                    snapshot = self._attempt(tensor, keep, tracked)
                finally:
                    self.asking = asking
            del quiet
            return snapshot
        return self._attempt(tensor, keep, tracked)

    def _attempt(self, tensor: Any, keep: bool, tracked: TrackedTensor | None) -> Snapshot:
        """A snapshot of a tensor, whatever it is. One that cannot be read is in the trace all the same, and says why."""
        try:
            return self._look(tensor, keep, tracked)
        except RecursionError:
            raise  # at the limit of recursion no tensor can be read; this is not about one of them
        except Exception as error:
            return _unread(tensor, failed("not read", error))

    def _look(self, tensor: Any, keep: bool, tracked: TrackedTensor | None) -> Snapshot:
        requires_grad: bool = requires_grad_of(tensor)
        base = base_of(tensor)
        version = counter(tensor)
        leaf = True
        if requires_grad and tracked is not None and base is not None and requires_grad_of(base):
            # A view that is asked after a write gets its function now, with a number that decides on the engine's order.
            leaf = tracked.snapshot.is_leaf and version == tracked.counted
        elif requires_grad:
            leaf = is_leaf(tensor)
        shape, dtype, device = tuple(shape_of(tensor)), dtype_of(tensor), device_of(tensor)
        if not is_plain(tensor):
            unread: str | None = None
            if is_uninitialised(tensor):
                # While it is being initialised it has a shape before it has its class.
                shape, unread = (0,), cut(repr(tensor), _TEXT)[0]
            return Snapshot(shape, dtype, device, requires_grad, leaf, version, sparse_coo=is_sparse(tensor), unread=unread)
        untyped = untyped_storage(tensor)
        ledger = self._ledger
        storage = ledger.of(untyped)
        base_id = None if base is None else self.of(base).id
        if keep:
            number = tracked.number if tracked is not None and tracked.snapshot.storage is storage else None
            ledger.check(storage, untyped, version, number)
        # By position: keywords would take another two percent of the time of an operation.
        return Snapshot(
            shape,
            dtype,
            device,
            requires_grad,
            leaf,
            version,
            storage,
            storage_offset(tensor),
            stride(tensor),
            dtype.is_complex and is_conj(tensor),
            is_neg(tensor),
            base_id,
            first=len(storage.states) - 1,
            since=len(ledger.steps),
        )

    def _add(self, tensor: Any) -> TrackedTensor:
        snapshot = self.look(tensor)
        number = len(self.all) + 1
        step = len(self._ledger.steps)
        tracked = TrackedTensor(
            number, f"t{number}", weakref.ref(tensor), snapshot, is_parameter(tensor), step, snapshot.version
        )
        self.all.append(tracked)
        self._by_address[id(tensor)] = tracked
        self._ledger.enter(tracked, tensor)
        return tracked


def _unread(tensor: Any, why: str) -> Snapshot:
    """What is known of a tensor that could not be read."""
    requires_grad, leaf = _asked(requires_grad_of, tensor, False), _asked(leaf_of, tensor, True)
    dtype, device = _asked(dtype_of, tensor, torch.float32), _asked(device_of, tensor, torch.device("cpu"))
    return Snapshot(known_shape(tensor), dtype, device, requires_grad, leaf, _asked(version_of, tensor, None), unread=why)


def _asked(attribute: Any, tensor: Any, otherwise: Any) -> Any:
    try:
        return attribute(tensor)
    except Exception:
        return otherwise
