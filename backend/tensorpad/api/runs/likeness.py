"""Operations and backward passes of a loop: those of a later round say only what is new in them.

NOTE [What is like what]
1. The first operation at a place of the source is told in full, and so is the first pass. Later ones name it as `like`, and
   come without the members that are equal. There are no chains.
2. `arguments` name tensors by their ids, which differ in each round. They are left out where they are those of the first
   operation, once its inputs are called as these.
3. A record that has a default where the first one has something else is told in full: what is left out for its default could
   not be told from what is left out as equal.
"""

from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from msgspec import UNSET, Struct
from msgspec.structs import astuple, fields, replace

from tensorpad.api.records import BackwardRecord, OperationRecord
from tensorpad.protocol import backwards, steps

Record = TypeVar("Record", bound=Struct)


def operations(records: Iterable[steps.OperationRecord]) -> tuple[OperationRecord, ...]:
    """Operations as they are sent."""
    first: dict[Hashable, steps.OperationRecord] = {}
    return tuple(_operation(record, first.setdefault(_place(record), record)) for record in records)


def passes(records: Iterable[backwards.BackwardRecord]) -> tuple[BackwardRecord, ...]:
    """Backward passes as they are sent."""
    first: dict[Hashable, backwards.BackwardRecord] = {}
    return tuple(_pass(record, first.setdefault(_course(record), record)) for record in records)


def _place(record: steps.OperationRecord) -> Hashable:
    return record.name, record.span, record.module and record.module.path, len(record.inputs), len(record.outputs)


def _course(record: backwards.BackwardRecord) -> Hashable:
    return record.kind, record.span, tuple(run.name for run in record.runs)


def _operation(record: steps.OperationRecord, first: steps.OperationRecord) -> OperationRecord:
    equal = None if record is first else _equal(record, first, but=("id", "name", "inputs", "outputs"))
    if equal is None:
        return OperationRecord(*astuple(record))
    new: dict[str, Any] = dict.fromkeys(equal, UNSET)
    if record.arguments and record.arguments == renamed(first, record.inputs):
        new["arguments"] = UNSET
    if "module" not in new and record.module is not None and record.module.type == getattr(first.module, "type", None):
        # The path is that of the first one already.
        new["module"] = replace(record.module, **dict.fromkeys(("path", "type"), UNSET))
    return replace(OperationRecord(*astuple(record), like=first.id), **new)


def renamed(record: steps.OperationRecord, inputs: tuple[str, ...]) -> tuple[steps.ArgumentRecord, ...]:
    """The arguments of an operation, with these ids in place of those of its inputs."""
    names: Mapping[str, str] = dict(zip(record.inputs, inputs, strict=True))
    return tuple(steps.ArgumentRecord(part.name, names.get(part.text, part.text)) for part in record.arguments)


def _pass(record: backwards.BackwardRecord, first: backwards.BackwardRecord) -> BackwardRecord:
    equal = None if record is first else _equal(record, first, but=("id", "gradients", "runs"))
    runs = [_equal(run, earlier, but=("function",)) for run, earlier in zip(record.runs, first.runs, strict=True)]
    if equal is None or None in runs:
        return BackwardRecord(*astuple(record))
    new: dict[str, Any] = dict.fromkeys(equal, UNSET)
    new["runs"] = tuple(
        replace(run, **dict.fromkeys(same or (), UNSET)) for run, same in zip(record.runs, runs, strict=True)
    )
    return replace(BackwardRecord(*astuple(record), like=first.id), **new)


@cache
def _defaults(kind: type[Struct]) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in fields(kind))


def _equal(record: Record, first: Record, *, but: tuple[str, ...]) -> list[str] | None:
    """The members that two records have in common; None if one has its default only in `record`."""
    equal: list[str] = []
    for name, default in _defaults(type(record)):
        own = getattr(record, name)
        if name in but:
            continue
        if own == getattr(first, name):
            equal.append(name)
        elif own == default:
            return None
    return equal
