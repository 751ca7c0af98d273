"""What `torch.vmap` cannot map, and inputs and results that it cannot take apart."""

import re

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.definitions import closing, split
from tensorpad.explain.program.sources import before, spanning
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import Id

_CONTROL = re.compile(r"^vmap: It looks like you're attempting to use a Tensor in some data-dependent control flow")
_ITEM = re.compile(r"^vmap: It looks like you're calling \.item\(\) on a Tensor")
_DATA = re.compile(r"^Cannot access data pointer of Tensor that doesn't have storage")
_RANDOM = re.compile(r"^vmap: called random operation while in randomness error mode")
_WRITE = re.compile(r"^vmap: inplace arithmetic\(self, \*extra_args\) is not possible")
_BROADCAST = re.compile(r"^output with shape \[[\d, ]*\] doesn't match the broadcast shape")
_SIZES = re.compile(r"^vmap: Expected all tensors to have the same size in the mapped dimension, got sizes \[([\d, ]+)\]")
_STRUCTURE = re.compile(r"^vmap\(.*(in|out)_dims is not compatible with the structure of", re.DOTALL)
_NOTHING = re.compile(r"^vmap: Expected at least one Tensor to vmap over|^vmap\(.*\): got no inputs", re.DOTALL)
_RANGE = re.compile(r"Got in_dim=(-?\d+) for some input, but that input is a Tensor of dimensionality (\d+)")
_NO_TENSOR = re.compile(r"Got in_dim=-?\d+ for an input but the input is of type <class '([\w.]+)'>")
_RESULT = re.compile(r"must only return Tensors, got type <class '([\w.]+)'>")
_DYNAMIC = re.compile(r"^vmap: We do not support batching operators that can (?:output|support) dynamic shape")
_FACTORIES = {"zeros": "new_zeros", "ones": "new_ones", "empty": "new_empty", "full": "new_full"}
_NUMBER = re.compile(r"^[\d.]+(?:e-?\d+)?$")


def control_flow(facts: Facts) -> Finding | None:
    """`if`, `while`, `max` and the like by the value of a mapped tensor."""
    if facts.match(_CONTROL) is None:
        return None
    values: dict[str, Value] = {"code": code(facts.text), "line": facts.line(facts.span)}
    return Finding("vmap_control_flow", values, facts.operand_tensors, (), facts.span)


def number(facts: Facts) -> Finding | None:
    """`item()`, `float()`, `tolist()` or `numpy()` of a mapped tensor."""
    if facts.match(_ITEM) is None and (facts.match(_DATA) is None or not _maps(facts)):
        return None
    values: dict[str, Value] = {"code": code(facts.text), "line": facts.line(facts.span)}
    return Finding("vmap_number", values, facts.operand_tensors, (), facts.span)


def random(facts: Facts) -> Finding | None:
    """Random numbers in a mapped function, of which vmap is not told whether they are to differ."""
    if facts.match(_RANDOM) is None:
        return None
    calls = list(facts.definitions.calls("vmap")) or []
    fix: Edit | None = None
    if len(calls) == 1:
        tokens, index = calls[0]
        end = closing(tokens, index)
        inner = [token.text for token in tokens[index:end]]
        if end < len(tokens) and "randomness" not in inner:
            text = 'randomness="different"'
            fix = Edit(before(tokens[end].span), f", {text}", "vmap_random", {"argument": code(text)})
    return Finding("vmap_random", {"code": code(facts.text)}, (), (), facts.span, fix)


def write(facts: Facts) -> Finding | None:
    """A mapped value that is written to a tensor that is not mapped."""
    if not facts.operands:
        return None
    wrapped = [operand.tensor for operand in facts.operands[1:] if _is_mapped(facts, operand.tensor)]
    if facts.match(_WRITE) is None and (facts.match(_BROADCAST) is None or not wrapped or not _maps(facts)):
        return None
    written = facts.operands[0].tensor
    values: dict[str, Value] = {
        "name": facts.label(written, 1),
        "value": facts.label(wrapped[-1] if wrapped else None, 2),
        "code": code(facts.text),
    }
    return Finding("vmap_write", values, (written, *wrapped), (), facts.span, _mapped_factory(facts, written, wrapped))


