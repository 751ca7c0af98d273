"""Programs that ran, with memory that is shared, copied or left as it was."""

import re
from collections import Counter
from collections.abc import Iterator
from heapq import nsmallest

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import after, spanning
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.records import Id, TensorRecord
from tensorpad.protocol.steps import OperationRecord

_EMPTY = frozenset({"torch.empty", "torch.empty_like", "torch.Tensor.new_empty", "torch.empty_strided"})
_COPYING = frozenset({"torch.Tensor.reshape", "torch.reshape", "torch.Tensor.flatten", "torch.flatten"})
"""Functions that copy only where they must. `contiguous` is called for its copy."""
_TENSOR_OF_TENSOR = re.compile(r"To copy construct from a tensor, it is recommended")
_TRIES = 20
"""Writes to one storage that are checked for other tensors that they changed."""


def uninitialised(facts: Facts) -> Iterator[Finding]:
    """`torch.empty` whose memory nobody has written."""
    for operation in facts.own_operations:
        if operation.name not in _EMPTY or not operation.outputs:
            continue
        made = facts.tensors[operation.outputs[0]]
        if (
            facts.writes.storage_of(made.id) in facts.writes.written_in
            or _has_changed(facts, made)
            or made.is_parameter
            or 0 in made.layout.shape
            or made.layout.device == "meta"
        ):
            continue
        function = operation.name.rpartition(".")[2]
        calls = [token for token in facts.sources.tokens(operation.span) if token.text == function]
        if not calls or function == "empty_strided":
            continue  # not the program's own call, but one that a layer makes for its parameters
        fix = Edit(calls[0].span, function.replace("empty", "zeros"), "zeros", {})
        yield Finding(
            "uninitialised",
            {"name": facts.label(made.id, 1), "code": code(operation.expression or "")},
            (made.id,),
            (),
            operation.span,
            fix,
        )


def _has_changed(facts: Facts, made: TensorRecord) -> bool:
    """Whether memory was written without torch, as NumPy does: a tensor on it has had several values."""
    storage = made.layout.storage
    return any(tensor.layout.storage == storage and len(tensor.history) > 1 for tensor in facts.trace.tensors)


def changed_view(facts: Facts) -> Iterator[Finding]:
    """A write through one name that another name sees."""
    reported: set[Id] = set()
    tries: Counter[Id] = Counter()
    earliest: dict[Id, list[TensorRecord]] = {}
    for operation, written in facts.writes.own:
        storage = facts.writes.storage_of(written)
        if storage in reported or tries[storage] >= _TRIES or facts.name(written) is None:
            continue
        if facts.moments.is_stretched(operation, written):
            continue  # that is told as what it is
        if not _is_shared_before(facts, earliest, written, operation):
            continue
        tries[storage] += 1
        others = [
            tensor
            for tensor in facts.writes.named_in[storage]
            if tensor.id != written and _was_there(facts, tensor, operation) and facts.writes.changed(tensor, operation)
        ]
        if others:
            reported.add(storage)
            yield _changed_view(facts, operation, written, others)


def _changed_view(facts: Facts, operation: OperationRecord, written: Id, others: list[TensorRecord]) -> Finding:
    tensors = (written, *(tensor.id for tensor in others))
    views = [view for tensor in tensors if (view := _view(facts, tensor)) is not None]
    fix: Edit | None = None
    if len(views) == 1 and len(views[0].outputs) == 1 and views[0].span is not None:
        fix = Edit(after(views[0].span), ".clone()", "clone", {})
    values: dict[str, Value] = {
        "name": facts.label(written, 1),
        "others": tuple(facts.label(tensor.id, 1) for tensor in others),
        "code": code(facts.statement(operation)),
    }
    return Finding("changed_view", values, tensors, (), operation.span, fix)


