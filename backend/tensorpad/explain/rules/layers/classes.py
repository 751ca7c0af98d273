"""Mistakes in classes of layers: methods that are misspelt, misplaced or missing, and `__init__` of `nn.Module`."""

import difflib
import re
from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.class_sources import ClassSource, Method, around, body, class_of, functions
from tensorpad.explain.program.sources import before
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import Span

_BEFORE = re.compile(r"cannot assign (?:module|parameters|buffer|parameter) before Module\.__init__\(\) call")
_ATTRIBUTE = re.compile(r"^'([\w.]+)' object has no attribute '(\w+)'")
_INTERNAL: Final = frozenset(
    {"_modules", "_parameters", "_buffers", "training", "_forward_hooks", "_backward_hooks", "_forward_pre_hooks"}
)
"""What `Module.__init__` makes, and the machinery of a module asks for first."""
_POSITIONAL = re.compile(r"^([\w.]+)\.__init__\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given")
_FORWARD = re.compile(r'^Module \[(\w+)\] is missing the required "forward" function')
_TAKES = re.compile(
    r"(?:^|\.)(\w+)\.(\w+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) (?:was|were) given"
)
_EMPTY = re.compile(r"optimizer got an empty parameter list")
_ASSIGNED = re.compile(
    r"cannot assign '(?:torch\.)?([\w.]+)' (?:as|object to) parameter '(\w+)' \(torch\.nn\.Parameter or None"
)
_LAYER = re.compile(r"^(\s*)(\w+)( *= *)")


def super_init(facts: Facts) -> Finding | None:
    """A module that is used before `nn.Module` has made it one."""
    attribute = facts.match(_ATTRIBUTE)
    if facts.match(_BEFORE) is not None and facts.span is not None:
        method = around(facts.sources, facts.span)
    elif attribute is not None and attribute[2] in _INTERNAL:
        source = class_of(facts.sources, attribute[1])
        method = source.method("__init__") if source else None
    else:
        return None
    if method is None or method.name != "__init__":
        return None
    lines = body(facts.sources, method)
    called = [(number, line) for number, line in lines if "super()" in line or "super(" in line or "Module.__init__" in line]
    fix: Edit | None = None
    if not called:
        rule, reason = "super_init", Phrase("super_missing", {})
        number, line = _first_statement(lines)
        if number:
            column = len(line) - len(line.lstrip())
            span = Span(method.span.cell, number, column, number, column)
            text = "super().__init__()"
            fix = Edit(span, f"{text}\n{line[:column]}", "insert_line", {"code": code(text)})
    else:
        number, line = called[0]
        rule, reason = "super_init", Phrase("super_late", {"line": number})
        bare = re.search(r"super\(\)\.__init__\s*$", line)
        unbound = re.search(r"super\(\w+\)\.__init__", line)
        if bare is not None:
            reason = Phrase("super_uncalled", {"line": number})
            end = Span(method.span.cell, number, bare.end(), number, bare.end())
            fix = Edit(end, "()", "call_class", {"code": code("super().__init__()")})
        elif unbound is not None:
            reason = Phrase("super_unbound", {"line": number, "code": code(unbound[0])})
            span = Span(method.span.cell, number, unbound.start(), number, unbound.end())
            fix = Edit(span, "super().__init__", "call_class", {"code": code("super().__init__()")})
        elif facts.span is not None and number < facts.span.line:
            return None
    return Finding(
        rule, {"code": code(facts.text), "reason": reason}, (), (), fix.span if fix and called else facts.span, fix
    )


def init_misspelt(facts: Facts) -> Finding | None:
    """A class whose `__init__` is spelt in another way, so that it never ran."""
    attribute, positional = facts.match(_ATTRIBUTE), facts.match(_POSITIONAL)
    name = ""
    if attribute is not None and facts.type == "AttributeError":
        name = attribute[1]
    elif positional is not None and positional[2] == "1":
        name = positional[1]
    elif facts.match(_EMPTY) is not None:
        name = _optimised_class(facts) or ""
    source = class_of(facts.sources, name.rpartition(".")[2]) if name else None
    if source is None or source.method("__init__") is not None:
        return None
    meant = next((method for method in source.methods if _is_init(method.name)), None)
    if meant is None:
        return None
    if attribute is not None and not any(f"self.{attribute[2]}" in line for _, line in body(facts.sources, meant)):
        return None
    return Finding(
        "init_misspelt",
        {"method": code(meant.name), "kind": code(name), "line": meant.line},
        (),
        (),
        meant.span,
        Edit(meant.span, "__init__", "rename", {"name": code(meant.name), "guess": code("__init__")}),
    )


def forward_missing(facts: Facts) -> Finding | None:
    """A module that is called and has no `forward`: it is misspelt, or at another indentation, or not there."""
    match = facts.match(_FORWARD)
    source = class_of(facts.sources, match[1]) if match else None
    if match is None or source is None:
        return None
    values: dict[str, Value] = {"kind": code(match[1])}
    near = difflib.get_close_matches("forward", [one.name.lower() for one in source.methods], 1, 0.75)
    for method in source.methods:
        if near and method.name.lower() == near[0]:
            values |= {"method": code(method.name), "line": method.line}
            fix = Edit(method.span, "forward", "rename", {"name": code(method.name), "guess": code("forward")})
            return Finding("forward_misspelt", values, (), (), method.span, fix)
    nested = next((one for one in source.nested if one.name == "forward"), None)
    if nested is not None:
        values |= {"line": nested.line}
        return Finding("forward_nested", values, (), (), nested.span, _dedented(facts, nested, source))
    outside = next((one for one in functions(facts.sources, source.cell) if one.name == "forward" and one.depth == 0), None)
    if outside is not None:
        return Finding("forward_outside", values | {"line": outside.line}, (), (), outside.span)
    return Finding("forward_missing", values, (), (), facts.span)


