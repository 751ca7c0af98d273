"""State dictionaries, containers of layers, and what is passed to them."""

import re
from itertools import pairwise

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.class_sources import class_of
from tensorpad.explain.program.sources import Token, after, before
from tensorpad.explain.words.figures import code, fenced
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value

_LOADING = re.compile(r"^Error\(s\) in loading state_dict for (\w+):")
_MISSING = re.compile(r"Missing key\(s\) in state_dict: ([^\n]*?)\. *(?:\n|$)")
_UNEXPECTED = re.compile(r"Unexpected key\(s\) in state_dict: ([^\n]*?)\. *(?:\n|$)")
_SIZE = re.compile(
    r"size mismatch for ([\w.]+): copying a param with shape torch\.Size\((\[[\d, ]*\])\) from checkpoint, "
    r"the shape in current model is torch\.Size\((\[[\d, ]*\])\)"
)
_DICTIONARY = re.compile(r"Expected state_dict to be dict-like, got <class '([\w.]+)'>")
_NO_MODULE = re.compile(r"^([\w.]+) is not a Module subclass")
_NO_FORWARD = re.compile(
    r'^Module \[(ModuleList|ModuleDict|ParameterList|ParameterDict)\] is missing the required "forward"'
)
_MOST = 6
_NO_LIST = re.compile(r"^'(\w+)' object is not (?:iterable|subscriptable)|^object of type '(\w+)' has no len\(\)")
_DRAWN = re.compile(r"^'([\w.]+)' object has no attribute 'size'")


def loading(facts: Facts) -> Finding | None:
    """A state dictionary of another model."""
    match = facts.match(_LOADING)
    if match is None:
        return None
    sizes = _SIZE.findall(facts.message[:20_000])
    missing, unexpected = _keys(facts, _MISSING), _keys(facts, _UNEXPECTED)
    if sizes and not missing and not unexpected:
        lines = [f"{name}   {saved} → {model}" for name, saved, model in sizes[:_MOST]]
        values: dict[str, Value] = {"model": code(match[1]), "figure": fenced("\n".join(lines)), "count": len(sizes)}
        return Finding("state_dict_sizes", values, (), (), facts.span)
    if not missing and not unexpected:
        return None
    prefix = next((key[: -len(want)] for key in unexpected for want in missing[:1] if key.endswith("." + want)), None)
    return Finding(
        "state_dict_keys",
        {
            "model": code(match[1]),
            "missing": Phrase("keys_missing", {"keys": tuple(code(key) for key in missing[:_MOST])}) if missing else "",
            "unexpected": Phrase("keys_unknown", {"keys": tuple(code(key) for key in unexpected[:_MOST])})
            if unexpected
            else "",
            "reason": Phrase("prefixed", {"prefix": code(prefix)}) if prefix else Phrase("other_model", {}),
        },
        (),
        (),
        facts.span,
    )


def dictionary(facts: Facts) -> Finding | None:
    """A model, or another object, where a state dictionary is needed."""
    match = facts.match(_DICTIONARY)
    if match is None:
        return None
    closing = facts.sources.closing(facts.span)
    tokens = facts.sources.tokens(facts.span)
    fix: Edit | None = None
    single = len(tokens) > 2 and tokens[-2].is_name and tokens[-3].text == "("
    if closing is not None and single and match[1].startswith(("torch.nn.", "__main__.")):
        whole = f"{tokens[-2].text}.state_dict()"
        fix = Edit(closing[0], ".state_dict()", "qualify", {"code": code(whole)})
    return Finding("state_dict_kind", {"kind": code(match[1].rpartition(".")[2])}, (), (), facts.span, fix)


