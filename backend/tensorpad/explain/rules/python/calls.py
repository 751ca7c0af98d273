"""Methods that are not called, properties that are, layers and functions that are given the wrong arguments."""

import builtins
import re

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import Token, after, spanning
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.records import Span

_METHOD = re.compile(r"'?(?:builtin_function_or_method|method|method-wrapper)(?:'|\b)")
_SIZE = re.compile(
    r"'torch\.Size' object cannot be interpreted as an integer"
    r"|unsupported operand type\(s\) for \S+: (?:'torch\.Size' and '(?:int|float)'|'(?:int|float)' and 'torch\.Size')"
    r"|can only concatenate tuple \(not int\) to torch\.Size"
)
_WHOLE = re.compile(
    r"argument 'size' failed to unpack the object at pos \d+ with error \"type must be tuple of ints,but got (\w+)\""
    r"|argument 'size' \(position \d+\) must be tuple of ints, not (float|str|list)$"
)
_NOT_CALLABLE = re.compile(r"'(?:torch\.)?(\w+)' object is not callable")


def not_called(facts: Facts) -> Finding | None:
    """`x.mean + 1`: a method without its parentheses."""
    if facts.type not in ("TypeError", "AttributeError") or facts.match(_METHOD) is None:
        return None
    if "is not subscriptable" in facts.message[:500]:
        return None
    tokens = facts.sources.tokens(facts.span)
    held = next((one.text for one in tokens if one.is_name and _is_method(facts.kinds.get(one.text, ""))), None)
    at = _uncalled(tokens) if held is None else None
    if held is not None:
        place = _assignment(facts, held)
        if place is None:
            return None
        text, method, owner = place
        fix = Edit(after(method.span), "()", "call_method", {"code": code(f"{text}()")}) if owner != "torch" else None
        values: dict[str, Value] = {"code": code(text), "method": code(method.text), "name": code(held)}
        return Finding("method_held", values, (), (), method.span, fix)
    if at is None:
        return None
    method, owner = tokens[at], tokens[at - 2].text
    text = f"{owner}.{method.text}"
    values = {"code": code(text), "method": code(method.text)}
    record = facts.variable(owner)
    if method.text == "size" and record is not None:
        if not facts.text.startswith("range(") or not record.layout.shape:
            return Finding("size_not_called", values | _shape(record.layout.shape), (record.id,), (), facts.span)
        fix = Edit(after(method.span), "(0)", "call_method", {"code": code(f"{text}(0)")})
        return Finding("size_not_called", values | _shape(record.layout.shape), (record.id,), (), facts.span, fix)
    fix = Edit(after(method.span), "()", "call_method", {"code": code(f"{text}()")}) if owner not in ("torch", "F") else None
    return Finding("method_not_called", values, (record.id,) if record else (), (), facts.span, fix)


def size_as_number(facts: Facts) -> Finding | None:
    """A shape where one number is needed."""
    if facts.match(_SIZE) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    texts = [token.text for token in tokens]
    record, end = None, None
    for index in range(2, len(tokens)):
        if texts[index] in ("shape", "size") and texts[index - 1] == ".":
            record = facts.variable(texts[index - 2])
            called = texts[index] == "size" and texts[index + 1 : index + 3] == ["(", ")"]
            end = tokens[index + 2] if called else tokens[index] if texts[index] == "shape" else None
    if record is None or end is None:
        return None
    sizes = record.layout.shape
    fix: Edit | None = None
    if facts.text.startswith("range(") and sizes:
        fix = Edit(after(end.span), "[0]", "first_size", {"size": sizes[0]})
    values: dict[str, Value] = {"name": facts.label(record.id, 1), "code": code(facts.text)}
    return Finding("size_as_number", values | _shape(sizes), (record.id,), (), facts.span, fix)


def size_not_whole(facts: Facts) -> Finding | None:
    """A size that is no whole number, such as `4 / 2`."""
    match = facts.match(_WHOLE)
    if match is None or facts.type != "TypeError":
        return None
    kind = match[1] or match[2]
    tokens = facts.sources.tokens(facts.span)
    divisions = [token for token in tokens if token.text == "/"]
    fix: Edit | None = None
    if kind == "float" and len(divisions) == 1:
        fix = Edit(divisions[0].span, "//", "rename", {"name": code("/"), "guess": code("//")})
    elif kind == "float":
        floats = [token for token in tokens if re.fullmatch(r"\d+\.0*", token.text)]
        if len(floats) == 1:
            whole = floats[0].text.partition(".")[0]
            fix = Edit(floats[0].span, whole, "rename", {"name": code(floats[0].text), "guess": code(whole)})
    return Finding("size_not_whole", {"kind": code(kind), "code": code(facts.text)}, (), (), facts.span, fix)


