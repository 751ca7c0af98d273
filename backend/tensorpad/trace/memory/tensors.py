"""The tensors of a run: an id for each, and how each stood when it was last looked at.

Nothing here keeps a program's tensor alive. A tensor is known by a weak reference, and what was seen of it remains when it
is gone. The reference has no callback, which could fail where the program has come to the limit of recursion; so what is
known at an address counts only if it is about the very object.
"""

import weakref
from collections.abc import Callable
from typing import Any

import torch
from msgspec.structs import replace

from tensorpad.protocol.records import OpaqueValues
from tensorpad.trace.base.internals import DisableTorchDispatch, DisableTorchFunction, dispatch_modes
from tensorpad.trace.memory.functions import Marks
from tensorpad.trace.memory.ledger import MOST_MEMBERS, SUMMARY_BYTES, Storages
from tensorpad.trace.memory.tracked import TAKEN, Place, Sighting, Snapshot, State, is_leaf, is_parameter
from tensorpad.trace.memory.values import SUMMARY, Allowance, copied, is_plain, values_of


class Sightings:
    """Every tensor that was seen, in order of first sight."""

    def __init__(self, limit: int, storages: Storages) -> None:
        self.all: list[Sighting] = []
        self.marks: Marks = {}
        self.watcher: Callable[[State, Sighting, Any], None] | None = None
        """Called with each tensor on a large storage that is looked at, and the state that it is in."""
        self._limit = limit
        self.storages = storages
        self._at: dict[int, Sighting] = {}
        storages.written = self._written

    def of(self, tensor: Any) -> Sighting:
        """The sighting of a tensor; it is looked at if it is new."""
        sighting = self._at.get(id(tensor))
        return sighting if sighting is not None and sighting.reference() is tensor else self._add(tensor)

    def known(self, tensor: Any) -> bool:
        """Whether a tensor has been seen."""
        sighting = self._at.get(id(tensor))
        return sighting is not None and sighting.reference() is tensor

    def name(self, tensor: Any) -> str:
        """The id of a tensor."""
        sighting = self._at.get(id(tensor))
        return sighting.id if sighting is not None and sighting.reference() is tensor else self._add(tensor).id

    def again(self, tensor: Any) -> Sighting:
        """As `of`, but a tensor that was written since is looked at once more."""
        sighting = self._at.get(id(tensor))
        if sighting is None or sighting.reference() is not tensor:
            return self._add(tensor)
        try:
            if tensor._version == sighting.snapshot.version:
                return sighting
        except RuntimeError:
            pass  # an inference tensor counts no writes
        self.refresh(sighting, tensor)
        return sighting

    def changed(self, sighting: Sighting, tensor: Any) -> bool:
        """Look at a tensor again, whatever its counter says; tells whether its memory was written since it was looked at."""
        place = sighting.snapshot.place
        states = 0 if place is None else len(place.states)
        self.refresh(sighting, tensor)
        return place is not None and len(place.states) > states

    def refresh(self, sighting: Sighting, tensor: Any) -> None:
        """Look at a tensor again, and at what its memory holds."""
        before = sighting.snapshot
        now = sighting.snapshot = self.look(tensor, sighting=sighting)
        now.grad_fn = before.grad_fn
        now.era = before.era
        if now.layout == before.layout:
            now.first = before.first
            now.since = before.since
        elif before.place is not None:
            now.era += 1
            self._leave(sighting, before)
            self._join(sighting, tensor)

    def relaid(self, tensor: Any) -> None:
        """A tensor that has been given another one's memory, which torch does not count, is looked at again."""
        if self.known(tensor):
            self.refresh(self.of(tensor), tensor)

    def exchange(self, first: tuple[Sighting, Any], second: tuple[Sighting, Any]) -> None:
        """The objects of two tensors, given with their sightings, have changed places: what is known of them follows."""
        one, other = first[0], second[0]
        before = one.snapshot, other.snapshot
        one.snapshot, other.snapshot = self._moved(before[1], one), self._moved(before[0], other)
        self._leave(one, before[0])
        self._leave(other, before[1])
        one.mark, other.mark = other.mark, one.mark
        for (sighting, tensor), was in ((first, other), (second, one)):
            if sighting.mark is not None and sighting.mark.tensor == was.id:
                sighting.mark.tensor = sighting.id
            # What was accumulated before went into the object that had the name; what comes now is another function's.
            self.marks.pop((sighting.id, "AccumulateGrad"), None)
            sighting.is_parameter = is_parameter(tensor)
            self._join(sighting, tensor)

    def _moved(self, seen: Snapshot, to: Sighting) -> Snapshot:
        """How a tensor stands as another object."""
        first = 0 if seen.place is None else len(seen.place.states) - 1
        return replace(seen, era=to.snapshot.era + 1, first=first, since=self.storages.step, last=None)

    def look(self, tensor: Any, keep: bool = True, sighting: Sighting | None = None) -> Snapshot:
        """Look at a tensor without a trace in it. `keep` asks for what its memory holds, too.

        `sighting` is the tensor's, where it has one.
        """
        if type(tensor) is not torch.Tensor or dispatch_modes():
            # A subclass, or a mode of the program's, must not see our own calls.
            quiet = DisableTorchDispatch() if dispatch_modes() else None
            with DisableTorchFunction():
                snapshot = self._look(tensor, keep, sighting)
            del quiet
            return snapshot
        return self._look(tensor, keep, sighting)

    def _look(self, tensor: Any, keep: bool, sighting: Sighting | None) -> Snapshot:
        before = sighting and sighting.snapshot
        requires_grad: bool = tensor.requires_grad
        leaf = True
        if requires_grad and before is not None and before.base is not None:
            # A view that is asked after a write is given its function now, with a number that decides on the engine's order.
            leaf = before.requires_grad and before.is_leaf
        elif requires_grad:
            leaf = is_leaf(tensor)
        version: int | None = None if tensor.is_inference() else tensor._version
        shape, dtype, device = tuple(tensor.shape), tensor.dtype, tensor.device
        if not is_plain(tensor):
            return Snapshot(shape, dtype, device, requires_grad, leaf, version)
        storages, storage, base = self.storages, tensor.untyped_storage(), tensor._base
        place = storages.of(storage)
        base_id = None if base is None else self.of(base).id
        if keep:
            number = sighting.number if sighting is not None and before is not None and before.place is place else None
            storages.look(place, storage, version, number)
        return Snapshot(
            shape,
            dtype,
            device,
            requires_grad,
            leaf,
            version,
            place,
            tensor.storage_offset(),
            tensor.stride(),
            dtype.is_complex and tensor.is_conj(),
            tensor.is_neg(),
            base_id,
            first=len(place.states) - 1,
            since=storages.step,
        )

    def _leave(self, sighting: Sighting, before: Snapshot) -> None:
        """Note that a tensor does not lie any more as it did before."""
        place = before.place
        if place is None:
            return
        last = len(place.states) - 1
        # What the step that laid it out anew wrote is told in its new layout.
        while last > before.first and place.states[last].step >= sighting.snapshot.since:
            last -= 1
        before.last = last
        sighting.earlier.append(before)
        if sighting.snapshot.place is not place and sighting.number in place.members:
            place.members.remove(sighting.number)

    def _join(self, sighting: Sighting, tensor: Any) -> None:
        """Note that a tensor looks at a place, and what it shows there if the place is large."""
        place = sighting.snapshot.place
        if place is None or not place.states:
            return
        if sighting.number not in place.members[-MOST_MEMBERS:]:
            place.members.append(sighting.number)
        place.counts(sighting.number, sighting.snapshot.version)
        if place.states[-1].data is None:
            self._detail(place.states[-1], sighting, tensor)

    def _describe(self, place: Place) -> None:
        """After a write to a large place: what the newest of the tensors on it show now."""
        state = place.states[-1]
        if state.data is None:
            for number in place.members[-MOST_MEMBERS:]:
                tensor = self.all[number - 1].alive()
                if tensor is not None:
                    self._detail(state, self.all[number - 1], tensor)

    def _detail(self, state: State, sighting: Sighting, tensor: Any) -> None:
        count: int = tensor.numel()
        key = sighting.number, sighting.snapshot.era
        quiet = DisableTorchDispatch() if dispatch_modes() else None
        with DisableTorchFunction(), torch.no_grad():
            if self.watcher is not None:
                self.watcher(state, sighting, tensor)
            if not sighting.snapshot.whole:
                state.details[key] = OpaqueValues(sighting.snapshot.shape, TAKEN)
            elif count <= self._limit:
                state.details[key] = copied(tensor)
                self.storages.keep(state, count * tensor.element_size() + 1)
            elif count <= self.storages.room:
                self.storages.room -= count
                state.details[key] = values_of(tensor, self._limit, Allowance(SUMMARY, float("inf")))
                self.storages.keep(state, SUMMARY_BYTES)
        del quiet

    def _add(self, tensor: Any) -> Sighting:
        snapshot = self.look(tensor)
        number = len(self.all) + 1
        sighting = Sighting(number, f"t{number}", weakref.ref(tensor), snapshot, is_parameter(tensor))
        self.all.append(sighting)
        self._at[id(tensor)] = sighting
        self._join(sighting, tensor)
        return sighting

    def _written(self, place: Place) -> None:
        """A place has a new state: those that did not live to see it are no longer on it, the others may count apart."""
        living: list[int] = []
        for number in place.members:
            sighting = self.all[number - 1]
            tensor = sighting.alive()
            if tensor is not None:
                living.append(number)
                place.counts(number, None if tensor.is_inference() else tensor._version)
            elif sighting.snapshot.place is place:
                sighting.snapshot.last = max(len(place.states) - 2, sighting.snapshot.first)
        place.members[:] = living
        self._describe(place)