def without_self(facts: Facts) -> Finding | None:
    """A method whose parameters do not begin with `self`."""
    match = facts.match(_TAKES)
    source = class_of(facts.sources, match[1]) if match else None
    method = source.method(match[2]) if match and source else None
    if match is None or method is None or int(match[4]) != int(match[3]) + 1:
        return None
    first = re.match(r"\w*", method.given)
    if first is None or first[0] in ("self", "cls") or _decorated(facts, method):
        return None
    inserted = "self, " if method.given else "self"
    values: dict[str, Value] = {"method": code(f"{match[1]}.{match[2]}"), "line": method.line, "name": code(match[2])}
    return Finding(
        "method_without_self",
        values,
        (),
        (),
        method.span,
        Edit(method.parameters, inserted, "insert_self", {"code": code(f"def {match[2]}({inserted}{method.given})")}),
    )


def local_layer(facts: Facts) -> Finding | None:
    """A layer that `__init__` gave to a local name instead of to `self`."""
    match = facts.match(_ATTRIBUTE)
    source = class_of(facts.sources, match[1]) if match and facts.type == "AttributeError" else None
    init = source.method("__init__") if source else None
    if match is None or init is None:
        return None
    for number, line in body(facts.sources, init):
        assigned = _LAYER.match(line)
        if assigned is not None and assigned[2] == match[2]:
            span = Span(init.span.cell, number, assigned.start(2), number, assigned.end(2))
            whole = f"self.{match[2]}"
            return Finding(
                "local_layer",
                {"kind": code(match[1]), "name": code(match[2]), "line": number, "whole": code(whole)},
                (),
                (),
                span,
                Edit(before(span), "self.", "qualify", {"code": code(whole)}),
            )
    return None


def parameter_assigned(facts: Facts) -> Finding | None:
    """A plain tensor that is assigned to the name of a parameter."""
    match = facts.match(_ASSIGNED)
    if match is None:
        return None
    parameter = facts.variable(facts.text)
    made = next((one for one in reversed(facts.own_operations) if one.outputs), None)
    statement = facts.sources.statement(facts.span.line, facts.span.cell) if facts.span else None
    fix: Edit | None = None
    if parameter is not None and made is not None and statement is not None and made.span is not None:
        target, equals, value = facts.sources.text(statement.span).partition("=")
        fits = facts.tensors[made.outputs[0]].layout.shape == parameter.layout.shape
        if target.strip() == facts.text and equals and fits and made.span.line == statement.span.line:
            line = f"{facts.text}.copy_({value.strip()})"
            text = f"with torch.no_grad():\n{statement.indent}    {line}"
            fix = Edit(statement.span, text, "copy_into", {"code": code(line)})
    ids = (parameter.id,) if parameter else ()
    whole = code(match[2] if "(" in facts.text else facts.text)
    return Finding("parameter_assigned", {"name": code(match[2]), "code": whole}, ids, (), facts.span, fix)


def _first_statement(lines: list[tuple[int, str]]) -> tuple[int, str]:
    """The first line of a body behind a docstring of one line; 0 if there is none."""
    for number, line in lines:
        if not line.lstrip().startswith(('"""', "'''", 'r"""')):
            return number, line
    return 0, ""


def _is_init(name: str) -> bool:
    """Whether a method's name looks like `__init__` and is not."""
    bare = name.strip("_").lower()
    underscored = name.startswith("_") or name.endswith("_")
    return bare == "init" or (underscored and bare in ("int", "inti", "ini", "innit", "initt", "iniit", "intit", "nit"))


def _optimised_class(facts: Facts) -> str | None:
    """The class of the model whose `parameters()` an optimiser was given."""
    tokens = [token.text for token in facts.sources.tokens(facts.span)]
    for index in range(len(tokens) - 2):
        if tokens[index + 1 : index + 3] == [".", "parameters"]:
            return facts.kinds.get(tokens[index])
    return None


def _dedented(facts: Facts, method: Method, source: ClassSource) -> Edit | None:
    """A method that is inside another, at the indentation of that one."""
    outer = source.methods[0].depth
    lines = facts.sources.cells[source.cell][method.line - 1 : method.end - 1]
    surplus = method.depth - outer
    if any(line.strip() and line[:surplus].strip(" ") for line in lines):
        return None
    text = "".join(line[surplus:] if line.strip() else line for line in lines).rstrip("\n")
    last = len(lines) - 1
    while last and not lines[last].strip():
        last -= 1
    end = method.line + last
    span = Span(source.cell, method.line, 0, end, len(lines[last].rstrip("\n")))
    return Edit(span, text, "dedent", {"line": method.line})


def _decorated(facts: Facts, method: Method) -> bool:
    above = facts.sources.line(method.span.cell, method.line - 1).strip()
    return above.startswith("@")


def super_arguments(facts: Facts) -> Finding | None:
    """Arguments for `nn.Module.__init__`, which takes none."""
    match = re.match(r"super\(.*?\)\.__init__\((.+)\)$", facts.text)
    if facts.match(_POSITIONAL) is None or match is None or facts.span is None:
        return None
    text = "super().__init__()"
    fix = Edit(facts.span, text, "call_class", {"code": code(text)})
    return Finding("super_arguments", {"code": code(facts.text), "given": code(match[1])}, (), (), facts.span, fix)


RULES = (super_init, super_arguments, init_misspelt, forward_missing, without_self, local_layer, parameter_assigned)
