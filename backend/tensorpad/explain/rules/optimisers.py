"""Optimisers that are given the wrong thing."""

import re

from tensorpad.explain.facts import Facts
from tensorpad.explain.figures import code
from tensorpad.explain.findings import Edit, Finding

_OPTIMISER = re.compile(r"can't optimize a non-leaf Tensor")
_PARAMETERS = re.compile(r"params argument given to the optimizer should be an iterable")
_EMPTY = re.compile(r"optimizer got an empty parameter list")


def optimised(facts: Facts) -> Finding | None:
    """An optimiser that is given a computed tensor."""
    if facts.match(_OPTIMISER) is None:
        return None
    used = {token.text for token in facts.sources.tokens(facts.span) if token.is_name}
    computed = [tensor for tensor in facts.trace.tensors if used.intersection(tensor.names) and not tensor.is_leaf]
    name = facts.label(computed[0].id if computed else None, 1)
    return Finding("optimised", {"name": name}, tuple(tensor.id for tensor in computed), (), facts.span)


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


RULES = (optimised, parameters, no_parameters)
