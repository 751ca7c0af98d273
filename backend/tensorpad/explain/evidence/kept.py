"""A value that a backward pass needed and that was overwritten: which tensor it was, who wrote, and what could write yet."""

import re
from dataclasses import dataclass

from tensorpad.explain.evidence.facts import Facts
from tensorpad.protocol.records import Id, Span, TensorRecord
from tensorpad.protocol.steps import OperationRecord

_MODIFIED = re.compile(
    r"modified by an inplace operation: \[\S+ \[([\d, ]*)\]\](?:, which is output (\d+) of (\w+),)? is at version (\d+); "
    r"expected version (\d+)"
)
_CROSSING = 8
"""Tensors that are tried as the one through which a graph reaches back to before a write."""
_SAVES_NOTHING = frozenset(
    {
        *("add", "sub", "__add__", "__radd__", "__sub__", "__rsub__", "__iadd__", "add_", "sub_", "neg", "__neg__"),
        *("sum", "mean", "cat", "stack", "clone", "copy_", "__setitem__", "__getitem__", "contiguous", "detach", "data"),
    }
)
"""Functions whose derivative needs no value that they were given or gave."""


@dataclass(frozen=True, slots=True)
class Overwritten:
    """What a failed pass says of a value that it kept, and what the trace adds.

    `needing` is the operation whose gradient needs the value of `tensor`, `of_result` whether that is its own result.
    `culprits` are the writes since, each call once.
    """

    tensor: Id | None
    shape: tuple[int, ...]
    version: int
    expected: int
    needing: OperationRecord | None
    of_result: bool
    culprits: list[OperationRecord]


def overwritten(facts: Facts) -> Overwritten | None:
    """The value that was overwritten, if that is the error.

    torch's message has only a shape and the versions. Of the tensors that fit and were written since, one that the operation
    took or returned is meant; its own shape may be the transpose of what a product kept.
    """
    match = facts.match(_MODIFIED)
    if match is None:
        return None
    shape = tuple(int(size) for size in match[1].split(",") if size.strip())
    version, expected = int(match[4]), int(match[5])
    run = facts.failed_run
    needing = facts.by_id.get(run.operation or "") if run is not None else None
    of_result = run is not None and match[3] is not None and run.name.startswith(f"{match[3]}Backward")
    tried: set[tuple[Id, Id | None]] = set()
    for tensor in _candidates(facts, needing, shape, of_result):
        counter = facts.writes.storage_of(tensor.id), facts.writes.uncounted(tensor.id)
        if tensor.version != version or counter in tried:
            continue
        tried.add(counter)
        culprits = _culprits(facts, tensor.id, expected)
        if culprits:
            result = needing is not None and tensor.id in needing.outputs and tensor.id not in needing.inputs
            return Overwritten(tensor.id, tensor.layout.shape, version, expected, needing, result, culprits)
    return Overwritten(None, shape, version, expected, needing, False, [])


def _candidates(
    facts: Facts, needing: OperationRecord | None, shape: tuple[int, ...], of_result: bool
) -> list[TensorRecord]:
    own: list[TensorRecord] = []
    if needing is not None:
        sides = (facts.outputs(needing), facts.inputs(needing))
        own = [*sides[0], *sides[1]] if of_result else [*sides[1], *sides[0]]
        own = [
            *(tensor for tensor in own if tensor.layout.shape == shape),
            *(tensor for tensor in own if tensor.layout.shape == shape[::-1]),
            *(tensor for tensor in own if _elements(tensor.layout.shape) == _elements(shape)),
        ]
    others = [tensor for tensor in facts.trace.tensors if tensor.layout.shape == shape]
    named = [tensor for tensor in others if facts.name(tensor.id) is not None]
    return [*own, *(named or others)]


def _culprits(facts: Facts, tensor: Id, expected: int) -> list[OperationRecord]:
    """The writes to a tensor's memory that its version counter has counted since `expected`."""
    counter = facts.writes.uncounted(tensor)
    writes = facts.writes.written_in.get(facts.writes.storage_of(tensor), ())
    return [
        operation
        for operation, write in writes
        if write.after is not None and write.after > expected and facts.writes.uncounted(write.tensor) == counter
    ]


def crossing(facts: Facts, needing: OperationRecord | None, write: OperationRecord) -> Id | None:
    """The tensor from before a write through which the pass that failed came back to `needing`; None if all is older."""
    tried = 0
    before, since = number(needing) if needing is not None else 0, number(write)
    for operation in _graph(facts):
        if number(operation) < since:
            continue
        for tensor in facts.inputs(operation):
            maker = facts.makers.get(tensor.id)
            if maker is None or not before <= number(maker) < since or tensor.is_leaf or not tensor.requires_grad:
                continue
            tried += 1
            if tried > _CROSSING:
                return None
            if needing is None:
                return tensor.id
            behind = {item.id for item in facts.ancestors(tensor.id)}
            if needing.id in behind or needing.parent in behind:
                return tensor.id
    return None


def endangered(facts: Facts, written: set[Span], used: Span | None = None) -> bool:
    """Whether other values of the failed graph are overwritten too, by calls that are not `written`.

    `used` is the expression of a tensor that is to be copied, so that its value is safe.
    """
    last: dict[Id, int] = {}
    for storage, writes in facts.writes.written_in.items():
        others = [number(operation) for operation, _ in writes if operation.span not in written]
        if others:
            last[storage] = others[-1]
    for operation in _graph(facts):
        saves = operation.recorded is True and operation.name.rpartition(".")[2] not in _SAVES_NOTHING
        if not saves or all(part.kind == "view" for part in operation.memory):
            continue
        for tensor in (*operation.inputs, *operation.outputs):
            maker = facts.makers.get(tensor)
            if used is not None and maker is not None and maker.span == used:
                continue
            if last.get(facts.writes.storage_of(tensor), 0) > number(operation):
                return True
    return False


def _graph(facts: Facts) -> list[OperationRecord]:
    """The operations that the failed pass started from or led to, also those inside of modules."""
    roots = [root.tensor for root in facts.failed_pass.roots if root.tensor] if facts.failed_pass else []
    pending, seen = list(roots), set(roots)
    operations: dict[Id, OperationRecord] = {}
    while pending:
        for operation in facts.returning.get(pending.pop(), ()):
            operations[operation.id] = operation
            for origin in operation.inputs:
                if origin not in seen:
                    seen.add(origin)
                    pending.append(origin)
    return sorted(operations.values(), key=number)


def number(operation: OperationRecord) -> int:
    """The place of an operation in the order of all."""
    return int(operation.id[2:])


def _elements(shape: tuple[int, ...]) -> int:
    count = 1
    for size in shape:
        count *= size
    return count
