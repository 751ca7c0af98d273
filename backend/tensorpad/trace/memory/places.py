"""One storage of a run: where it is, what it held, and which tensors look at it. See NOTE [States of a storage]."""

from typing import Any

import torch
from msgspec import Struct

_untyped: Any = torch.UntypedStorage


class State(Struct, eq=False, gc=False):
    """What a storage holds from `step` on; `version` is the counter of the tensor that it was noticed by.

    `apart` are the counters of tensors that count for themselves, as `x.data` does, by the numbers of their sightings.
    `data` are the bytes of a small storage. `details` are, by the numbers of a tensor's sighting and of its layout, the
    bytes of its elements in row-major order, or values.
    """

    step: int
    version: int | None
    data: bytes | None = None
    details: dict[tuple[int, int], Any] = {}
    nbytes: int = 0
    apart: dict[int, int | None] | None = None

    def version_of(self, number: int) -> int | None:
        """The counter of a tensor in this state."""
        return self.version if self.apart is None else self.apart.get(number, self.version)


class Place(Struct, eq=False, gc=False):
    """One storage. `joined` is the place that it is reported as; `members` are the numbers of the tensors seen on it."""

    number: int
    weak: int
    """A weak reference as torch has it: an address."""
    nbytes: int
    device: str
    address: int | None = None
    joined: "Place | None" = None
    states: list[State] = []
    members: list[int] = []
    versions: set[int | None] | None = None
    """Where it is more than that of the first state: every counter that a tensor on it was seen to have."""
    checked: tuple[int, int] = 0, 0
    """How many states there were, and the checksum of a large storage, when it was last compared."""

    def representative(self) -> "Place":
        """The place under which this one is reported."""
        place = self
        while place.joined is not None:
            place = place.joined
        return place

    def counts(self, number: int, version: int | None) -> None:
        """Note the counter of a tensor in the newest state."""
        state = self.states[-1]
        if version != state.version_of(number):
            state.apart = state.apart or {}
            state.apart[number] = version
            self.meet(version)

    def meet(self, version: int | None) -> None:
        """Note that a tensor has had a counter."""
        if self.versions is None:
            self.versions = {self.states[0].version}
        self.versions.add(version)

    def met(self, version: int) -> bool:
        """Whether a tensor was seen to have had a counter."""
        return version == self.states[0].version if self.versions is None else version in self.versions

    def storage(self) -> Any:
        """The storage, None if it is gone."""
        return _untyped._new_with_weak_ptr(self.weak)

    @property
    def gone(self) -> bool:
        """Whether the storage is gone."""
        return _untyped._expired(self.weak)