def called_property(facts: Facts) -> Finding | None:
    """Parentheses behind what is no function: a property, a list of layers, or a name that hides a function of Python."""
    match = facts.match(_NOT_CALLABLE)
    if match is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    texts = [token.text for token in tokens]
    opening = _opening(texts)
    if opening is None or opening == 0:
        return None
    callee = facts.sources.text(spanning(tokens[0].span, tokens[opening - 1].span))
    name, kind = tokens[opening - 1], match[1]
    values: dict[str, Value] = {
        "kind": code(kind),
        "code": code(facts.text),
        "callee": code(callee),
        "name": code(name.text),
    }
    if texts[:opening] == [name.text] and name.text in dir(builtins):
        line = _bound_line(facts, name.text)
        return Finding("builtin_hidden", values | {"line": line}, (), (), facts.span) if line else None
    if kind == "list":
        return Finding("list_called", values, (), (), facts.span, _sequential(facts, texts[:opening]))
    fix: Edit | None = None
    inside = facts.sources.text(spanning(tokens[opening].span, tokens[-1].span))[1:-1]
    if opening > 1 and texts[opening - 2] == ".":
        whole = spanning(tokens[opening].span, tokens[-1].span)
        if not inside.strip():
            fix = Edit(whole, "", "no_call", {})
        elif name.text == "shape":
            fix = Edit(whole, f"[{inside}]", "use_brackets", {"code": code(f"{callee}[{inside}]")})
        elif name.text == "requires_grad":
            fix = Edit(after(name.span), "_", "call_method", {"code": code(f"{callee}_({inside})")})
        return Finding("not_callable", values, (), (), facts.span, fix)
    return Finding("value_called", values, (), (), facts.span)


def _is_method(kind: str) -> bool:
    return kind in ("builtin_function_or_method", "method", "method-wrapper")


def _uncalled(tokens: list[Token]) -> int | None:
    """The index of an attribute of a name that is neither called nor looked into further, if there is exactly one."""
    found = [
        index
        for index in range(2, len(tokens))
        if tokens[index].is_name
        and tokens[index - 1].text == "."
        and tokens[index - 2].is_name
        and (index + 1 == len(tokens) or tokens[index + 1].text not in ("(", "[", "="))
        and not (
            index + 2 == len(tokens) - 1 and tokens[index + 1].text == "." and index > 2 and tokens[index - 3].text == "."
        )
    ]
    return found[0] if found else None


def _assignment(facts: Facts, name: str) -> tuple[str, Token, str] | None:
    """Where a name was given a method that was not called: the expression, its last token, and its first."""
    for step in facts.trace.steps:
        if step.span is None or not any(item.name == name and _is_method(item.type) for item in step.bound):
            continue
        tokens = facts.sources.tokens(step.span)
        if len(tokens) > 4 and [token.text for token in tokens[:2]] == [name, "="] and tokens[-2].text == ".":
            return facts.sources.text(spanning(tokens[2].span, tokens[-1].span)), tokens[-1], tokens[2].text
    return None


def _opening(texts: list[str]) -> int | None:
    """The index of the parenthesis that the last one closes."""
    depth = 0
    for index in range(len(texts) - 1, -1, -1):
        depth += (texts[index] in (")", "]", "}")) - (texts[index] in ("(", "[", "{"))
        if depth == 0:
            return index if texts[index] == "(" else None
    return None


def _bound_line(facts: Facts, name: str) -> int | None:
    lines = [step.span.line for step in facts.trace.steps if step.span and any(item.name == name for item in step.bound)]
    return lines[-1] if lines else None


def _sequential(facts: Facts, callee: list[str]) -> Edit | None:
    """`self.layers = [nn.…]` as `nn.Sequential(…)`, where it is one line."""
    for cell in range(len(facts.sources.cells)):
        for number, line in enumerate(facts.sources.cells[cell][:2_000], 1):
            match = re.match(r"^\s*" + re.escape("".join(callee)) + r" *= *(\[ *nn\..*\])\s*$", line)
            if match is not None:
                span = Span(cell, number, match.start(1), number, match.end(1))
                return Edit(span, f"nn.Sequential({match[1][1:-1]})", "sequential", {"code": code("nn.Sequential(…)")})
    return None


def _shape(sizes: tuple[int, ...]) -> dict[str, Value]:
    return {"shape": code(shape(sizes))}


RULES = (not_called, size_as_number, size_not_whole, called_property)
