"""Programs that ran, with memory that is shared, copied or left as it was."""

import re
from collections import Counter
from collections.abc import Iterator
from heapq import nsmallest

from tensorpad.explain.facts import Facts
from tensorpad.explain.figures import code, shape
from tensorpad.explain.findings import Edit, Finding
from tensorpad.explain.sources import after, spanning
from tensorpad.protocol.records import Id, TensorRecord
from tensorpad.protocol.steps import OperationRecord

_EMPTY = frozenset({"torch.empty", "torch.empty_like", "torch.Tensor.new_empty", "torch.empty_strided"})
_COPYING = frozenset(
    {"torch.Tensor.reshape", "torch.reshape", "torch.Tensor.flatten", "torch.flatten", "torch.Tensor.contiguous"}
)
_TENSOR_OF_TENSOR = re.compile(r"To copy construct from a tensor, it is recommended")
_TRIES = 20
"""Writes to one storage of which it is asked which of the tensors there they changed."""


def uninitialised(facts: Facts) -> Iterator[Finding]:
    """`torch.empty` whose memory nobody has written."""
    for operation in facts.own_operations:
        if operation.name not in _EMPTY or not operation.outputs or facts.place(operation.outputs[0]) in facts.written_in:
            continue
        made = facts.tensors.get(operation.outputs[0])
        if made is None or made.is_parameter or 0 in made.shape or made.device == "meta":
            continue
        fix: Edit | None = None
        # The program's own call, not one that a layer makes for its parameters.
        for item in facts.sources.tokens(operation.span):
            if item.text == operation.name.rpartition(".")[2] and item.text in ("empty", "empty_like", "new_empty"):
                fix = Edit(item.span, item.text.replace("empty", "zeros"), "zeros", {})
                break
        if fix is None:
            continue
        yield Finding(
            "uninitialised",
            {"name": facts.label(made.id, 1), "code": code(operation.expression or "")},
            (made.id,),
            (),
            operation.span,
            fix,
        )


def constructor(facts: Facts) -> Iterator[Finding]:
    """`torch.Tensor(2, 3)`: sizes and not elements."""
    for cell in range(len(facts.sources.cells)):
        source = facts.sources.whole(cell)
        if "Tensor" not in facts.sources.text(source):
            continue  # reading tokens takes longer than all other rules together
        tokens = facts.sources.tokens(source)
        for index in range(len(tokens) - 4):
            texts = [item.text for item in tokens[index : index + 4]]
            if texts != ["torch", ".", "Tensor", "("]:
                continue
            end = index + 4
            while end < len(tokens) and (tokens[end].text.isdigit() or tokens[end].text == ","):
                end += 1
            if end == index + 4 or end >= len(tokens) or tokens[end].text != ")":
                continue
            sizes = [item.text for item in tokens[index + 4 : end] if item.text != ","]
            whole = spanning(tokens[index].span, tokens[end].span)
            instead = f"torch.tensor([{', '.join(sizes)}])"
            yield Finding(
                "constructor",
                {
                    "code": code(facts.sources.text(whole)),
                    "shape": code("(" + ", ".join(sizes) + ("," if len(sizes) == 1 else "") + ")"),
                    "instead": code(instead),
                },
                (),
                (),
                whole,
                Edit(whole, instead, "lower_tensor", {"code": code(instead)}),
            )


def changed_view(facts: Facts) -> Iterator[Finding]:
    """A write through one name that another name sees."""
    told: set[Id] = set()
    tried: Counter[Id] = Counter()
    first: dict[Id, list[TensorRecord]] = {}
    for operation, written in facts.writes:
        place = facts.place(written)
        if place in told or tried[place] >= _TRIES:
            continue
        name = facts.name(written)
        if name is None or not _earlier(facts, first, place, written, operation):
            continue
        tried[place] += 1
        others = [
            one
            for one in facts.named_in[place]
            if one.id != written and _was_there(facts, one, operation) and facts.changed(one, operation)
        ]
        if not others:
            continue
        told.add(place)
        names = tuple(code(one.names[0]) for one in others)
        views = [made for item in (written, *(one.id for one in others)) if (made := _view(facts, item)) is not None]
        fix: Edit | None = None
        if len(views) == 1 and len(views[0].outputs) == 1 and views[0].span is not None:
            fix = Edit(after(views[0].span), ".clone()", "clone", {})
        yield Finding(
            "changed_view",
            {"name": code(name), "others": names, "code": code(_statement(facts, operation))},
            (written, *(one.id for one in others)),
            (),
            operation.span,
            fix,
        )


