"""The log of torch operations: a function mode that notes what the program calls, and from where.

NOTE [What counts as one operation]
1. torch hands every overridable call to the innermost mode, and takes the mode off while its handler runs. So what a
   library function written in Python calls in turn is not seen: the program's own call counts once.
2. A call that gives no tensor (`size`, `item`, printing) is a look, not an operation; writes (`y[:] = …`) and
   `backward` are operations although they give none.
3. Nothing that goes wrong here may reach the program; but its deadline, which is no Exception, may.
"""

from types import FrameType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from tensorpad.protocol.steps import OperationRecord
from tensorpad.trace.call_sites import CallSite, CallSites, caller
from tensorpad.trace.failures import Failures
from tensorpad.trace.functions import mark_of
from tensorpad.trace.hooks import REGISTRATIONS, Hooks
from tensorpad.trace.internals import DisableTorchFunction, calling_frame, function_names, tracing_state
from tensorpad.trace.sightings import Sighting, Sightings

_LOOKS = frozenset({"torch.Tensor.grad", "torch.Tensor._grad", "torch.Tensor._base", "torch.Tensor.__deepcopy__"})
"""Functions that give a tensor that was there before, or that is none of the program's steps."""
_WRITES = frozenset({"torch.Tensor.__setitem__"})
_BACKWARD = frozenset({"torch.Tensor.backward", "torch.autograd.grad"})
_DEPTH = 3
"""How deep lists of arguments are searched for tensors."""


_type: Any = type


class Kind:
    """A torch function: its public name, and how calls of it are noted."""

    __slots__ = ("backward", "look", "name", "writes")

    def __init__(self, function: Any) -> None:
        self.name = public_name(function)
        self.look = self.name in _LOOKS or self.name.endswith(".__set__")
        self.writes = self.name in _WRITES
        self.backward = self.name in _BACKWARD


def public_name(function: Any) -> str:
    """The name under which a program can call a function: `torch.add`, `torch.Tensor.T`, `torch.linalg.inv`."""
    name = function_names().get(function)
    if name is None:
        module = getattr(function, "__module__", None) or "torch"
        name = f"{module}.{getattr(function, '__qualname__', getattr(function, '__name__', 'unknown'))}"
    return name.removesuffix(".__get__").replace("torch.functional.", "torch.", 1)


_KINDS: dict[Any, Kind] = {}


def kind_of(function: Any) -> Kind:
    """The kind of a torch function. torch's own are remembered; those of a program are not, lest they be kept alive."""
    kind = Kind(function)
    if function in function_names():
        _KINDS[function] = kind
    return kind


class Operations(TorchFunctionMode):
    """The log. It keeps at most `limit` operations; `full` tells whether more were made."""

    def __init__(self, sites: CallSites, sightings: Sightings, limit: int) -> None:
        super().__init__()
        self.log: list[OperationRecord] = []
        self.full = False
        self.failures = Failures(sightings)
        self.hooks = Hooks(sightings)
        self._sites = sites
        self._sightings = sightings
        self._limit = limit

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Make the call and note it."""
        frame = caller(calling_frame(1))
        site = self._sites.of(frame)
        try:
            output = site.call(func, args, kwargs or {})
        except Exception as error:
            self._failed(error, func, args, kwargs, site, frame)
            raise
        if func in REGISTRATIONS:
            self._hooked(func, args, output)
        if self.full or tracing_state() is not None:
            return output  # `torch.jit.trace` would take our own looks for steps of the function that it records
        try:
            kind = _KINDS.get(func) or kind_of(func)
            if not kind.look:
                outputs: list[Any] = [args[0]] if kind.writes else []
                _collect(output, outputs, _DEPTH)
                if outputs or kind.backward:
                    located = self._sites.located(site, frame)
                    with DisableTorchFunction():
                        self._note(kind, args, kwargs, outputs if not kind.backward else [], located)
        except Exception:  # the program must not fail because its trace does
            self.full = self.full or len(self.log) >= self._limit
        return output

    def _failed(self, error: Exception, func: Any, args: Any, kwargs: Any, site: CallSite, frame: FrameType) -> None:
        try:
            if tracing_state() is None:
                located = self._sites.located(site, frame)
                with DisableTorchFunction():
                    self.failures.note(error, public_name(func), args, kwargs, located.span)
        except Exception:
            return  # its own exception is what the program must see

    def _hooked(self, func: Any, args: Any, handle: Any) -> None:
        try:
            with DisableTorchFunction():
                self.hooks.registered(func, args[0], handle)
        except Exception:
            return

    def _note(self, kind: Kind, args: Any, kwargs: Any, outputs: list[Any], site: Any) -> None:
        if len(self.log) >= self._limit:
            self.full = True
            return
        given: list[Any] = []
        _collect(args, given, _DEPTH)
        if kwargs:
            _collect(kwargs.values(), given, _DEPTH)
        sightings = self._sightings
        inputs = tuple([sightings.of(tensor).id for tensor in given])
        name = f"op{len(self.log) + 1}"
        made = [sightings.again(tensor) for tensor in outputs]
        for tensor, sighting in zip(outputs, made, strict=True):
            if sighting.snapshot.requires_grad and not sighting.snapshot.is_leaf:
                stand_for(tensor, sighting, sightings, name)
        self.log.append(
            OperationRecord(name, kind.name, site.span, site.expression, inputs, tuple([sighting.id for sighting in made]))
        )


def stand_for(tensor: Any, sighting: Sighting, owner: Sightings, operation: str | None = None) -> None:
    """Note that a tensor's backward function stands for it, and which operation made it."""
    try:
        function = tensor.grad_fn
    except RuntimeError:
        return  # a view whose base was written in a way that autograd forbids: torch tells when it is used
    if function is None:
        return
    sighting.snapshot.grad_fn = type(function).__name__
    mark = mark_of(function, owner)
    if mark.operation is None:
        mark.operation = operation
    if mark.tensor is None:
        mark.tensor = sighting.id
    if sighting.mark is not None and sighting.mark is not mark and sighting.mark.tensor == sighting.id:
        # Written in place: the function before no longer stands for the tensor as it is.
        sighting.mark.tensor = None
    sighting.mark = mark


def _collect(value: Any, found: list[Any], depth: int) -> None:
    """Add the tensors in a value, and in the lists and tuples in it, to `found`."""
    kind: Any = _type(value)
    if kind is torch.Tensor or issubclass(kind, torch.Tensor):
        found.append(value)
    elif depth and (issubclass(kind, (tuple, list)) or kind.__name__ == "dict_values"):
        for item in value:
            _collect(item, found, depth - 1)
