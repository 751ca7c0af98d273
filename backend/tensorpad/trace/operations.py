"""The log of torch operations: a function mode that notes what the program calls, and from where.

NOTE [What counts as one operation]
1. torch hands every overridable call to the innermost mode, and takes the mode off while its handler runs. So what a
   library function written in Python calls in turn is not seen: the program's own call counts once.
2. A call that gives no tensor (`size`, `item`, printing) is a look, not an operation; writes (`y[:] = …`) and
   `backward` are operations although they give none.
3. A call of a library's module, or of the program's own autograd function, is an operation too, and those inside name it as
   their parent (see `trace.enclosing`). It stands before them in the log, and it has no step in the timeline.
4. What an operation wrote is what torch counted: the versions of its inputs are read before and after.
5. Nothing that goes wrong here may reach the program; but its deadline, which is no Exception, may.
"""

from types import FrameType
from typing import Any

import torch
from msgspec.structs import replace
from torch.overrides import TorchFunctionMode

from tensorpad.protocol.steps import ArgumentRecord, MemoryRecord, OperationRecord, WriteRecord
from tensorpad.trace.argument_texts import arguments, text
from tensorpad.trace.broadcasts import broadcasts
from tensorpad.trace.call_sites import CallSite, CallSites, caller
from tensorpad.trace.enclosing import Call, Enclosing
from tensorpad.trace.failures import Failures
from tensorpad.trace.functions import mark_of
from tensorpad.trace.hooks import REGISTRATIONS, Hooks
from tensorpad.trace.internals import DisableTorchFunction, calling_frame, function_names, tracing_state
from tensorpad.trace.sightings import Sighting, Sightings
from tensorpad.trace.timeline import Timeline

_LOOKS = frozenset({"torch.Tensor.grad", "torch.Tensor._grad", "torch.Tensor._base", "torch.Tensor.__deepcopy__"})
"""Functions that give a tensor that was there before, or that is none of the program's steps."""
_WRITES = frozenset({"torch.Tensor.__setitem__"})
_BACKWARD = frozenset({"torch.Tensor.backward", "torch.autograd.grad"})
_DEPTH = 3
"""How deep lists of arguments are searched for tensors."""
_MOST = 32
_NEW = MemoryRecord("new")


_type: Any = type


class Kind:
    """A torch function: its public name, and how calls of it are noted."""

    __slots__ = ("backward", "look", "name", "registers", "writes")

    def __init__(self, function: Any) -> None:
        self.name = public_name(function)
        self.look = self.name in _LOOKS or self.name.endswith(".__set__")
        self.registers = function in REGISTRATIONS
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


class _Given:
    """What an operation was given, as it stood before: its tensors with their versions, and how many storages there were."""

    __slots__ = ("call", "sightings", "storages", "tensors", "versions")

    def __init__(self, tensors: list[Any], sightings: list[Sighting], storages: int, call: Call | None) -> None:
        self.tensors = tensors
        self.sightings = sightings
        self.versions = [sighting.snapshot.version for sighting in sightings]
        self.storages = storages
        self.call = call