def container(facts: Facts) -> Finding | None:
    """A list, a class or a function in an `nn.Sequential`."""
    match = facts.match(_NO_MODULE)
    if match is None or facts.type != "TypeError":
        return None
    tokens = facts.sources.tokens(facts.span)
    name = match[1].rpartition(".")[2]
    fix: Edit | None = None
    if match[1] == "list":
        fix = _unpacked(tokens)
        rule = "layers_in_list"
    elif match[1].startswith("torch.nn.modules"):
        bare = [one for one, then in pairwise(tokens) if one.text == name and then.text in (",", ")")]
        if len(bare) == 1:
            fix = Edit(after(bare[0].span), "()", "call_class", {"code": code(f"{name}()")})
        rule = "layer_not_made"
    else:
        rule = "no_module"
    return Finding(rule, {"kind": code(name), "kind_plain": name, "code": code(facts.text)}, (), (), facts.span, fix)


def no_forward(facts: Facts) -> Finding | None:
    """A list of layers that is called as if it were one."""
    match = facts.match(_NO_FORWARD)
    if match is None:
        return None
    return Finding("module_list_called", {"kind": code(f"nn.{match[1]}"), "code": code(facts.text)}, (), (), facts.span)


def drawn(facts: Facts) -> Finding | None:
    """A model, or a number, that is given to `make_dot`."""
    match = facts.match(_DRAWN)
    tokens = [token.text for token in facts.sources.tokens(facts.span)]
    if match is None or "make_dot" not in tokens:
        return None
    start = tokens.index("make_dot")
    single = len(tokens) > start + 3 and tokens[start + 1] == "(" and tokens[start + 2].isidentifier()
    name = tokens[start + 2] if single and tokens[start + 3] in (",", ")") else None
    values: dict[str, Value] = {"kind": code(match[1].rpartition(".")[2]), "name": code(name or "net")}
    is_model = name is not None and facts.kinds.get(name, "").startswith(("torch.nn.", "__main__."))
    if not is_model:
        return Finding("drawn_number", values, (), (), facts.span)
    values["call"] = code(f"make_dot({name}(x))")
    return Finding("drawn_model", values, (), (), facts.span, _result_of(facts, start, name or ""))


def _result_of(facts: Facts, start: int, model: str) -> Edit | None:
    """What the program computed with the model, where a variable has it: `make_dot(y)` instead of `make_dot(net)`."""
    token = facts.sources.tokens(facts.span)[start + 2]
    results = [
        (name, operation)
        for operation in facts.trace.operations
        for output in operation.outputs
        for name in facts.tensors[output].names[:1]
        if facts.tensors[output].requires_grad and (operation.expression or "").startswith(f"{model}(")
    ]
    if not results:
        return None
    name = results[-1][0]
    return Edit(token.span, name, "rename", {"name": code(model), "guess": code(name)})


def _keys(facts: Facts, pattern: re.Pattern[str]) -> list[str]:
    found = pattern.search(facts.message[:20_000])
    return [key.strip('" ') for key in found[1].split(",")] if found else []


def _unpacked(tokens: list[Token]) -> Edit | None:
    """A star before the list, if it is the only argument."""
    for index in range(len(tokens) - 1):
        if tokens[index].text == "Sequential" and tokens[index + 1].text == "(" and index + 2 < len(tokens):
            alone = tokens[index + 2].text == "[" and tokens[-2].text == "]"
            named = tokens[index + 2].is_name and tokens[index + 3].text == ")"
            return Edit(before(tokens[index + 2].span), "*", "star", {}) if alone or named else None
    return None


def no_list(facts: Facts) -> Finding | None:
    """A single layer that is looped over, or whose elements or length are asked for."""
    match = facts.match(_NO_LIST)
    kind = (match[1] or match[2]) if match else ""
    names = [token.text for token in facts.sources.tokens(facts.span) if token.is_name]
    held = next((name for name in names if facts.kinds.get(name, "").rpartition(".")[2] == kind), None) if kind else None
    if held is None or not facts.kinds[held].startswith(("torch.nn.modules", "__main__.")) or ".optim." in facts.text:
        return None
    if facts.kinds[held].startswith("__main__.") and class_of(facts.sources, kind) is None:
        return None
    return Finding("layer_no_list", {"name": code(held), "kind": code(kind), "code": code(facts.text)}, (), (), facts.span)


RULES = (no_list, loading, dictionary, container, no_forward, drawn)
