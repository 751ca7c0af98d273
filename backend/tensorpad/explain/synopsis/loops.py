"""Loops: whether one trains something, and how often it goes round."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from tensorpad.explain.synopsis.acts import Trains
from tensorpad.explain.synopsis.names import Names, calls_in, dotted_name

Loop = ast.For | ast.AsyncFor | ast.While


class Optimiser(Struct, frozen=True):
    """An optimiser of the program: its class, and the names of what it steps."""

    name: str
    what: tuple[str, ...]


def rounds_of(loop: Loop, names: Names) -> int | None:
    """How often it goes round, if the source tells."""
    source = loop.iter if isinstance(loop, ast.For | ast.AsyncFor) else None
    while isinstance(source, ast.Call) and dotted_name(source.func) in ("enumerate", "tqdm", "trange") and source.args:
        source = ast.Call(ast.Name("range"), source.args, []) if dotted_name(source.func) == "trange" else source.args[0]
    match source:
        case ast.Call(func=ast.Name(id="range"), args=[end]):
            return names.number(end)
        case ast.Call(func=ast.Name(id="range"), args=[start, end]):
            first, last = names.number(start), names.number(end)
            return None if first is None or last is None else max(0, last - first)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return len(elements)
        case _:
            return None


def training(loop: Loop, names: Names, optimisers: Mapping[str, Optimiser]) -> Trains | None:
    """What the loop trains; None if nothing in it goes backward and steps."""
    methods = [call.func for call in calls_in(loop) if isinstance(call.func, ast.Attribute)]
    if not any(method.attr in ("backward", "grad") for method in methods):
        return None
    rounds = rounds_of(loop, names)
    for method in methods:
        if method.attr == "step" and (known := optimisers.get(dotted_name(method.value))):
            return Trains(known.what, rounds, known.name)
    lists = dict(_listed(loop))
    updated = [part for name in _updated(loop.body) for part in lists.get(name, (name,))]
    what = tuple(dict.fromkeys(name for name in updated if name and names.is_tensor(name)))
    return Trains(what, rounds, None) if what else None


def _listed(loop: Loop) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names that inner loops give to the members of a list, each with what the list is of."""
    for inner in ast.walk(loop):
        if isinstance(inner, ast.For):
            call = inner.iter if isinstance(inner.iter, ast.Call) and dotted_name(inner.iter.func) == "zip" else None
            targets = inner.target.elts if isinstance(inner.target, ast.Tuple) else [inner.target]
            for target, source in zip(targets, call.args if call else [inner.iter], strict=False):
                yield dotted_name(target), _members(source)


def _members(source: ast.expr) -> tuple[str, ...]:
    """What is in a list, by name: of `(w, b)` both, of `model.parameters()` the model, of a name the name."""
    match source:
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return tuple(map(dotted_name, elements))
        case ast.Call(func=ast.Attribute(value=owner)):
            return (dotted_name(owner),)
        case _:
            return (dotted_name(source),)


def _updated(body: Sequence[ast.stmt]) -> Iterator[str]:
    """Names of what is written by hand from a gradient: `w -= lr * w.grad`, `w.data.sub_(…)`, `w = w - lr * w.grad`."""
    for node in (inner for statement in body for inner in ast.walk(statement)):
        match node:
            case ast.AugAssign(op=ast.Sub() | ast.Add(), target=target, value=value):
                written: ast.expr = target
            case ast.Assign(targets=[ast.Name() as target], value=value):
                written = target
            case ast.Call(func=ast.Attribute(value=target, attr="sub_" | "add_" | "copy_")):
                written, value = target, node
            case _:
                continue
        if any(isinstance(inner, ast.Attribute) and inner.attr == "grad" for inner in ast.walk(value)):
            yield dotted_name(written).partition(".")[0]
