"""What is known of one storage, one tensor and one backward function of a run.

Only `Ledger`, `Tensors` and `GradFns` change these objects; every other module reads them.
"""

import sys
import weakref
from collections import deque
from typing import Any

import torch
from msgspec import Struct

from tensorpad.protocol.records import RoleRecord, Sizes
from tensorpad.trace.base.attributes import fix_weakref, leaf_of, version_of
from tensorpad.trace.base.internals import use_count

_UntypedStorage: Any = torch.UntypedStorage

MOST_ROLES = 1_000
"""What one tensor may be to autograd in the course of a run; what it is then at the end counts since the last of these."""
TAKEN = "its storage has been made smaller than it is"


def reach(shape: Sizes, stride: Sizes, offset: int = 0) -> int:
    """One past the last element of a storage that a tensor uses, 0 if it has no elements. Reading beyond is fatal."""
    if 0 in shape:
        return 0
    end = offset + 1
    for size, step in zip(shape, stride, strict=True):
        end += (size - 1) * step
    return end


def is_leaf(tensor: Any) -> bool:
    """Whether a tensor is a leaf. A view whose base was written in a way that autograd forbids is none: it raises."""
    try:
        return leaf_of(tensor)
    except RuntimeError:
        return False


def counter(tensor: Any) -> int | None:
    """The version counter of a tensor; one that came of inference mode, or was given such data, has none."""
    try:
        return version_of(tensor)
    except RuntimeError:
        return None


def is_parameter(tensor: Any) -> bool:
    """Whether a tensor is a parameter of a module."""
    return type(tensor) is not torch.Tensor and issubclass(type(tensor), torch.nn.Parameter)


class FunctionInfo(Struct, eq=False, gc=False):
    """What is known of one backward function.

    `id` is its own in the report, None as long as the report does not need one. `tensor` is the id of the tensor whose
    `grad_fn` it is, or of the leaf that it accumulates into; `operation` is the id of the operation that made it. `hooks`
    are the program's hooks on its outputs, see `trace.forward.hooks`.
    """

    name: str
    tensor: str | None = None
    operation: str | None = None
    id: str | None = None
    hooks: list[Any] | None = None


class State(Struct, eq=False, gc=False):
    """What a storage contains from `step` on. `version` is the counter of the tensor through which that was noticed.

    `apart` has the counters of tensors that count for themselves, as `x.data` does, by the tensors' numbers.
    `data` are the bytes of a small storage. `details` are, by a tensor's number and the index of its layout, a copy of its
    elements, or their values.
    """

    step: int
    version: int | None
    data: bytes | None = None
    details: dict[tuple[int, int], Any] = {}
    nbytes: int = 0
    apart: dict[int, int | None] | None = None

    def version_of(self, number: int) -> int | None:
        """The counter that a tensor, by its number, had in this state."""
        return self.version if self.apart is None else self.apart.get(number, self.version)


class StateAllowance:
    """The bytes that all states of a run may keep. If they are used up, the oldest states lose what they keep."""

    def __init__(self, nbytes: int) -> None:
        self.shortened = False
        """Whether anything had to be left out."""
        self._nbytes = nbytes
        self._used = 0
        self._states: deque[State] = deque()

    def account(self, state: State, nbytes: int) -> None:
        """Account for what a state keeps."""
        if not state.nbytes:
            self._states.append(state)
        state.nbytes += nbytes
        self._used += nbytes
        while self._used > self._nbytes:
            oldest = self._states.popleft()
            self._used -= oldest.nbytes
            oldest.data, oldest.nbytes = None, 0
            oldest.details.clear()
            self.shortened = True

    def kept(self, data: bytes) -> bytes | None:
        """Bytes that are kept besides the states, None if there is no room for them."""
        if self._used + len(data) > self._nbytes:
            self.shortened = True
            return None
        self._used += len(data)
        return data


class StorageLog(Struct, eq=False, gc=False):
    """One storage, and the states that it was in. `joined` is the storage it was merged into, because they overlap."""

    number: int
    weak: int
    """torch's own weak reference: an address."""
    nbytes: int
    device: str
    address: int | None = None
    joined: "StorageLog | None" = None
    states: list[State] = []
    members: "list[TrackedTensor]" = []
    """The tensors on it that were alive when it was last written."""
    versions: set[int | None] | None = None
    """Every counter that a tensor on it had; None as long as that is the first state's alone."""
    checked: tuple[int, int] = 0, 0
    """How many states there were, and the checksum of a large storage, when it was last compared."""

    def representative(self) -> "StorageLog":
        """The storage that this one is reported as."""
        storage = self
        while storage.joined is not None:
            storage = storage.joined
        return storage

    def count(self, number: int, version: int | None) -> None:
        """Note the counter of a tensor, by its number, in the newest state."""
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
        """Whether any tensor has had a counter."""
        return version == self.states[0].version if self.versions is None else version in self.versions

    def storage(self) -> Any:
        """Torch's storage, None if it is gone."""
        return _UntypedStorage._new_with_weak_ptr(self.weak)

    @property
    def gone(self) -> bool:
        """Whether torch's storage is gone."""
        return _UntypedStorage._expired(self.weak)


