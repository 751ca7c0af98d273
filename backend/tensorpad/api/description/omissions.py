"""What may be missing from a record that is sent, as the description of the API says it.

A record that is there many times comes without the members that have their default (`omit_defaults`). An answer comes
without the parts that were not asked for, and so the records in it may come without values; these may also be deferred.
"""

from collections.abc import Iterable, Iterator
from typing import Any, cast

import msgspec
from msgspec import NODEFAULT, UNSET, Struct, inspect
from msgspec.structs import fields

from tensorpad.api.values import WHOLE, DeferredValues

Schema = dict[str, Any]


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
    deferred = {"$ref": template.format(name=DeferredValues.__name__)}
    for kind in set(_records(model for model in models if any(field.default is UNSET for field in fields(model)))):
        schema = components[kind.__name__]
        for field, info in zip(fields(kind), _info(kind).fields, strict=True):
            if _has_values(info.type):
                _defer(schema["properties"][field.encode_name], deferred)
                schema["required"] = [name for name in schema["required"] if name != field.encode_name]


def _defer(schema: Schema, deferred: Schema) -> None:
    """Put values that come later beside those that come now."""
    if "items" in schema:
        _defer(schema["items"], deferred)
        return
    unions = [schema, *cast("list[Schema]", schema["anyOf"])]
    union = next(part for part in unions if "discriminator" in part)
    union["anyOf"].append(deferred)
    union["discriminator"]["mapping"]["deferred"] = deferred["$ref"]


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
