"""How custom autograd functions are called, and the methods that they must have for it."""

import re

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import after, before, spanning
from tensorpad.explain.rules.custom.functions import failed_call, head_line
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value

_LEGACY = re.compile(r"^Legacy autograd function with non-static forward method")
_UNWRITTEN = re.compile(r"^You must implement (either the backward or vjp method|the forward function)")
_TRANSFORM = re.compile(r"^In order to use an autograd\.Function with functorch transforms")
_VMAP = re.compile(r"^You tried to vmap over (\w+), but it does not have vmap support")


def legacy(facts: Facts) -> Finding | None:
    """An object of the class that was called: without `apply`, and perhaps with methods that are not static."""
    if facts.match(_LEGACY) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    name = next((token.text for token in tokens if token.text in facts.definitions.functions), None)
    name = name or next(iter(facts.definitions.functions), "")
    forward = facts.definitions.method(name, "forward")
    static = forward is not None and "staticmethod" in forward.decorators
    values: dict[str, Value] = {"class": code(name), "code": code(f"{name}.apply(…)"), "forward": head_line(facts, forward)}
    rule = "function_not_applied" if static else "function_not_static"
    return Finding(rule, values, (), (), facts.span, _applied(facts, name, static))


def _applied(facts: Facts, name: str, static: bool) -> Edit | None:
    """`Name()(x)` as `Name.apply(x)`; with `@staticmethod` in front of the methods, if all is in one cell."""
    tokens, span = facts.sources.tokens(facts.span), facts.span
    if span is None or [token.text for token in tokens[:4]] != [name, "(", ")", "("]:
        return None
    call = spanning(tokens[0].span, tokens[2].span)
    if static:
        return Edit(call, f"{name}.apply", "apply", {"code": code(f"{name}.apply")})
    methods = [item for item in facts.definitions.all if item.owner == name]
    plain = all(not item.decorators and item.name in ("forward", "backward") for item in methods)
    uses = len(list(facts.definitions.calls(name)))
    if not plain or not methods or methods[0].span.cell != span.cell or uses != 1 or span.line - methods[0].span.line > 60:
        return None
    pieces: list[str] = []
    here = before(methods[0].span)
    for item in methods:
        indent = " " * item.span.column
        pieces.append(facts.sources.text(spanning(here, before(item.span))) + f"@staticmethod\n{indent}")
        here = before(item.span)
    pieces.append(facts.sources.text(spanning(here, before(call))) + f"{name}.apply")
    whole = spanning(before(methods[0].span), call)
    return Edit(whole, "".join(pieces), "static_apply", {"code": code(f"{name}.apply")})


def constructed(facts: Facts) -> Finding | None:
    """`Name(x)` for `Name.apply(x)`: an object of the class stands where the result should."""
    if facts.type not in ("AttributeError", "TypeError"):
        return None
    for name in facts.definitions.functions:
        if not re.search(rf"(?:'{name}'|not {name}\b|\b{name} object)", facts.message[:1_000]):
            continue
        calls = list(facts.definitions.calls(name))
        if not calls:
            continue
        tokens, index = calls[0]
        edit = Edit(after(tokens[index - 1].span), ".apply", "apply", {"code": code(f"{name}.apply")})
        values: dict[str, Value] = {"class": code(name), "code": code(f"{name}.apply(…)")}
        return Finding("function_constructed", values, (), (), facts.span, edit if len(calls) == 1 else None)
    return None


def unwritten(facts: Facts) -> Finding | None:
    """A class without `forward` or `backward`."""
    match = facts.match(_UNWRITTEN)
    if match is None:
        return None
    method = "forward" if "forward" in match[1] else "backward"
    made = failed_call(facts)
    names = {item.name for item in facts.definitions.functions.values() if (item.name, method) not in _methods(facts)}
    name = made.name.split(".")[-2] if made is not None and "." in made.name else next(iter(names), "Function")
    called = facts.sources.tokens(facts.span)
    name = next((token.text for token in called if token.text in names), name)
    values: dict[str, Value] = {"class": code(name), "method": code(method)}
    rule = "function_without_forward" if method == "forward" else "function_without_backward"
    return Finding(rule, values, (), (), facts.span)


def _methods(facts: Facts) -> set[tuple[str, str]]:
    return {(item.owner, item.name) for item in facts.definitions.all}


def transformed(facts: Facts) -> Finding | None:
    """A class in a transform of `torch.func` that has no `setup_context`, or no rule for vmap."""
    match = facts.match(_VMAP)
    if match is not None:
        definition = facts.definitions.functions.get(match[1])
        fix: Edit | None = None
        if definition is not None and definition.body is not None:
            indent = " " * definition.body.span.column
            line = "generate_vmap_rule = True"
            fix = Edit(before(definition.body.span), f"{line}\n{indent}", "vmap_rule", {"code": code(line)})
        return Finding("function_without_vmap", {"class": code(match[1])}, (), (), facts.span, fix)
    if facts.match(_TRANSFORM) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    named = [token.text for token in tokens if token.text in facts.definitions.functions]
    name = named[0] if named else next(iter(facts.definitions.functions), "Function")
    forward = facts.definitions.method(name, "forward")
    return Finding("function_without_setup", {"class": code(name), "forward": head_line(facts, forward)}, (), (), facts.span)


RULES = (legacy, constructed, unwritten, transformed)