class Snapshot(Struct, eq=False, gc=False):
    """A tensor at one moment.

    `first` and `last` are indices of the states of its storage in which it was seen, from the step `since` on; `last` is
    None until the tensor is gone or uses other memory. `layout_index` counts the layouts that it has had before this one.
    Of a tensor that is `sparse_coo`, torch itself does not say how many bytes it has. `unread` says why its elements are not
    known, where another look may tell more: it has not been initialised, or could not be asked.
    """

    shape: tuple[int, ...]
    dtype: torch.dtype
    device: torch.device
    requires_grad: bool
    is_leaf: bool
    version: int | None
    storage: StorageLog | None = None
    offset: int = 0
    stride: tuple[int, ...] = ()
    conjugate: bool = False
    negative: bool = False
    base: str | None = None
    grad_fn: str | None = None
    layout_index: int = 0
    first: int = 0
    since: int = 0
    last: int | None = None
    sparse_coo: bool = False
    unread: str | None = None

    @property
    def whole(self) -> bool:
        """Whether all its elements are inside its storage, as far as is known. A program can make storages smaller."""
        storage = self.storage
        return storage is None or reach(self.shape, self.stride, self.offset) * self.dtype.itemsize <= storage.nbytes

    @property
    def layout(self) -> tuple[object, ...]:
        """Where its elements are, and how they are read."""
        return (self.storage, self.shape, self.stride, self.offset, self.dtype, self.conjugate, self.negative)


class TrackedTensor(Struct, eq=False, gc=False):
    """One tensor of the run: its `id` is `t` and its `number`, `snapshot` is how it was when it was last seen.

    `earlier` are its snapshots before its memory or shape changed, as `set_` and `resize_` do. `roles` are what it was to
    autograd before `role_since`, from when on it is what its snapshot says. `function` is its `grad_fn`, if it has one that
    is known. `counted` is, for a view that requires a gradient, its counter when that function was made: torch makes another
    one once the view is asked after a write.
    """

    number: int
    id: str
    reference: Any
    snapshot: Snapshot
    is_parameter: bool
    role_since: int
    counted: int | None = None
    earlier: list[Snapshot] = []
    roles: list[RoleRecord] = []
    function: FunctionInfo | None = None

    def role(self, snapshot: Snapshot) -> RoleRecord:
        """What it is to autograd, or was in an earlier snapshot."""
        return RoleRecord(self.role_since, snapshot.requires_grad, snapshot.is_leaf, snapshot.grad_fn, self.is_parameter)

    def leave_role(self, before: Snapshot, step: int) -> None:
        """Note that from a step on it is something else to autograd than it was in the snapshot `before`."""
        if step > self.role_since and len(self.roles) < MOST_ROLES:
            self.roles.append(self.role(before))
            self.role_since = step

    def alive(self) -> Any:
        """The tensor, or None if it is gone."""
        tensor = self.reference()
        if tensor is not None:
            # The Python half of a tensor can outlive its last Python reference; this returns it to Python's ownership.
            fix_weakref(tensor)
        return tensor

    def let_go(self) -> None:
        """Give the weak reference up, until it is taken back."""
        self.reference = _nobody

    def take_back(self, tensor: Any) -> None:
        """Refer to the tensor again."""
        self.reference = weakref.ref(tensor)

    def held(self) -> bool:
        """Whether anything in Python refers to the tensor, and not only what autograd saved."""
        return _references(self.reference) > _NO_OTHERS


def _nobody() -> None:
    """Replaces a weak reference that was given up."""


def _references(reference: Any) -> int:
    """How many references there are to the Python half of a tensor, this function's among them."""
    tensor = reference()
    return 0 if tensor is None else sys.getrefcount(tensor) - (use_count(tensor) > 1)


_sample: Any = torch.empty(0)
_NO_OTHERS = _references(weakref.ref(_sample)) - 1
