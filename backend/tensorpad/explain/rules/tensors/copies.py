"""Programs that ran, with a write that was lost in a copy, that counted once, or that changed more than it seems."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.statements import is_lost
from tensorpad.explain.program.arithmetic import function_of
from tensorpad.explain.program.moments import encloses, index_of, written
from tensorpad.explain.program.sources import after, spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import FullValues, Id
from tensorpad.protocol.steps import OperationRecord

_INDEXING = frozenset({"getitem", "index_select", "masked_select", "gather", "take", "take_along_dim"})
_LIST = re.compile(r"\[-?\d+(?:, -?\d+)*\]")


def lost_write(facts: Facts) -> Iterator[Finding]:
    """A write into a copy that nobody holds, such as `x[mask][0] = 5`."""
    for operation, target in facts.writes.own:
        copied = _copy_of(facts, operation, target)
        if copied is None or facts.bound.get(target) or facts.tensors[target].names:
            continue
        setting = function_of(operation) == "setitem"
        if target in facts.taken or (not setting and not is_lost(facts, operation)):
            continue
        maker, source = copied
        values: dict[str, Value] = {
            "code": code(facts.statement(operation)),
            "copy": code(maker.expression or maker.name),
            "name": facts.label(source, 1),
        }
        rule = "lost_indexed_write" if function_of(maker) in _INDEXING else "lost_write"
        yield Finding(rule, values, (source,), (), operation.span)
        return


def _copy_of(facts: Facts, operation: OperationRecord, target: Id) -> tuple[OperationRecord, Id] | None:
    """The call inside the very expression that copied, and the tensor it copied, where a written tensor came from it."""
    seen = 0
    while (maker := facts.makers.get(target)) is not None and seen < 16:
        seen += 1
        if not maker.inputs or maker.parent is not None or not encloses(operation.span, maker.span):
            return None
        if not maker.memory or maker.memory[0].kind == "new":
            return (maker, maker.inputs[0]) if _copies(facts, maker) else None
        target = maker.inputs[0]
    return None


def _copies(facts: Facts, maker: OperationRecord) -> bool:
    copying = _INDEXING | {"reshape", "flatten", "contiguous", "clone", "cpu", "cuda", "to", "float", "double", "half"}
    return function_of(maker) in copying and facts.name(maker.inputs[0]) is not None


def repeated_index(facts: Facts) -> Iterator[Finding]:
    """`x[idx] += 1` where `idx` names an element twice, which counts once."""
    for operation in facts.own_operations:
        if function_of(operation) != "setitem" or len(operation.arguments) != 3:
            continue
        target, index, value = (argument.text for argument in operation.arguments)
        statement, read = facts.moments.statement(operation), _read(facts, operation, value)
        if read is None or [argument.text for argument in read.arguments] != [target, index] or statement is None:
            continue
        repeats = _repeats(facts, operation, index)
        if repeats is None or not encloses(statement.span, read.span):
            continue
        element, count = repeats
        values: dict[str, Value] = {
            "code": code(facts.statement(operation)),
            "name": facts.label(target, 1),
            "count": count,
            "element": element,
        }
        fix = _accumulate(facts, operation)
        yield Finding("repeated_index", values, (target, *operation.inputs[1:2]), (), operation.span, fix)
        return


def _read(facts: Facts, operation: OperationRecord, value: Id) -> OperationRecord | None:
    """The reading of elements, to which something was added to give the value that is written back."""
    maker = facts.makers.get(value)
    if maker is not None and function_of(maker) in ("add", "sub") and maker.inputs:
        maker = facts.makers.get(maker.inputs[0])
        return maker if maker is not None and function_of(maker) == "getitem" else None
    if maker is None or function_of(maker) != "getitem" or re.search(r"[-+]=", facts.statement(operation)) is None:
        return None
    return maker


def _accumulate(facts: Facts, operation: OperationRecord) -> Edit | None:
    """`x.index_put_((idx,), …, accumulate=True)` for `x[idx] += …`."""
    span = operation.span
    statement = facts.sources.statement(span.line, span.cell) if span is not None else None
    tokens = [token.text for token in statement.tokens] if statement is not None else []
    if statement is None or len(tokens) < 6 or tokens[1] != "[" or tokens[-2] not in ("+=", "-=") or tokens[-3] != "]":
        return None
    name, added = tokens[0], tokens[-1]
    inner = facts.sources.text(spanning(statement.tokens[2].span, statement.tokens[-4].span))
    minus = "-" if tokens[-2] == "-=" else ""
    if not name.isidentifier() or tokens[2:-3].count("[") > 1 or (not added[:1].isdigit() and not added.isidentifier()):
        return None
    index = f"torch.tensor({inner})" if inner.startswith("[") else inner
    addend = f"torch.tensor({minus}{added}, dtype={name}.dtype)" if added[:1].isdigit() else f"{minus}{added}"
    instead = f"{name}.index_put_(({index},), {addend}, accumulate=True)"
    return Edit(statement.span, instead, "accumulate", {"code": code(instead, 100)})


def _repeats(facts: Facts, operation: OperationRecord, index: str) -> tuple[int, int] | None:
    """The first integer that an index has several times, and how often."""
    if index in operation.inputs:
        values = facts.moments.before(operation, index)
        numbers = facts.moments.elements(values)
        if numbers is None or facts.tensors[index].layout.dtype == "torch.bool":
            return None
        whole = [item for item in numbers if type(item) is int]
    elif _LIST.fullmatch(index):
        whole = [int(item) for item in index[1:-1].split(",")]
    else:
        return None
    return next(((item, count) for item, count in Counter(whole).items() if count > 1), None)


def through_expanded(facts: Facts) -> Iterator[Finding]:
    """One write through an expanded tensor that changed many of its elements."""
    for operation, target in facts.writes.own:
        layout = facts.moments.layout_of(operation, target)
        if layout is None or facts.name(target) is None:
            continue
        shape, strides = layout
        stretched = [dim for dim, size in enumerate(shape) if size > 1 and strides[dim : dim + 1] == (0,)]
        changed = _changed(facts, operation, target, shape) if stretched else []
        cells = {tuple(position for dim, position in enumerate(index) if dim not in stretched) for index in changed}
        if not cells or len(changed) == len(cells):
            continue
        same = [index for index in changed if _cell(index, stretched) == _cell(changed[0], stretched)]
        values: dict[str, Value] = {
            "code": code(facts.statement(operation)),
            "name": facts.label(target, 1),
            "count": len(changed),
            "cells": len(cells),
            "indices": tuple(code(written(index)) for index in same[:4]),
            "dims": ", ".join(map(str, stretched)),
            "base": _base(facts, target),
        }
        yield Finding("through_expanded", values, (target,), (), operation.span, _clone(facts, target))
        return


def _base(facts: Facts, tensor: Id) -> Value:
    """What was expanded, which has changed too."""
    maker = facts.makers.get(tensor)
    source = maker.inputs[0] if maker is not None and maker.inputs else None
    return Phrase("and_of", {"name": facts.label(source, 1)}) if facts.name(source) is not None else ""


def _cell(index: tuple[int, ...], stretched: list[int]) -> tuple[int, ...]:
    return tuple(position for dim, position in enumerate(index) if dim not in stretched)


def _changed(facts: Facts, operation: OperationRecord, tensor: Id, shape: Sequence[int]) -> list[tuple[int, ...]]:
    """The indices of the elements that an operation changed."""
    earlier, later = facts.moments.before(operation, tensor), facts.moments.after(operation, tensor)
    old, new = facts.moments.elements(earlier), facts.moments.elements(later)
    if old is None or new is None or len(old) != len(new) or not isinstance(later, FullValues):
        return []
    return [index_of(place, shape) for place, item in enumerate(new) if item != old[place]]


def _clone(facts: Facts, tensor: Id) -> Edit | None:
    """`.clone()` behind the call that expanded, so that every element has its own memory."""
    maker = facts.makers.get(tensor)
    if maker is None or maker.span is None or function_of(maker) not in ("expand", "expand_as", "broadcast_to"):
        return None
    return Edit(after(maker.span), ".clone()", "clone", {})


RULES = (lost_write, repeated_index, through_expanded)