class Operations(TorchFunctionMode):
    """The log. It keeps at most `limit` operations; `full` tells whether more were made.

    `modules` has, for each operation, the call that it was made in.
    """

    def __init__(self, sites: CallSites, sightings: Sightings, timeline: Timeline, limit: int) -> None:
        super().__init__()
        self.log: list[OperationRecord] = []
        self.modules: list[Call | None] = []
        self.full = False
        self.failures = Failures(sightings)
        self.hooks = Hooks(sightings)
        self._sites = sites
        self._sightings = sightings
        self._timeline = timeline
        self._limit = limit
        self._enclosing = Enclosing(self._opened)
        self._calls: list[Call] = []
        """Calls that have an operation and have not been found to have ended, outermost first."""
        self._waiting: dict[int, OperationRecord] = {}
        """By their numbers, what is known of calls in which no operation has been made yet."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Make the call and note it."""
        frame = caller(calling_frame(1))
        site = self._sites.of(frame)
        kind = _KINDS.get(func) or kind_of(func)
        # `torch.jit.trace` would take our own looks for steps of the function that it records.
        given = None if self.full or kind.look or tracing_state() is not None else self._before(args, kwargs, frame)
        try:
            output = site.call(func, args, kwargs or {})
        except Exception as error:
            self._failed(error, func, args, kwargs, site, frame)
            raise
        if kind.registers:
            self._hooked(func, args, output)
        if given is None:
            return output
        try:
            outputs: list[Any] = [args[0]] if kind.writes else []
            _collect(output, outputs, _DEPTH)
            if outputs or kind.backward:
                located = self._sites.located(site, frame)
                with DisableTorchFunction():
                    self._note(func, kind, args, kwargs, given, outputs if not kind.backward else [], located)
        except Exception:  # the program must not fail because its trace does
            self.full = self.full or len(self.log) >= self._limit
        return output

    @property
    def exhausted(self) -> bool:
        """Whether there is no room for another operation; asking is for the sake of one, so the log is then `full`."""
        self.full = self.full or len(self.log) >= self._limit
        return self.full

    def end_calls(self, frame: FrameType | None) -> None:
        """Note that calls which are not around `frame` have ended."""
        if self._calls:
            self._close(self._enclosing.of(frame))

    def unseen(self, name: str, site: Any, inputs: tuple[str, ...], sighting: Sighting, memory: MemoryRecord) -> None:
        """Note an operation that no mode sees, from what it gave."""
        if len(self.log) >= self._limit:
            self.full = True
            return
        shape = sighting.snapshot.shape
        record = OperationRecord(
            f"op{len(self.log) + 1}",
            name,
            site.span,
            site.expression,
            inputs,
            (sighting.id,),
            memory=(memory,),
            output_shapes=(shape,),
        )
        self._append(record, None)
        self._timeline.add("operation", site.span, record.id)

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

    def _before(self, args: Any, kwargs: Any, frame: FrameType) -> _Given | None:
        try:
            tensors: list[Any] = []
            _collect(args, tensors, _DEPTH)
            if kwargs:
                _collect(kwargs.values(), tensors, _DEPTH)
            with DisableTorchFunction():
                call = self._enclosing.of(frame)
                if self._calls:
                    self._close(call)
                sightings = [self._sightings.again(tensor) for tensor in tensors]
                return _Given(tensors, sightings, self._sightings.storages.count, call)
        except Exception:
            return None

    def _note(
        self, func: Any, kind: Kind, args: Any, kwargs: Any, given: _Given, outputs: list[Any], site: CallSite
    ) -> None:
        parent = self._enter(given.call)
        if len(self.log) >= self._limit:
            self.full = True
            return
        sightings = self._sightings
        inputs = given.sightings
        name = f"op{len(self.log) + 1}"
        shapes = tuple([sighting.snapshot.shape for sighting in inputs])
        written = [
            (sighting, before)
            for tensor, sighting, before in zip(given.tensors, inputs, given.versions, strict=True)
            if sightings.again(tensor).snapshot.version != before
        ]
        made = [sightings.again(tensor) for tensor in outputs]
        for tensor, sighting in zip(outputs, made, strict=True):
            if sighting.snapshot.requires_grad and not sighting.snapshot.is_leaf:
                stand_for(tensor, sighting, sightings, name)
        results = tuple([sighting.snapshot.shape for sighting in made])
        record = OperationRecord(
            name,
            kind.name,
            site.span,
            site.expression,
            tuple([sighting.id for sighting in inputs]),
            tuple([sighting.id for sighting in made]),
            arguments(func, kind.name, args, kwargs, sightings, func in _KINDS),
            _writes(written, made) if written else (),
            tuple([_memory(sighting, inputs, given.storages) for sighting in made]),
            broadcasts(kind.name, shapes, results),
            shapes,
            results,
            parent,
        )
        self._append(record, given.call)
        for call in _around(given.call):
            call.made.extend(made)
        self._timeline.add("operation", site.span, name)

    def _append(self, record: OperationRecord, call: Call | None) -> None:
        self.log.append(record)
        self.modules.append(call)

    def _opened(self, call: Call, frame: FrameType, args: Any, kwargs: Any) -> None:
        """A call that has no operation yet: note what it was given, while it is at hand."""
        if call.own:
            return
        tensors: list[Any] = []
        _collect(args, tensors, _DEPTH)
        _collect(kwargs.values(), tensors, _DEPTH)
        names = [("input", args[0])] if call.module is not None and len(args) == 1 else [(None, value) for value in args]
        texts = [ArgumentRecord(name, text(value, self._sightings)) for name, value in (*names, *kwargs.items())]
        site = self._sites.located(self._sites.of(frame), frame)
        inputs = tuple([self._sightings.of(tensor).id for tensor in tensors])
        shapes = tuple([tuple(tensor.shape) for tensor in tensors])
        self._waiting[call.number] = OperationRecord(
            "op0", call.name, site.span, site.expression, inputs, (), tuple(texts[:_MOST]), input_shapes=shapes
        )

    def _enter(self, innermost: Call | None) -> str | None:
        """Give the calls around an operation operations of their own; gives the id of the innermost."""
        if innermost is None:
            return None
        parent: str | None = None
        for call in _around(innermost):
            if not call.entered:
                call.entered = True
                if call.own or len(self.log) >= self._limit:
                    continue
                call.operation = len(self.log)
                self._calls.append(call)
                record = replace(self._waiting.pop(call.number), id=f"op{len(self.log) + 1}", parent=parent)
                self._append(record, call)
            if call.operation is not None:
                parent = f"op{call.operation + 1}"
        return parent

    def _close(self, innermost: Call | None) -> None:
        around = set(_around(innermost))
        for call in [call for call in self._calls if call not in around]:
            self._calls.remove(call)
            living = {sighting.number: sighting for sighting in call.made if sighting.alive() is not None}
            call.made.clear()
            index = call.operation or 0
            record = self.log[index]
            for sighting in living.values():
                tensor = sighting.alive()
                self._sightings.refresh(sighting, tensor)
                if call.module is None and sighting.snapshot.requires_grad and not sighting.snapshot.is_leaf:
                    stand_for(tensor, sighting, self._sightings, record.id)
            self.log[index] = replace(
                record,
                outputs=tuple([sighting.id for sighting in living.values()]),
                memory=tuple([self._inner_memory(index, sighting.id) for sighting in living.values()]),
                output_shapes=tuple([sighting.snapshot.shape for sighting in living.values()]),
            )

    def _inner_memory(self, index: int, name: str) -> MemoryRecord:
        """Where a call's output lies: as the operation in it has it that made it."""
        for record in self.log[index + 1 :]:
            if name in record.outputs and record.memory:
                return record.memory[record.outputs.index(name)]
        return _NEW


