"""Functions that return nothing, or several things, where one tensor is expected."""

import re
from typing import Final

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.class_sources import Method, body, class_of, functions
from tensorpad.explain.program.sources import after
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.records import Span, TensorRecord
from tensorpad.protocol.steps import OperationRecord

_TUPLE = re.compile(
    r"can only concatenate tuple \(not|torch\.return_types\.\w+|'tuple' object has no attribute '\w+'"
    r"|must be Tensor, not tuple|unsupported operand type\(s\) for \S+: (?:'tuple' and|'\w+' and 'tuple')"
)
_NONE = re.compile(r"'NoneType' (?:object (?:has no attribute|is not|cannot)|and ')|and 'NoneType'|not NoneType")
_UNPACK = re.compile(r"(?:too many|not enough) values to unpack \(expected (?:at least )?(\d+)(?:, got (\d+))?\)")
_VALUES: Final = frozenset({"max", "min", "sort", "topk", "median", "nanmedian", "mode", "kthvalue", "cummax", "cummin"})
_FIELDS: Final = {
    "svd": "U, S, Vh",
    "linalg_svd": "U, S, Vh",
    "eigh": "eigenvalues, eigenvectors",
    "linalg_eigh": "eigenvalues, eigenvectors",
    "eig": "eigenvalues, eigenvectors",
    "qr": "Q, R",
    "slogdet": "sign, logabsdet",
}
_MODULES: Final = {"LSTM": "output, (h, c)", "GRU": "output, h", "RNN": "output, h", "MultiheadAttention": "output, weights"}
_NAMES: Final = 20
_ENUMERATED = re.compile(r"^\s*for (\w+), (\w+(?:, ?\w+)+) in (enumerate\(\w+(?:, ?\d+)?\)) *:")
_ASSIGNED = re.compile(r"^\s*(\w+) *=[^=]")


def named_tuple(facts: Facts) -> Finding | None:
    """`x.max(dim)`, which gives values and indices, used as one tensor."""
    if facts.match(_TUPLE) is None:
        return None
    held = _held(facts, "torch.return_types.")
    made = None if held else _several_in(facts, facts.span)
    if held is not None:
        kind, text = facts.kinds[held].rpartition(".")[2], held
    elif made is not None:
        kind, text = made.name.rpartition(".")[2], facts.sources.text(made.span)
    else:
        return None
    if kind not in _VALUES and kind not in _FIELDS:
        return None
    fix: Edit | None = None
    if kind in _VALUES and not facts.text.endswith((".item", ".backward", ".tolist")):
        use = facts.sources.name(facts.span, held) if held else made.span if made else None
        fix = Edit(after(use), ".values", "take_values", {"code": code(f"{text}.values")}) if use else None
    fields = "values, indices" if kind in _VALUES else _FIELDS[kind]
    return Finding(
        "named_tuple",
        {"name": code(text), "function": code(kind), "fields": code(f"({fields})")},
        made.outputs[:1] if made else (),
        (),
        facts.span,
        fix,
    )


def module_tuple(facts: Facts) -> Finding | None:
    """The output and the states of a recurrent layer, used as one tensor."""
    if facts.match(_TUPLE) is None:
        return None
    held = _held(facts, "tuple")
    made = _bound_by(facts, held) if held else _several_in(facts, facts.span)
    if made is None or made.name.rpartition(".")[2] not in _MODULES:
        made = _layer_of(facts)
    kind = made.name.rpartition(".")[2] if made else ""
    if made is None or kind not in _MODULES:
        return None
    use = facts.sources.name(facts.span, held) if held else None
    return Finding(
        "module_tuple",
        {
            "kind": code(f"nn.{kind}"),
            "code": code(made.module.path) if made.module and not held else facts.source(made),
            "fields": code(f"({_MODULES[kind]})"),
        },
        made.outputs[:1],
        (),
        facts.span,
        Edit(after(use), "[0]", "take_first", {"code": code(f"{held}[0]")}) if use else None,
    )


def no_return(facts: Facts) -> Finding | None:
    """A function or `forward` of the program that has no `return`."""
    if facts.match(_NONE) is None:
        return None
    for method, called in _called(facts):
        lines = body(facts.sources, method)
        if not lines or any(re.search(r"\b(?:return|yield|raise|pass|\.\.\.)\b", line) for _, line in lines):
            continue
        number, line = lines[-1]
        assigned = _ASSIGNED.match(line)
        fix: Edit | None = None
        if assigned is not None and line.count("(") == line.count(")"):
            indent = line[: len(line) - len(line.lstrip())]
            end = Span(method.span.cell, number, len(line), number, len(line))
            text = f"return {assigned[1]}"
            fix = Edit(end, f"\n{indent}{text}", "insert_line", {"code": code(text)})
        values: dict[str, Value] = {"function": code(called), "line": method.line}
        return Finding("no_return", values, (), (), method.span, fix)
    return None