def _mapped_factory(facts: Facts, written: Id | None, wrapped: list[Id | None]) -> Edit | None:
    """`torch.zeros(…)` as `v.new_zeros(…)`, which has a part for each element of the batch."""
    made = facts.makers.get(written or "")
    around = facts.definitions.around(facts.span) if facts.span is not None else None
    if made is None or made.span is None or around is None or facts.definitions.around(made.span) is not around:
        return None
    tokens = facts.sources.tokens(made.span)
    texts = [token.text for token in tokens[:4]]
    if texts[:2] != ["torch", "."] or texts[2] not in _FACTORIES or texts[3] != "(" or "=" in [item.text for item in tokens]:
        return None
    steps = [step for step in facts.trace.steps if step.kind == "call" and step.scope == around.name]
    bound = [item for step in steps for item in step.bound if _is_mapped(facts, item.value)]
    dtype = facts.tensors[written].layout.dtype if written in facts.tensors else ""
    fitting = [item for item in bound if item.value in facts.tensors and facts.tensors[item.value].layout.dtype == dtype]
    if not fitting or not wrapped:
        return None
    new = f"{fitting[0].name}.{_FACTORIES[texts[2]]}"
    return Edit(spanning(tokens[0].span, tokens[2].span), new, "vmap_new", {"code": code(f"{new}(…)")})


def _is_mapped(facts: Facts, tensor: Id | None) -> bool:
    """Whether a tensor is one of those that vmap gives to a function, which have no memory of their own."""
    record = facts.tensors.get(tensor or "")
    return record is not None and record.layout.storage is None and record.layout.device != "meta"


def _maps(facts: Facts) -> bool:
    return any("vmap" in line for cell in facts.sources.cells for line in cell)


def sizes(facts: Facts) -> Finding | None:
    """Inputs of different sizes along the mapped dimension."""
    match = facts.match(_SIZES)
    if match is None:
        return None
    found = tuple(code(size) for size in match[1].split(", "))
    return Finding("vmap_sizes", {"sizes": found}, facts.operand_tensors, (), facts.span)


def dimensions(facts: Facts) -> Finding | None:
    """`in_dims` or `out_dims` that do not fit the inputs or results."""
    structure, place = facts.match(_STRUCTURE), facts.match(_RANGE)
    if structure is not None:
        return Finding("vmap_dims_structure", {"argument": code(f"{structure[1]}_dims")}, (), (), facts.span)
    if place is None:
        return None
    scalar = int(place[2]) == 0
    values: dict[str, Value] = {"dim": int(place[1]), "dims": int(place[2])}
    values["advice"] = Phrase("vmap_no_dimension" if scalar else "vmap_other_dimension", {})
    return Finding("vmap_dim_range", values, (), (), facts.span)


def nothing(facts: Facts) -> Finding | None:
    """No input that is mapped."""
    return Finding("vmap_nothing", {}, (), (), facts.span) if facts.match(_NOTHING) is not None else None


def no_tensor(facts: Facts) -> Finding | None:
    """An input that is no tensor and has no `None` in `in_dims`."""
    match = facts.match(_NO_TENSOR)
    if match is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    texts = [token.text for token in tokens]
    fix: Edit | None = None
    if "vmap" in texts and "in_dims" not in texts:
        opening = texts.index("vmap") + 1
        end = closing(tokens, opening)
        if texts[end + 1 : end + 2] == ["("] and closing(tokens, end + 1) == len(tokens) - 1:
            given = split(tokens[end + 2 : -1])
            plain = [len(part) == 1 and _NUMBER.match(part[0].text) is not None for part in given]
            if any(plain) and not any(item.text == "=" for part in given for item in part):
                text = f"in_dims=({', '.join('None' if item else '0' for item in plain)}{',' if len(plain) == 1 else ''})"
                fix = Edit(before(tokens[end].span), f", {text}", "vmap_in_dims", {"argument": code(text)})
    return Finding("vmap_no_tensor", {"type": code(match[1])}, (), (), facts.span, fix)


def result(facts: Facts) -> Finding | None:
    """A mapped function that returns something else than tensors."""
    match = facts.match(_RESULT)
    if match is None:
        return None
    rule = "vmap_no_result" if match[1] == "NoneType" else "vmap_result"
    return Finding(rule, {"type": code(match[1])}, (), (), facts.span)


def dynamic(facts: Facts) -> Finding | None:
    """A result whose size depends on the values."""
    if facts.match(_DYNAMIC) is None:
        return None
    mapped = facts.first_operand
    values: dict[str, Value] = {"code": code(facts.text), "shape": code(shape(mapped.shape)) if mapped is not None else ""}
    return Finding("vmap_dynamic", values, facts.operand_tensors, (), facts.span)


RULES = (control_flow, number, random, write, sizes, dimensions, nothing, no_tensor, result, dynamic)