def _around(call: Call | None) -> list[Call]:
    found: list[Call] = []
    while call is not None:
        found.append(call)
        call = call.outer
    return found[::-1]


def _writes(written: list[tuple[Sighting, int | None]], made: list[Sighting]) -> tuple[WriteRecord, ...]:
    """One write for each piece of memory: of the tensors there that count together, one that is given back, or the first."""
    chosen: dict[int, tuple[Sighting, int | None]] = {}
    for sighting, before in written:
        place = sighting.snapshot.place
        key = -sighting.number if place is None else place.number
        if key not in chosen or (sighting in made and chosen[key][0] not in made):
            chosen[key] = sighting, before
    return tuple(WriteRecord(sighting.id, before, sighting.snapshot.version) for sighting, before in chosen.values())


def _memory(output: Sighting, inputs: list[Sighting], storages: int) -> MemoryRecord:
    """Where an output lies, known from the storage that it really has."""
    if any(output is sighting for sighting in inputs):
        return MemoryRecord("same", output.id)
    place = output.snapshot.place
    if place is None or place.number > storages:
        return _NEW
    base = output.snapshot.base
    on_it = [sighting.id for sighting in inputs if sighting.snapshot.place is place]
    if base is not None and (base in on_it or not on_it):
        return MemoryRecord("view", base)
    return MemoryRecord("view", on_it[0] if on_it else None)


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
