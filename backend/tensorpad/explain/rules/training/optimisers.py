"""Optimisers that are given the wrong thing."""

import re

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.origins import as_leaf, origin
from tensorpad.explain.program.sources import after, spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value

_OPTIMISER = re.compile(r"can't optimize a non-leaf Tensor")
_PARAMETERS = re.compile(r"params argument given to the optimizer should be an iterable")
_SPARSE = re.compile(r"^(\w+) does not support (sparse|dense) gradients|add\(sparse, dense\) is not supported")
_MODEL = re.compile(r"^'(\w+)' object is not iterable|optimizer can only optimize Tensors, but one of the params is (\w+)")
_RATE = re.compile(r"^Invalid learning rate: (\S+)")
_NESTED = re.compile(r"optimizer can only optimize Tensors, but one of the params is (Module\.parameters|generator)")
_REPEATED = re.compile(r"some parameters appear in more than one parameter group")
_CLOSURE = re.compile(r"^(\w{1,99})\.step\(\) missing 1 required positional argument: 'closure'")
_EMPTY = re.compile(r"optimizer got an empty parameter list")


def optimised(facts: Facts) -> Finding | None:
    """An optimiser that is given a computed tensor."""
    if facts.match(_OPTIMISER) is None:
        return None
    used = {token.text for token in facts.sources.tokens(facts.span) if token.is_name}
    computed = [tensor for tensor in facts.trace.tensors if used.intersection(tensor.names) and not tensor.is_leaf]
    name = facts.label(computed[0].id if computed else None, 1)
    known = facts.name(computed[0].id) if len(computed) == 1 else None
    found = origin(facts, known, computed[0]) if known is not None else None
    fix = as_leaf(facts, found, recording=True) if found is not None and found.kind != "updated" else None
    return Finding("optimised", {"name": name}, tuple(tensor.id for tensor in computed), (), facts.span, fix)


def parameters(facts: Facts) -> Finding | None:
    """An optimiser that is given one tensor instead of a list."""
    if facts.match(_PARAMETERS) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    fix: Edit | None = None
    for index in range(1, len(tokens) - 1):
        if tokens[index - 1].text == "(" and tokens[index].is_name and tokens[index + 1].text in (",", ")"):
            name = tokens[index]
            fix = Edit(name.span, f"[{name.text}]", "in_list", {"code": code(f"[{name.text}]")})
            break
    return Finding("parameters", {}, (), (), facts.span, fix)


def no_parameters(facts: Facts) -> Finding | None:
    """An optimiser with nothing to optimise."""
    if facts.match(_EMPTY) is None:
        return None
    return Finding("no_parameters", {}, (), (), facts.span)


def sparse(facts: Facts) -> Finding | None:
    """An optimiser that takes no sparse gradients, or only those."""
    match = facts.match(_SPARSE)
    if match is None or "step" not in facts.text:
        return None
    dense = match[2] == "dense"
    values: dict[str, Value] = {"optimiser": code(match[1] or "weight_decay"), "code": code(facts.text)}
    word, change = ("SparseAdam", "Adam") if dense else ("sparse", "False")
    uses = [
        (tokens, index)
        for cell in range(len(facts.sources.cells))
        for tokens in [facts.sources.tokens(facts.sources.whole(cell))]
        for index in range(len(tokens) - 2)
        if tokens[index].text == word and (dense or [token.text for token in tokens[index + 1 : index + 3]] == ["=", "True"])
    ]
    fix: Edit | None = None
    if len(uses) == 1:
        tokens, index = uses[0]
        old = tokens[index] if dense else tokens[index + 2]
        name = old.text if dense else "sparse=True"
        fix = Edit(old.span, change, "rename", {"name": code(name), "guess": code(change if dense else "sparse=False")})
    return Finding("dense_gradient" if dense else "sparse_gradient", values, (), (), facts.span, fix)


def model(facts: Facts) -> Finding | None:
    """An optimiser that is given a model, or its method, instead of the parameters."""
    match = facts.match(_MODEL)
    tokens = facts.sources.tokens(facts.span)
    if match is None or "optim" not in facts.text or len(tokens) < 3:
        return None
    fix: Edit | None = None
    for index in range(1, len(tokens) - 1):
        if tokens[index - 1].text == "(" and tokens[index].is_name:
            name = tokens[index].text
            if tokens[index + 1].text in (",", ")") and facts.kinds.get(name, "").startswith(("torch.nn.", "__main__.")):
                fix = Edit(after(tokens[index].span), ".parameters()", "qualify", {"code": code(f"{name}.parameters()")})
            rest = [token.text for token in tokens[index + 1 : index + 3]]
            if rest == [".", "parameters"] and tokens[index + 3].text in (",", ")"):
                span = tokens[index + 2].span
                fix = Edit(after(span), "()", "call_method", {"code": code(f"{name}.parameters()")})
            break
    if match[2] is None and fix is None:
        return None
    return Finding("optimiser_of_model", {"kind": code(match[1] or match[2])}, (), (), facts.span, fix)


def rate(facts: Facts) -> Finding | None:
    """A learning rate below 0."""
    match = facts.match(_RATE)
    return match and Finding("learning_rate", {"rate": code(match[1])}, (), (), facts.span)


def nested(facts: Facts) -> Finding | None:
    """`[model.parameters()]`: a list with an iterator in it."""
    if facts.match(_NESTED) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    texts = [token.text for token in tokens]
    fix: Edit | None = None
    for start in range(len(texts) - 6):
        if texts[start] == "[" and texts[start + 2 : start + 7] == [".", "parameters", "(", ")", "]"]:
            wanted = f"{texts[start + 1]}.parameters()"
            fix = Edit(
                spanning(tokens[start].span, tokens[start + 6].span), wanted, "call_parameters", {"code": code(wanted)}
            )
    return Finding("parameters_nested", {}, (), (), facts.span, fix)


def repeated(facts: Facts) -> Finding | None:
    """A parameter in two groups."""
    return Finding("parameters_repeated", {}, (), (), facts.span) if facts.match(_REPEATED) is not None else None


def closure(facts: Facts) -> Finding | None:
    """An optimiser whose `step` needs a function that computes the loss anew."""
    match = facts.match(_CLOSURE)
    if match is None:
        return None
    return Finding("closure_missing", {"optimiser": code(match[1]), "code": code(facts.text)}, (), (), facts.span)


RULES = (sparse, nested, model, rate, optimised, parameters, no_parameters, repeated, closure)
