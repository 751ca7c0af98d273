"""Tensors where Python wants one number, one answer, or something to loop over."""

import math
import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import spanning
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import Id

_ITEM = re.compile(r"a Tensor with (\d+) elements cannot be converted to Scalar")
_PYTHON = re.compile(r"only (?:one element tensors can be converted to Python scalars|integer tensors of a single element)")
_TRUTH = re.compile(r"Boolean value of Tensor with (more than one value|no values) is ambiguous")
_LENGTH = re.compile(r"len\(\) of a 0-d tensor")
_ITERATION = re.compile(r"iteration over a 0-d tensor")


def item(facts: Facts) -> Finding | None:
    """`item()` of several elements."""
    match = facts.match(_ITEM)
    if match is None:
        return None
    operand = facts.first_operand
    tensor = operand.tensor if operand else None
    values = {"name": facts.label(tensor, 1), "count": match[1], "shape": code(shape(operand.shape) if operand else "?")}
    return Finding(
        "item", {**values}, (tensor,), (), facts.span, edits.change_method(facts, facts.span, "item", "tolist", "tolist")
    )


def python_number(facts: Facts) -> Finding | None:
    """`float()`, `int()`, `range()` or an index from several elements, or from one that is no integer."""
    if facts.match(_PYTHON) is None:
        return None
    operand = facts.first_operand
    tensor = operand.tensor if operand else None
    texts = [token.text for token in facts.sources.tokens(facts.span)]
    if texts[:4] in (["torch", ".", "tensor", "("], ["torch", ".", "FloatTensor", "("], ["torch", ".", "Tensor", "("]):
        values: dict[str, Value] = {
            "name": facts.label(tensor, 1),
            "shape": code(shape(operand.shape) if operand else "?"),
            "code": code(facts.text),
            "function": code(f"torch.{texts[2]}"),
        }
        return Finding("tensors_as_numbers", values, (tensor,), (), facts.span, _stacked(facts, tensor, texts))
    if operand is not None and math.prod(operand.shape) == 1:
        values = {"name": facts.label(tensor, 1), "dtype": code(operand.dtype), "code": code(facts.text)}
        name = facts.name(tensor)
        use = facts.sources.name(facts.span, name) if name is not None else None
        fix = Edit(use, f"int({name})", "whole_number", {"code": code(f"int({name})")}) if use is not None else None
        return Finding("whole_number", values, (tensor,), (), facts.span, fix)
    if len(texts) > 3 and texts[1] in ("*", "+") and texts[2] == "[" and texts[-1] == "]":
        values = {"name": facts.label(tensor, 1), "code": code(facts.text)}
        return Finding("list_operand", values, (tensor,), (), facts.span, _wrapped(facts))
    return Finding(
        "python_number",
        {"name": facts.label(tensor, 1), "shape": code(shape(operand.shape) if operand else "?"), "code": code(facts.text)},
        (tensor,),
        (),
        facts.span,
    )


def truth(facts: Facts) -> Finding | None:
    """A tensor of several elements as a condition."""
    match = facts.match(_TRUTH)
    if match is None:
        return None
    operand = facts.first_operand
    tensor = operand.tensor if operand else None
    rule = "truth" if match[1].startswith("more") else "truth_of_empty"
    comparing = _comparing(facts) if rule == "truth" else None
    if comparing is not None:
        cure, fix = comparing
        values: dict[str, Value] = {
            "code": code(facts.text),
            "cure": Phrase(cure, {}),
            "shape": code(shape(operand.shape) if operand else "?"),
        }
        return Finding("compared_as_numbers", values, (tensor,), (), facts.span, fix)
    return Finding(
        rule,
        {"name": facts.label(tensor, 1), "shape": code(shape(operand.shape) if operand else "?"), "code": code(facts.text)},
        (tensor,),
        (),
        facts.span,
    )


def _comparing(facts: Facts) -> tuple[str, Edit | None] | None:
    """What to say of a function or operator of Python that compares tensors, and the function of torch instead."""
    tokens = facts.sources.tokens(facts.span)
    texts = [token.text for token in tokens]
    if texts[1:2] == ["("] and texts[0] in ("max", "min", "sorted") and texts[-1] == ")":
        fix: Edit | None = None
        names = texts[2:-1]
        if texts[0] != "sorted" and len(names) == 3 and names[1] == "," and f"{names[0]}{names[2]}".isidentifier():
            fix = Edit(tokens[0].span, f"torch.{texts[0]}imum", "rename_function", {"code": code(f"torch.{texts[0]}imum")})
        return ("compare_sorted" if texts[0] == "sorted" else "compare_extremes"), fix
    if "in" in texts and "for" not in texts:
        return "compare_membership", None
    method = texts[-4:-2] if len(texts) > 4 and texts[-1] == ")" else []
    return (
        ("compare_membership", None) if method and method[0] in ("index", "remove", "count") and texts[-3] == "(" else None
    )


def _stacked(facts: Facts, tensor: Id | None, texts: list[str]) -> Edit | None:
    """`torch.stack(rows)` for `torch.tensor(rows)`, a list of tensors that has a name."""
    tokens = facts.sources.tokens(facts.span)
    if len(texts) != 6 or texts[2] != "tensor" or not tokens[4].is_name or tensor is None:
        return None
    listed = next((one for one in facts.trace.variables if one.name == texts[4]), None)
    if listed is None or listed.type != "list" or not listed.text.startswith("[tensor("):
        return None
    return Edit(tokens[2].span, "stack", "stack_instead", {"code": code(f"torch.stack({texts[4]})")})


def _wrapped(facts: Facts) -> Edit | None:
    """A list of numbers that stands behind an operator, as a tensor."""
    tokens = facts.sources.tokens(facts.span)
    inner = [token.text for token in tokens[3:-1]]
    if any(not re.fullmatch(r"[-\d.,e]+", text) for text in inner):
        return None
    span = spanning(tokens[2].span, tokens[-1].span)
    whole = f"torch.tensor({facts.sources.text(span)})"
    return Edit(span, whole, "to_tensor", {"code": code(whole)})


def length(facts: Facts) -> Finding | None:
    """`len()` of a tensor without dimensions."""
    if facts.match(_LENGTH) is None:
        return None
    tensor = _only_scalar(facts)
    return Finding("length", {"name": facts.label(tensor, 1)}, (tensor,), (), facts.span)


def iteration(facts: Facts) -> Finding | None:
    """A loop over a tensor without dimensions."""
    if facts.match(_ITERATION) is None:
        return None
    tensor = _only_scalar(facts)
    return Finding("iteration", {"name": facts.label(tensor, 1), "code": code(facts.text)}, (tensor,), (), facts.span)


def _only_scalar(facts: Facts) -> str | None:
    """The tensor without dimensions that failed; if it is not known, the only one that the source names."""
    if facts.operands:
        return facts.first_tensor
    used = {token.text for token in facts.sources.tokens(facts.span) if token.is_name}
    scalars = [tensor.id for tensor in facts.trace.tensors if not tensor.layout.shape and used.intersection(tensor.names)]
    return scalars[0] if len(scalars) == 1 else None


RULES = (item, python_number, truth, length, iteration)