def unpacked(facts: Facts) -> Finding | None:
    """A tensor or a shape that is unpacked into another number of names."""
    match = facts.match(_UNPACK)
    if match is None or facts.type != "ValueError" or facts.span is None:
        return None
    enumerated = _enumerated(facts, facts.span)
    if enumerated is not None:
        return enumerated
    statement = facts.sources.statement(facts.span.line, facts.span.cell)
    target, equals, value = facts.sources.text(statement.span if statement else None).partition("=")
    if not equals or target.strip().strip("()[]") != facts.text.strip("()[]"):
        return None
    value = value.strip()
    owner = value.removesuffix(".shape").removesuffix(".size()")
    record = facts.variable(owner)
    if record is not None and owner != value:
        sizes = record.layout.shape
        values: dict[str, Value] = {"names": match[1], "count": len(sizes), "code": code(value), "shape": code(shape(sizes))}
        return Finding("shape_unpacked", values, (record.id,), (), facts.span)
    several = _several_of(facts, value, match, target.strip())
    if several is not None:
        return several
    record = facts.variable(value) or _single_at(facts, value)
    if record is None or not record.layout.shape or record.layout.shape[0] == int(match[1]):
        return None
    return Finding(
        "tensor_unpacked",
        {"names": match[1], "code": code(value), "shape": code(shape(record.layout.shape)), "count": record.layout.shape[0]},
        (record.id,),
        (),
        facts.span,
    )


def _enumerated(facts: Facts, place: Span) -> Finding | None:
    """`for i, x, y in enumerate(loader)`, which wants `i, (x, y)`."""
    loop = _ENUMERATED.match(facts.sources.line(place.cell, place.line))
    if loop is None:
        return None
    span, names = Span(place.cell, place.line, loop.start(2), place.line, loop.end(2)), f"({loop[2]})"
    pair = code(f"{loop[1]}, {names}")
    fix = Edit(span, names, "unpack_pair", {"code": pair})
    return Finding("enumerate_unpacked", {"code": code(loop[3]), "pair": pair}, (), (), span, fix)


def _held(facts: Facts, kind: str) -> str | None:
    """A name in the failing source that was given something of a type."""
    names = [token.text for token in facts.sources.tokens(facts.span) if token.is_name]
    return next((name for name in names if facts.kinds.get(name, "").startswith(kind)), None)


def _several_in(facts: Facts, span: Span | None) -> OperationRecord | None:
    """The last operation of a piece of source that gave several tensors."""
    inside = [one for one in facts.own_operations if one.span and edits.inside(one.span, span) and _gives_several(one)]
    return inside[-1] if inside else None


def _gives_several(operation: OperationRecord) -> bool:
    """Whether an operation gave several tensors. A call of a module that was the last before the error lacks its outputs."""
    return len(operation.outputs) > 1 or operation.name.rpartition(".")[2] in _MODULES


def _bound_by(facts: Facts, name: str) -> OperationRecord | None:
    """The call of a module whose result a name was given."""
    lines = {step.span.line for step in facts.trace.steps for item in step.bound if item.name == name and step.span}
    calls = [one for one in facts.own_operations if one.span and one.span.line in lines and _gives_several(one)]
    return calls[-1] if calls else None


def _layer_of(facts: Facts) -> OperationRecord | None:
    """The layer of an `nn.Sequential` whose output the next one was given."""
    operand = facts.operand("0[0]")
    returning = facts.returning.get(operand.tensor or "", []) if operand else []
    return next((made for made in returning if made.name.rpartition(".")[2] in _MODULES), None)


def _of_value(facts: Facts, value: str) -> OperationRecord | None:
    """The last operation whose source is just what is unpacked."""
    made = [one for one in facts.own_operations if one.span and facts.sources.text(one.span) == value]
    return made[-1] if made else None


def _single_at(facts: Facts, value: str) -> TensorRecord | None:
    made = _of_value(facts, value)
    return facts.tensors[made.outputs[0]] if made is not None and len(made.outputs) == 1 else None


def _several_of(facts: Facts, value: str, match: re.Match[str], target: str) -> Finding | None:
    """A call that gives several things, of another number than there are names."""
    made = _of_value(facts, value)
    kind = made.name.rpartition(".")[2] if made is not None else ""
    values: dict[str, Value] = {"names": match[1], "code": code(value)}
    if kind in _MODULES:
        names, fix = [name.strip() for name in target.split(",")], None
        if kind == "LSTM" and len(names) == 3 and all(name.isidentifier() for name in names) and facts.span is not None:
            instead = f"{names[0]}, ({names[1]}, {names[2]})"
            fix = Edit(facts.span, instead, "unpack_pair", {"code": code(instead)})
        values |= {"fields": code(f"({_MODULES[kind]})"), "kind": code(f"nn.{kind}")}
        return Finding("module_unpacked", values, (), (), facts.span, fix)
    if made is not None and len(made.outputs) > 1:
        return Finding("values_unpacked", values | {"count": len(made.outputs)}, made.outputs[:8], (), facts.span)
    return None


def _called(facts: Facts) -> list[tuple[Method, str]]:
    """The functions and modules of the program that the failing source calls, or that its names came from."""
    tokens = facts.sources.tokens(facts.span)
    names = [token.text for token in tokens if token.is_name]
    for step in facts.trace.steps:
        if step.span is not None and any(item.name in names and item.type == "NoneType" for item in step.bound):
            names.extend(token.text for token in facts.sources.tokens(step.span) if token.is_name)
    found: list[tuple[Method, str]] = []
    defined = [one for cell in range(len(facts.sources.cells)) for one in functions(facts.sources, cell)]
    for name in list(dict.fromkeys(names))[:_NAMES]:
        kind = facts.kinds.get(name, "").rpartition(".")[2]
        source = class_of(facts.sources, kind) if kind and kind not in ("function", "method") else None
        forward = source.method("forward") if source else None
        if forward is not None:
            found.append((forward, f"{kind}.forward"))
        own = [one for one in defined if one.name == name]
        if len(own) == 1 and facts.kinds.get(name) == "function":
            found.append((own[0], name))
    return found


RULES = (named_tuple, module_tuple, no_return, unpacked)
