"""What an expression of a gate stands for at a step, as the trace has it."""

import math
from dataclasses import dataclass, replace

from tensorpad.gates import elements
from tensorpad.gates.elements import Elements, elements_of
from tensorpad.gates.expressions import Attribute, Expression, Index, parse, path
from tensorpad.gates.past import Past
from tensorpad.protocol.records import FullValues, Id, RoleRecord, Values
from tensorpad.texts.catalogue import GateProblem

_MOST_CHARS = 400
"""Longest answer."""


class Unanswerable(Exception):
    """There is no answer. Says why: a key of the texts, and what fills its placeholders."""

    def __init__(self, key: GateProblem, **values: object) -> None:
        self.key: GateProblem = key
        self.values = values
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Thing:
    """A tensor, an array, a part of one, or (`text` alone) another value.

    `values` are None where they are not known. `id` is None for a part of a tensor, and for a gradient.
    """

    text: str | None = None
    shape: tuple[int, ...] = ()
    dtype: str = ""
    stride: tuple[int, ...] = ()
    offset: int = 0
    storage: Id | None = None
    values: Elements | None = None
    id: Id | None = None
    role: RoleRecord | None = None
    version: int | None = None
    grad: Values | None = None


def thing_at(text: str, past: Past, frame: int, step: int) -> Thing:
    """What an expression stands for after a step. Raises Unanswerable."""
    expression = parse(text)
    if expression is None:
        raise Unanswerable("expression", expression=text)
    thing, used = _named(expression, past, frame, step)
    for place, part in enumerate(expression.parts[used:], used):
        match part:
            case Index(value=index):
                thing = _part(thing, index, text)
            case Attribute():
                last = place == len(expression.parts) - 1
                thing = _attribute(thing, part, text, last=last)
    return thing


def _named(expression: Expression, past: Past, frame: int, step: int) -> tuple[Thing, int]:
    """What the name stands for, and how many parts belong to it: the longest path through modules, or none."""
    name = expression.name
    for length in range(len(expression.parts), 0, -1):
        led = path(expression, length)
        parameter = past.parameter(led, step) if led is not None else None
        if parameter is not None:
            return _recorded(parameter, name, past, step), length
    binding = past.binding(name, frame, step)
    if binding is None:
        raise Unanswerable("name", name=name)
    if binding.value is not None:
        return _recorded(binding.value, name, past, step), 0
    if binding.text is None:
        if binding.type == "numpy.ndarray":
            raise Unanswerable("array", name=name)
        raise Unanswerable("type", name=name, type=binding.type)
    return Thing(text=binding.text), 0


def _recorded(identity: Id, name: str, past: Past, step: int) -> Thing:
    tensor, array = past.tensors.get(identity), past.arrays.get(identity)
    record = tensor or array
    version = past.version(record, step) if record is not None else None
    if record is None or version is None:
        raise Unanswerable("unknown", name=name)
    values = version.values or record.values
    if tensor is not None:
        layout = version.layout or tensor.layout
        thing = Thing(
            shape=layout.shape,
            dtype=layout.dtype,
            stride=layout.stride,
            offset=layout.offset,
            storage=layout.storage,
            role=tensor.role_at(step),
            version=version.version,
            grad=past.gradient(identity, step),
        )
    else:
        assert array is not None
        where = array.layout
        thing = Thing(shape=values.shape, dtype=where.dtype, stride=where.strides, storage=where.storage)
    return replace(thing, id=identity, values=_listed(values))


def _listed(values: Values) -> Elements | None:
    return elements_of(values) if isinstance(values, FullValues) else None


def _part(thing: Thing, index: object, text: str) -> Thing:
    """A part of a tensor or array."""
    if thing.text is not None:
        raise Unanswerable("expression", expression=text)
    try:
        shape = elements.shape_of(thing.shape, index)
        values = None if thing.values is None else elements.part_of(thing.values, index)
    except IndexError:
        raise Unanswerable("index", expression=text, shape=thing.shape) from None
    return Thing(shape=shape, dtype=thing.dtype, values=values)


def _attribute(thing: Thing, part: Attribute, text: str, *, last: bool) -> Thing:
    if thing.text is not None:
        raise Unanswerable("expression", expression=text)
    if part == Attribute("grad") and thing.id is not None and thing.role is not None:
        return _gradient(thing)
    if not last:
        raise Unanswerable("expression", expression=text)
    shown = _facts(thing).get(part)
    if part == Attribute("item", called=True):
        shown = written(thing, text) if not thing.shape else written(_one(thing, text), text)
    if shown is None:
        raise Unanswerable("expression", expression=text)
    return Thing(text=shown)


def _one(thing: Thing, text: str) -> Thing:
    if thing.values is None or len(thing.values.data) != 1:
        raise Unanswerable("index", expression=text, shape=thing.shape)
    return replace(thing, values=replace(thing.values, shape=()), shape=())


def _gradient(thing: Thing) -> Thing:
    if thing.grad is None:
        return Thing(text="None")
    return Thing(shape=tuple(thing.grad.shape), dtype=thing.dtype, values=_listed(thing.grad))


def _facts(thing: Thing) -> dict[Attribute, str | None]:
    """What can be asked of a tensor besides its values; None where that is not known."""
    whole = thing.id is not None
    role = thing.role
    return {
        Attribute("shape"): str(thing.shape),
        Attribute("ndim"): str(len(thing.shape)),
        Attribute("dim", called=True): str(len(thing.shape)),
        Attribute("dtype"): thing.dtype,
        Attribute("numel", called=True): str(math.prod(thing.shape)),
        Attribute("stride", called=True): str(thing.stride) if whole else None,
        Attribute("storage_offset", called=True): str(thing.offset) if whole and role else None,
        Attribute("requires_grad"): str(role.requires_grad) if role else None,
        Attribute("is_leaf"): str(role.is_leaf) if role else None,
        Attribute("grad_fn"): (role.grad_fn or "None") if role else None,
        Attribute("_version"): str(thing.version) if whole and thing.version is not None else None,
    }


def written(thing: Thing, text: str) -> str:
    """The value of a thing as Python writes it: `[[1.0, 2.0], [3.0, 4.0]]`. Raises Unanswerable."""
    if thing.text is not None:
        return thing.text
    if thing.values is None:
        raise Unanswerable("values", expression=text)
    if len(thing.values.data) * 3 > _MOST_CHARS:
        raise Unanswerable("long", expression=text)
    shown = elements.written(thing.values)
    if len(shown) > _MOST_CHARS:
        raise Unanswerable("long", expression=text)
    return shown
