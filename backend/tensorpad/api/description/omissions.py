"""What may be missing from a record that is sent, as the description of the API says it.

A record that is there many times comes without the members that have their default (`omit_defaults`). An answer comes
without the parts that were not asked for, and so the records in it may come without values; these may also be elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import msgspec
from msgspec import NODEFAULT, UNSET, Struct, inspect
from msgspec.structs import fields

from tensorpad.api.records import BackwardRecord, OperationRecord
from tensorpad.api.values import ELSEWHERE, WHOLE
from tensorpad.protocol.backwards import FunctionRun
from tensorpad.protocol.steps import ModuleRecord

Schema = dict[str, Any]

_LIKE: Mapping[type[Struct], frozenset[str]] = {
    OperationRecord: frozenset(("id", "name")),
    ModuleRecord: frozenset(("call",)),
    BackwardRecord: frozenset(("id", "gradients", "runs")),
    FunctionRun: frozenset(("function",)),
}
"""Records that may be as far like others as to come without members that they must have, but for these."""


def describe(components: dict[str, Schema], models: Iterable[type[Struct]], template: str) -> None:
    """Say in the components of these models and of the records in them what may be missing."""
    for kind in set(_records(models)):
        schema = components[kind.__name__]
        for field in fields(kind):
            if field.default is UNSET:
                schema["required"].remove(field.encode_name)
            elif kind.__struct_config__.omit_defaults and field.default is not NODEFAULT:
                schema["required"].remove(field.encode_name)
                schema["properties"][field.encode_name]["default"] = msgspec.to_builtins(field.default)
    for kind, kept in _LIKE.items():
        if kind.__name__ in components:
            schema = components[kind.__name__]
            schema["required"] = [name for name in schema["required"] if name in kept]
    elsewhere = {_tag(kind): {"$ref": template.format(name=kind.__name__)} for kind in ELSEWHERE}
    for kind in set(_records(model for model in models if any(field.default is UNSET for field in fields(model)))):
        schema = components[kind.__name__]
        for field, info in zip(fields(kind), _info(kind).fields, strict=True):
            if _has_values(info.type) and field.name != "repeated":
                _move(schema["properties"][field.encode_name], elsewhere)
                schema["required"] = [name for name in schema["required"] if name != field.encode_name]


def _tag(kind: type[Struct]) -> str:
    return str(kind.__struct_config__.tag)


def _move(schema: Schema, elsewhere: Mapping[str, Schema]) -> None:
    """Put what says where values are beside the values."""
    if "items" in schema:
        _move(schema["items"], elsewhere)
        return
    unions = [schema, *cast("list[Schema]", schema["anyOf"])]
    union = next(part for part in unions if "discriminator" in part)
    union["anyOf"] += elsewhere.values()
    union["discriminator"]["mapping"] |= {tag: reference["$ref"] for tag, reference in elsewhere.items()}


def _has_values(info: inspect.Type) -> bool:
    return any(kind in WHOLE for kind in _kinds(info))


def _records(models: Iterable[type[Struct]]) -> Iterator[type[Struct]]:
    """These records and all that are in them, some more than once. Values have forms of their own."""
    pending, seen = list(models), set[type[Struct]]()
    while pending:
        kind = pending.pop()
        if kind in seen or kind in WHOLE:
            continue
        seen.add(kind)
        yield kind
        pending += [part for field in _info(kind).fields for part in _kinds(field.type)]


def _info(kind: type[Struct]) -> inspect.StructType:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return info


def _kinds(info: inspect.Type) -> Iterator[type[Struct]]:
    """The records that a type directly consists of."""
    match info:
        case inspect.StructType(cls=kind):
            yield kind
        case inspect.UnionType(types=types) | inspect.TupleType(item_types=types):
            for part in types:
                yield from _kinds(part)
        case inspect.VarTupleType(item_type=item) | inspect.CollectionType(item_type=item):
            yield from _kinds(item)
        case inspect.DictType(value_type=item) | inspect.Metadata(type=item):
            yield from _kinds(item)
        case _:
            pass