def shared_array(facts: Facts) -> Iterator[Finding]:
    """A tensor and a NumPy array on the same memory, one of which was written."""
    for array in facts.trace.arrays:
        if not array.names or len(array.history) < 2:
            continue
        tensors = facts.named_in.get(array.storage or "", [])
        if not tensors:
            continue
        step = array.history[-1].step
        span = facts.trace.steps[step].span if step is not None and step < len(facts.trace.steps) else None
        yield Finding(
            "shared_array",
            {"array": code(array.names[0]), "name": code(tensors[0].names[0])},
            tuple(one.id for one in tensors),
            (),
            span,
        )


def copied(facts: Facts) -> Iterator[Finding]:
    """`reshape` that had to copy, so that a later write does not reach the other tensor."""
    written: dict[Id, list[OperationRecord]] = {}
    for one, tensor in facts.writes:
        written.setdefault(tensor, []).append(one)
    for operation in facts.own_operations:
        if operation.name not in _COPYING or len(operation.inputs) != 1 or len(operation.outputs) != 1:
            continue
        source, made = operation.inputs[0], operation.outputs[0]
        if source == made or facts.place(made) == facts.place(source) or facts.tensors[made].storage is None:
            continue
        last = [written[item][-1] for item in (source, made) if item in written]
        write = next((one for one in last if _number(one) > _number(operation)), None)
        if write is None:
            continue
        yield Finding(
            "copied",
            {
                "code": code(operation.expression or operation.name),
                "source": facts.label(source, 1),
                "function": code(operation.name.rpartition(".")[2]),
                "stride": code(shape(facts.tensors[source].stride)),
                "write": code(_statement(facts, write)),
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
        tokens = statement.tokens if statement else []
        for index in range(len(tokens) - 5):
            texts = [item.text for item in tokens[index : index + 6]]
            if texts[:4] == ["torch", ".", "tensor", "("] and tokens[index + 4].is_name and texts[5] == ")":
                place = spanning(tokens[index].span, tokens[index + 5].span)
                instead = f"{texts[4]}.detach().clone()"
                fix = Edit(place, instead, "clone_instead", {"code": code(instead)})
        yield Finding("tensor_of_tensor", {}, (), (), fix.span if fix else statement and statement.span, fix)


def _statement(facts: Facts, operation: OperationRecord) -> str:
    """The line of a write, where it is a statement; else its expression."""
    span = operation.span
    statement = facts.sources.statement(span.line, span.cell) if span else None
    return facts.sources.text(statement.span) if statement else operation.expression or operation.name


def _view(facts: Facts, tensor: Id) -> OperationRecord | None:
    """The operation that made a tensor as a view of another."""
    made = facts.makers.get(tensor)
    return made if made is not None and any(one.kind == "view" for one in made.memory) else None


def _was_there(facts: Facts, tensor: TensorRecord, operation: OperationRecord) -> bool:
    return _made(facts, tensor) < _number(operation)


def _earlier(facts: Facts, first: dict[Id, list[TensorRecord]], place: Id, written: Id, operation: OperationRecord) -> bool:
    """Whether a storage had another tensor with a name before an operation. `first` keeps the first two of each storage.

    Of many writes to what thousands of tensors share, each is so answered without a look at all of them.
    """
    if place not in first:
        first[place] = nsmallest(2, facts.named_in.get(place, ()), key=lambda one: _made(facts, one))
    return any(one.id != written and _was_there(facts, one, operation) for one in first[place])


def _made(facts: Facts, tensor: TensorRecord) -> int:
    made = facts.makers.get(tensor.id)
    return -1 if made is None else _number(made)


def _number(operation: OperationRecord) -> int:
    return int(operation.id[2:])


RULES = (uninitialised, constructor, changed_view, shared_array, copied, tensor_of_tensor)
