"""The components of the description: what the models of routes look like in JSON."""

from collections.abc import Iterable, Iterator, Mapping
from inspect import cleandoc
from typing import Any, Final, cast

import msgspec
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from tensorpad.api.decimals import NON_FINITE
from tensorpad.api.description import members, omissions
from tensorpad.api.description.names import ENUMERATIONS, UNIONS
from tensorpad.api.values import ELSEWHERE, FORMS
from tensorpad.protocol.limits import Limits

REFERENCE = "#/components/schemas/{name}"
Schema = dict[str, Any]


def components(models: Iterable[type], limits: Limits) -> dict[str, Schema]:
    """The components of these models, of all that is in them, and of every enumeration and union among that."""
    made = _requests([model for model in models if issubclass(model, BaseModel)], limits)
    made |= _bodies([model for model in models if not issubclass(model, BaseModel)])
    for schema in made.values():
        name_parts(schema)
    unions = {
        name: {"description": text, "oneOf": [_to(kind) for kind in sorted(kinds)], "discriminator": _kinds(kinds, made)}
        for name, (kinds, text) in UNIONS.items()
        if kinds <= made.keys()
    }
    return dict(sorted({**made, **unions, **ENUMERATIONS}.items()))


def name_parts(schema: Schema) -> None:
    """Put references in the place of enumerations and unions that have names, in whatever depth."""
    schema.pop("title", None)
    if "discriminator" in schema:
        _name_union(schema)
    if "enum" in schema:
        _name_enumeration(schema)
    for part in parts(schema):
        name_parts(part)


def parts(schema: Schema) -> Iterator[Schema]:
    """The schemas that a schema directly consists of."""
    for key in ("anyOf", "oneOf", "allOf", "prefixItems"):
        yield from schema.get(key, ())
    yield from schema.get("properties", {}).values()
    for key in ("items", "additionalProperties", "contains"):
        if isinstance(schema.get(key), dict):
            yield cast("Schema", schema[key])


def _to(name: str) -> Schema:
    return {"$ref": REFERENCE.format(name=name)}


def _kinds(names: Iterable[str], made: Mapping[str, Schema]) -> Schema:
    tags = {made[name]["properties"]["kind"]["const"]: REFERENCE.format(name=name) for name in names}
    return {"propertyName": "kind", "mapping": dict(sorted(tags.items()))}


def _name_union(schema: Schema) -> None:
    found = frozenset(str(part["$ref"]).rpartition("/")[2] for part in schema["anyOf"])
    name = next((name for name, (kinds, _) in UNIONS.items() if kinds == found), None)
    if name is None:
        schema["oneOf"] = schema.pop("anyOf")
    else:
        del schema["anyOf"], schema["discriminator"]
        schema |= _to(name)


def _name_enumeration(schema: Schema) -> None:
    values = schema.pop("enum")
    schema.pop("type", None)
    if len(values) == 1:
        schema["const"] = values[0]
        return
    name = next((name for name, known in ENUMERATIONS.items() if set(known["enum"]) == set(values)), None)
    if name is None:
        schema |= {"type": "string", "enum": values}
    else:
        schema |= _to(name)


def _requests(models: list[type[BaseModel]], limits: Limits) -> dict[str, Schema]:
    adapters: list[tuple[type[BaseModel], JsonSchemaMode, TypeAdapter[Any]]] = [
        (model, "validation", TypeAdapter(model)) for model in models
    ]
    template = REFERENCE.format(name="{model}")
    made: dict[str, Schema] = TypeAdapter.json_schemas(adapters, ref_template=template)[1].get("$defs", {})
    for schema in made.values():
        for member in schema["properties"].values():
            bound(member, limits)
    for model in models:
        made |= _alternatives(model.__name__, made[model.__name__], getattr(model, "one_of", ()))
    return made


def bound(member: Schema, limits: Limits) -> None:
    """Put the limits of this service into a member, which names them in `x-limits`."""
    wanted: dict[str, str | int] = member.pop("x-limits", {})
    schema = member["anyOf"][0] if "anyOf" in member else member
    for keyword, limit in wanted.items():
        schema[keyword] = getattr(limits, limit) if isinstance(limit, str) else limit


