"""The tensors of a run: an id for each, and how each stood when it was last looked at.

Nothing here keeps a program's tensor alive. A tensor is known by a weak reference; when it dies, its address is forgotten,
so that no bare id of a dead object is ever compared, and what was seen of it remains.
"""

import weakref
from typing import Any

import torch

from tensorpad.trace.functions import Mark, Marks
from tensorpad.trace.internals import DisableTorchDispatch, DisableTorchFunction, dispatch_modes
from tensorpad.trace.storages import Place, Storages
from tensorpad.trace.values import copied, is_plain


class Snapshot:
    """How a tensor stood at one moment. `copy` holds its elements where they are few and lie in memory."""

    __slots__ = (
        "base",
        "copy",
        "device",
        "dtype",
        "grad_fn",
        "is_leaf",
        "offset",
        "place",
        "requires_grad",
        "shape",
        "stride",
        "version",
    )

    def __init__(self, tensor: Any) -> None:
        self.shape: tuple[int, ...] = tuple(tensor.shape)
        self.dtype: torch.dtype = tensor.dtype
        self.device: torch.device = tensor.device
        self.requires_grad: bool = tensor.requires_grad
        self.is_leaf: bool = tensor.is_leaf
        self.version: int | None = None if tensor.is_inference() else tensor._version
        self.grad_fn: str | None = None
        self.place: Place | None = None
        self.offset = 0
        self.stride: tuple[int, ...] = ()
        self.base: str | None = None
        self.copy: Any = None


class Sighting:
    """One tensor of the run. `mark` is that of the backward function that made it, if any."""

    __slots__ = ("_reference", "id", "is_parameter", "mark", "number", "snapshot")

    def __init__(self, number: int, reference: Any, snapshot: Snapshot, is_parameter: bool) -> None:
        self.number = number
        self.id = f"t{number}"
        self.is_parameter = is_parameter
        self.snapshot = snapshot
        self.mark: Mark | None = None
        self._reference = reference

    def alive(self) -> Any:
        """The tensor, or None if it is gone."""
        tensor = self._reference()
        if tensor is not None:
            # The Python half of a tensor can outlive its last Python reference; this takes it back into Python's hands.
            tensor._fix_weakref()
        return tensor


class Sightings:
    """Every tensor that was seen, in order of first sight."""

    def __init__(self, limit: int, storages: Storages) -> None:
        self.all: list[Sighting] = []
        self.marks: Marks = {}
        self._limit = limit
        self._storages = storages
        self._alive: dict[int, Sighting] = {}

    def of(self, tensor: Any) -> Sighting:
        """The sighting of a tensor; it is looked at if it is new."""
        return self._alive.get(id(tensor)) or self._add(tensor)

    def name(self, tensor: Any) -> str:
        """The id of a tensor."""
        return self.of(tensor).id

    def again(self, tensor: Any) -> Sighting:
        """As `of`, but a tensor that was written since is looked at once more."""
        sighting = self._alive.get(id(tensor))
        if sighting is None:
            return self._add(tensor)
        version = None if tensor.is_inference() else tensor._version
        if version is None or version != sighting.snapshot.version:
            sighting.snapshot = self.look(tensor)
        return sighting

    def look(self, tensor: Any, keep: bool = True) -> Snapshot:
        """Look at a tensor without a trace in it. `keep` asks for a copy of its elements where they are few."""
        if type(tensor) is not torch.Tensor or dispatch_modes():
            # A subclass, or a mode of the program's, must not see our own calls.
            quiet = DisableTorchDispatch() if dispatch_modes() else None
            with DisableTorchFunction():
                snapshot = self._look(tensor, keep)
            del quiet
            return snapshot
        return self._look(tensor, keep)

    def _look(self, tensor: Any, keep: bool) -> Snapshot:
        snapshot = Snapshot(tensor)
        if not is_plain(tensor):
            return snapshot
        snapshot.place = self._storages.of(tensor)
        snapshot.offset = tensor.storage_offset()
        snapshot.stride = tensor.stride()
        base = tensor._base
        if base is not None:
            snapshot.base = self.of(base).id
        if keep and tensor.numel() <= self._limit:
            snapshot.copy = copied(tensor)
        return snapshot

    def _add(self, tensor: Any) -> Sighting:
        snapshot = self.look(tensor)
        key = id(tensor)
        sighting = Sighting(
            len(self.all) + 1,
            weakref.KeyedRef(tensor, self._forget, key),
            snapshot,
            issubclass(type(tensor), torch.nn.Parameter),
        )
        self.all.append(sighting)
        self._alive[key] = sighting
        return sighting

    def _forget(self, reference: Any) -> None:
        self._alive.pop(reference.key, None)
