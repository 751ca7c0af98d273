"""Which tensors look at the same memory.

A storage is known by its C++ object. A weak reference to each one is kept for the length of the run: it does not keep the
memory, but it keeps the address from being given to another storage, so that an address can serve as a name. Tensors that
got their memory from one NumPy array have storages of their own; at the end those that overlap are put together.
"""

import itertools
from dataclasses import dataclass, field
from typing import Any

from torch.multiprocessing.reductions import StorageWeakRef

from tensorpad.protocol.records import StorageRecord


@dataclass(slots=True, eq=False)
class Place:
    """One storage. `address` is set when the end of the run found it alive; `joined` is the place that it is reported as."""

    reference: Any
    nbytes: int
    device: str
    address: int | None = None
    joined: "Place | None" = None
    id: str | None = None
    members: list[str] = field(default_factory=list[str])

    def representative(self) -> "Place":
        """The place under which this one is reported."""
        place = self
        while place.joined is not None:
            place = place.joined
        return place


class Storages:
    """Every storage that was seen."""

    def __init__(self) -> None:
        self._places: dict[int, Place] = {}
        self._reported: list[Place] = []

    def of(self, tensor: Any) -> Place:
        """The storage of a dense tensor."""
        storage = tensor.untyped_storage()
        place = self._places.get(storage._cdata)
        if place is None:
            place = self._places[storage._cdata] = Place(StorageWeakRef(storage), storage.nbytes(), str(storage.device))
        return place

    def measure(self, tensor: Any) -> Place:
        """As `of`, and note where the memory is and how large it is now."""
        place = self.of(tensor)
        storage = tensor.untyped_storage()
        place.nbytes = storage.nbytes()
        place.address = storage.data_ptr() or None
        return place

    def join(self) -> None:
        """Put together the measured storages that overlap in memory."""
        measured = [place for place in self._places.values() if place.address is not None and place.nbytes]
        measured.sort(key=lambda place: (place.device, place.address or 0))
        for before, place in itertools.pairwise(measured):
            first = before.representative()
            start, end = (first.address or 0), (first.address or 0) + first.nbytes
            address = place.address or 0
            if place.device == first.device and address < end:
                place.joined = first
                first.nbytes = max(end, address + place.nbytes) - start

    def report(self, place: Place, member: str) -> str:
        """The id of a storage, given out in order of first report, for a tensor that looks at it."""
        place = place.representative()
        if place.id is None:
            self._reported.append(place)
            place.id = f"s{len(self._reported)}"
        place.members.append(member)
        return place.id

    def records(self) -> tuple[StorageRecord, ...]:
        """Every storage that was reported."""
        return tuple(
            StorageRecord(place.id or "", place.nbytes, place.device, tuple(place.members)) for place in self._reported
        )