def parameter(schema: Schema, limits: Limits) -> Schema:
    """The schema of a parameter of an address, which cannot be null."""
    bound(schema, limits)
    if "anyOf" in schema:
        schema = next(part for part in schema["anyOf"] if part.get("type") != "null")
    schema.pop("description", None)
    name_parts(schema)
    return schema


def _alternatives(name: str, schema: Schema, one_of: tuple[str, ...]) -> dict[str, Schema]:
    """A request in which exactly one of some members must be, as a union of requests with one of them each."""
    if not one_of:
        return {}
    made: dict[str, Schema] = {}
    for chosen in one_of:
        properties = {key: member for key, member in schema["properties"].items() if key == chosen or key not in one_of}
        given = next(part for part in properties[chosen]["anyOf"] if part.get("type") != "null")
        properties[chosen] = {**given, "description": properties[chosen]["description"]}
        required = [chosen, *schema.get("required", ())]
        made[f"{name}With{chosen.title()}"] = {**schema, "properties": properties, "required": required}
    union = {"description": schema["description"], "oneOf": [_to(part) for part in made]}
    return {**made, name: union}


def _bodies(models: list[type]) -> dict[str, Schema]:
    """The components of bodies and of the records in them. In JSON, values have the forms of `api.values`."""
    made: dict[str, Schema] = {}
    for kinds in (models, (*FORMS, *ELSEWHERE)):
        made |= msgspec.json.schema_components(kinds, ref_template=REFERENCE)[1]
        for kind in _records(kinds):
            _describe(made[kind.__name__], kind)
    for schema in made.values():
        _promise(schema)
    omissions.describe(made, [*models, *FORMS], REFERENCE)
    return made


def _records(kinds: Iterable[type]) -> Iterator[type]:
    """The classes of these records and of all records in them."""
    seen: set[type] = set()
    pending: list[object] = [msgspec.inspect.type_info(kind) for kind in kinds]
    while pending:
        match pending.pop():
            case (
                msgspec.inspect.StructType(cls=kind, fields=fields) | msgspec.inspect.DataclassType(cls=kind, fields=fields)
            ) if kind not in seen:
                seen.add(kind)
                yield kind
                pending += [field.type for field in fields]
            case msgspec.inspect.UnionType(types=types) | msgspec.inspect.TupleType(item_types=types):
                pending += types
            case msgspec.inspect.VarTupleType(item_type=item) | msgspec.inspect.CollectionType(item_type=item):
                pending.append(item)
            case msgspec.inspect.DictType(value_type=value):
                pending.append(value)
            case msgspec.inspect.Metadata(type=inner):
                pending.append(inner)
            case _:
                pass


def _describe(schema: Schema, kind: type) -> None:
    schema["description"] = cleandoc(kind.__doc__ or "")
    texts = members.texts(kind)
    for name, member in schema["properties"].items():
        if name in texts:
            member["description"] = texts[name]
    tag = msgspec.inspect.type_info(kind)
    if isinstance(tag, msgspec.inspect.StructType) and tag.tag_field is not None:
        schema["properties"][tag.tag_field]["description"] = "Tells this record from the others that may stand in its place."


_OF_THE_PIPE: Final = (
    *("title", "default", "maxLength", "maxItems"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
)
"""What a schema says of what a worker may send, and no promise of ours."""


def _promise(schema: Schema) -> None:
    """Turn a schema of what is accepted into one of what is sent: every member, and no limits."""
    for name in _OF_THE_PIPE:
        schema.pop(name, None)
    if schema.pop("x-non-finite", False):
        schema["anyOf"] = [{"type": schema.pop("type")}, {"enum": list(NON_FINITE)}]
    if "properties" in schema:
        schema["required"] = list(schema["properties"])
    if schema.get("type") == "array":
        schema.setdefault("items", {})
    if "prefixItems" in schema:
        # `items: false` says the same, but some generators of clients take no boolean for a schema.
        del schema["items"]
        schema["minItems"] = schema["maxItems"] = len(schema["prefixItems"])
    for part in parts(schema):
        _promise(part)