def shared_array(facts: Facts) -> Iterator[Finding]:
    """A tensor and a NumPy array on the same memory, one of which was written."""
    for array in facts.trace.arrays:
        if not array.names or len(array.history) < 2:
            continue
        tensors = facts.writes.named_in.get(array.layout.storage or "", [])
        if not tensors:
            continue
        step = array.history[-1].step
        span = facts.trace.steps[step].span if step is not None and step < len(facts.trace.steps) else None
        yield Finding(
            "shared_array",
            {"array": code(array.names[0]), "name": facts.label(tensors[0].id, 1)},
            tuple(tensor.id for tensor in tensors),
            (),
            span,
        )


def copied(facts: Facts) -> Iterator[Finding]:
    """`reshape` that had to copy, so that a later write does not reach the other tensor."""
    written: dict[Id, list[OperationRecord]] = {}
    for writer, tensor in facts.writes.own:
        written.setdefault(tensor, []).append(writer)
    for operation in facts.own_operations:
        if operation.name not in _COPYING or len(operation.inputs) != 1 or len(operation.outputs) != 1:
            continue
        source, made = operation.inputs[0], operation.outputs[0]
        if (
            source == made
            or facts.writes.storage_of(made) == facts.writes.storage_of(source)
            or facts.tensors[made].layout.storage is None
            # Nobody can look at what has no name, nor miss the write there.
            or facts.writes.storage_of(source) not in facts.writes.named_in
        ):
            continue
        last = [written[item][-1] for item in (source, made) if item in written]
        write = next((writer for writer in last if _number(writer) > _number(operation)), None)
        if write is None:
            continue
        yield Finding(
            "copied",
            {
                "code": facts.source(operation),
                "source": facts.label(source, 1),
                "function": code(operation.name.rpartition(".")[2]),
                "stride": code(shape(facts.tensors[source].layout.stride)),
                "write": code(facts.statement(write)),
            },
            (source, made),
            (),
            operation.span,
        )


def tensor_of_tensor(facts: Facts) -> Iterator[Finding]:
    """`torch.tensor(tensor)`, of which torch itself warns."""
    for warned in facts.warnings:
        if not _TENSOR_OF_TENSOR.search(warned.message):
            continue
        statement = facts.sources.statement(warned.line, warned.cell)
        fix: Edit | None = None
        # Where the graph is missed, the error has the fix.
        tokens = statement.tokens if statement and facts.error is None else []
        for index in range(len(tokens) - 5):
            texts = [token.text for token in tokens[index : index + 6]]
            if texts[:4] == ["torch", ".", "tensor", "("] and tokens[index + 4].is_name and texts[5] == ")":
                call = spanning(tokens[index].span, tokens[index + 5].span)
                instead = f"{texts[4]}.detach().clone()"
                fix = Edit(call, instead, "clone_instead", {"code": code(instead)})
        yield Finding("tensor_of_tensor", {}, (), (), fix.span if fix else statement and statement.span, fix)


def _view(facts: Facts, tensor: Id) -> OperationRecord | None:
    """The operation that made a tensor as a view of another."""
    made = facts.makers.get(tensor)
    return made if made is not None and any(tensor.kind == "view" for tensor in made.memory) else None


def _was_there(facts: Facts, tensor: TensorRecord, operation: OperationRecord) -> bool:
    return _made(facts, tensor) < _number(operation)


def _is_shared_before(facts: Facts, earliest: dict[Id, list[TensorRecord]], written: Id, operation: OperationRecord) -> bool:
    """Whether the storage of `written` had another tensor with a name before an operation.

    `earliest` caches the first two of each storage: thousands of tensors may share one, and be written thousands of times.
    """
    storage = facts.writes.storage_of(written)
    if storage not in earliest:
        earliest[storage] = nsmallest(2, facts.writes.named_in.get(storage, ()), key=lambda tensor: _made(facts, tensor))
    return any(tensor.id != written and _was_there(facts, tensor, operation) for tensor in earliest[storage])


def _made(facts: Facts, tensor: TensorRecord) -> int:
    made = facts.makers.get(tensor.id)
    return -1 if made is None else _number(made)


def _number(operation: OperationRecord) -> int:
    return int(operation.id[2:])


RULES = (uninitialised, changed_view, shared_array, copied, tensor_of_tensor)
