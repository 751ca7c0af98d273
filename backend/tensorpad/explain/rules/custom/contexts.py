"""The `ctx` of custom autograd functions: the methods that take it, and what they keep in it."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.definitions import Definition, closing, inside, split
from tensorpad.explain.program.sources import after, before, spanning
from tensorpad.explain.rules.custom.functions import arguments, head
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value

_TAKES = re.compile(
    r"^(\w+)\.(forward|backward|setup_context)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given"
)
_MISSING = re.compile(r"^(\w+)\.(forward|backward)\(\) missing (\d+) required positional arguments?")
_BOUND = re.compile(r"^missing a required argument: '\w+'|^too many positional arguments")
_SAVED = re.compile(r"^save_for_backward can only save variables, but argument (\d+) is of type (\w+)")
_UNPACKED = re.compile(r"^(?:not enough|too many) values to unpack \(expected (\d+)(?:, got (\d+))?\)")
_ATTRIBUTE = re.compile(r"^'(\w+)Backward' object has no attribute '(\w+)'")
_CONTEXTS = frozenset({"ctx", "self", "context", "_ctx", "c"})


def signature(facts: Facts) -> Finding | None:
    """`forward` or `backward` without `ctx`, or with other arguments than it is given."""
    match = facts.match(_TAKES) or facts.match(_MISSING)
    if match is None or match[1] not in facts.definitions.functions:
        return None
    name, kind = match[1], match[2]
    method = facts.definitions.method(name, kind)
    if method is None:
        return None
    values: dict[str, Value] = {"class": code(name), "method": code(f"{name}.{kind}"), "line": facts.line(head(method))}
    if kind == "setup_context":
        return Finding("function_setup_arguments", values, (), (), head(method))
    texts = [token.text for token in facts.sources.tokens(facts.span)]
    if kind == "forward" and _directly(texts, name):
        return _forward_called(facts, name, values)
    taken = match.re is _TAKES
    given = int(match[4]) if taken else None
    if taken and given == len(method.parameters) + 1 and not set(method.parameters[:1]) & _CONTEXTS:
        values["parameters"] = code(", ".join(["ctx", *method.parameters]))
        return Finding("function_without_ctx", values, (), (), head(method), _with_context(facts, name, method))
    wanted = [code(item) for item in method.parameters[1:]]
    values["wanted"] = tuple(wanted) or "–"
    if kind == "forward":
        return Finding("function_arguments", values, (), (), facts.span)
    values["count"] = (given or len(method.parameters) - int(match[3])) - 1
    return Finding("function_backward_arguments", values, (), (), head(method))


def _directly(texts: list[str], name: str) -> bool:
    return any(texts[index : index + 3] == [name, ".", "forward"] for index in range(len(texts) - 2))


def _forward_called(facts: Facts, name: str, values: dict[str, Value]) -> Finding:
    fix = edits.change_method(facts, facts.span, "forward", "apply", "apply", code=code(f"{name}.apply"))
    return Finding("function_forward_called", values, (), (), facts.span, fix)


def _with_context(facts: Facts, name: str, method: Definition) -> Edit | None:
    """`ctx` as the first parameter, unless another method looks into a context in which nothing was kept."""
    if method.opening is None or not method.parameters:
        return None
    count = len(method.parameters) if method.name == "forward" else len(arguments(facts, name))
    backward = facts.definitions.method(name, "backward")
    if backward is None or any(len(split(value)) != count for value in backward.returns):
        return None
    others = [item for item in facts.definitions.all if item.owner == name and item is not method]
    if any(token.text in _CONTEXTS for item in others for token in item.tokens):
        return None
    return Edit(after(method.opening.span), "ctx, ", "context", {"code": code("ctx")})


def setup(facts: Facts) -> Finding | None:
    """A `forward` with `ctx` in a class that has `setup_context`."""
    if facts.match(_BOUND) is None:
        return None
    for name in facts.definitions.functions:
        forward, other = facts.definitions.method(name, "forward"), facts.definitions.method(name, "setup_context")
        called = any(token.text == name for token in facts.sources.tokens(facts.span))
        if forward is None or other is None or not called or not set(forward.parameters[:1]) & _CONTEXTS:
            continue
        context = forward.parameters[0]
        fix: Edit | None = None
        tokens = facts.sources.tokens(spanning(forward.keyword.span, (forward.body or forward.keyword).span))
        place = next((index for index, token in enumerate(tokens) if token.text == context), 0)
        used = any(token.text == context for token in forward.tokens)
        if place and tokens[place + 1].text == "," and not used:
            fix = Edit(
                spanning(tokens[place].span, before(tokens[place + 2].span)), "", "no_context", {"code": code(context)}
            )
        values: dict[str, Value] = {"class": code(name), "line": facts.line(head(forward)), "context": code(context)}
        return Finding("function_setup_and_ctx", values, (), (), head(forward), fix)
    return None


def saved_other(facts: Facts) -> Finding | None:
    """`save_for_backward` of something that is no tensor."""
    match = facts.match(_SAVED)
    if match is None:
        return None
    used = {token.text for token in facts.sources.tokens(facts.span)}
    classes = [name for name in facts.definitions.functions if name in used]
    forward = facts.definitions.method(classes[0], "forward") if len(classes) == 1 else None
    tokens = forward.tokens if forward is not None else []
    texts = [token.text for token in tokens]
    place = texts.index("save_for_backward") + 1 if "save_for_backward" in texts else None
    parts = split(tokens[place + 1 : closing(tokens, place)]) if place is not None else []
    index = int(match[1])
    name = parts[index][0].text if index < len(parts) and len(parts[index]) == 1 else "value"
    values: dict[str, Value] = {"type": code(match[2]), "name": code(name), "code": code(f"ctx.{name} = {name}")}
    rule = "function_saved_list" if match[2] in ("list", "tuple") else "function_saved_other"
    return Finding(rule, values, (), (), facts.span)


def saved_tuple(facts: Facts) -> Finding | None:
    """`t = ctx.saved_tensors`, which is a tuple also where there is only one."""
    method = facts.definitions.around(facts.span) if facts.span is not None else None
    if (
        method is None
        or method.owner not in facts.definitions.functions
        or facts.type not in ("TypeError", "AttributeError")
    ):
        return None
    tokens = method.tokens
    for index in range(len(tokens) - 4):
        texts = [token.text for token in tokens[index : index + 5]]
        if texts[1] != "=" or texts[3:] != [".", "saved_tensors"] or not tokens[index].is_name:
            continue
        following = tokens[index + 5].text if index + 5 < len(tokens) else ""
        used = any(token.text == texts[0] for token in facts.sources.tokens(facts.span))
        if following == "[" or not used or (index and tokens[index - 1].text in (",", ".")):
            continue
        fix = Edit(after(tokens[index].span), ",", "unpack", {"code": code(f"{texts[0]}, = {texts[2]}.saved_tensors")})
        values: dict[str, Value] = {
            "name": code(texts[0]),
            "class": code(method.owner),
            "line": facts.line(tokens[index].span),
        }
        single = _saved_count(facts, method.owner) == 1
        return Finding("function_saved_tuple", values, (), (), facts.span, fix if single else None)
    return None


def saved_count(facts: Facts) -> Finding | None:
    """More or fewer names for `saved_tensors` than were saved."""
    match = facts.match(_UNPACKED)
    method = facts.definitions.around(facts.span) if facts.span is not None else None
    if match is None or method is None or method.owner not in facts.definitions.functions:
        return None
    statement = facts.sources.statement(facts.span.line, facts.span.cell) if facts.span is not None else None
    texts = [token.text for token in statement.tokens] if statement is not None else []
    if "saved_tensors" not in texts:
        return None
    saved = _saved_count(facts, method.owner) or 0
    values: dict[str, Value] = {"class": code(method.owner), "expected": int(match[1]), "saved": saved}
    names = [text for text in texts[: texts.index("=")] if text.isidentifier()]
    fix = _save(facts, method.owner, names) if saved == 0 else None
    return Finding("function_saved_count", values, (), (), facts.span, fix)


def _save(facts: Facts, name: str, names: list[str]) -> Edit | None:
    """`save_for_backward` at the start of `forward`, if that has all the names that are wanted."""
    forward = facts.definitions.method(name, "forward")
    if forward is None or forward.body is None or not forward.parameters or not set(names) <= set(arguments(facts, name)):
        return None
    line = f"{forward.parameters[0]}.save_for_backward({', '.join(names)})"
    indent = " " * forward.body.span.column
    if forward.body.span.line == forward.keyword.span.line or facts.definitions.method(name, "setup_context") is not None:
        return None
    return Edit(before(forward.body.span), f"{line}\n{indent}", "save", {"code": code(line)})


def _saved_count(facts: Facts, name: str) -> int | None:
    """How many tensors the methods of a class save; None if that is not plain."""
    counts: list[int] = []
    for method in ("forward", "setup_context"):
        definition = facts.definitions.method(name, method)
        tokens = definition.tokens if definition is not None else []
        for index, token in enumerate(tokens):
            if token.text == "save_for_backward" and definition is not None:
                parts = split(tokens[index + 2 : closing(tokens, index + 1)])
                if any(part[0].text == "*" for part in parts):
                    return None
                counts.append(len(parts))
    return sum(counts) if len(counts) < 2 else None


def attribute(facts: Facts) -> Finding | None:
    """An attribute of `ctx` that `forward` never set."""
    match = facts.match(_ATTRIBUTE)
    if match is None or match[1] not in facts.definitions.functions:
        return None
    forward = facts.definitions.method(match[1], "forward")
    values: dict[str, Value] = {
        "class": code(match[1]),
        "name": code(f"ctx.{match[2]}"),
        "attribute": code(match[2]),
        "line": facts.line(head(forward) if forward is not None else None),
    }
    inner = forward is not None and facts.span is not None and inside(facts.span, forward.span)
    return None if inner else Finding("function_context_attribute", values, (), (), facts.span)


RULES = (signature, setup, saved_other, saved_tuple, saved_count, attribute)
