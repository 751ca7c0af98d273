"""The other transforms of `torch.func`, and those of `torch.autograd.functional`."""

import re

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Finding, Phrase, Value

_SCALAR = re.compile(
    r"^grad_and_value\(f\)\(\*args\): Expected f\(\*args\) to return a scalar Tensor, got tensor with (\d+) dims"
)
_RESULT = re.compile(r"^grad_and_value\(f\)\(\*args\): Expected f\(\*args\) to return a Tensor, got <class '([\w.]+)'>")
_INPUT = re.compile(r"^Thing passed to transform API must be Tensor, got <class '([\w.]+)'>")
_ARGNUM = re.compile(r"^Got argnum=(-?\d+), but only (\d+) positional inputs")
_AUX = re.compile(r"output of function f should be a tuple: \(output, aux\) if has_aux is True")
_BACKWARD = re.compile(r"^backward\(\) called inside a functorch transform")
_INTEGERS = re.compile(r"^only Tensors of floating point dtype can require gradients|^Expected primal to be floating point")
_OUTPUTS = re.compile(
    r"expected f\(\*primals\) to return only tensors, got unsupported type <class '([\w.]+)'>"
    r"|^The outputs of the user-provided function given to \w+ must be .* has type <class '([\w.]+)'>"
)
_INTEGER_OUTPUTS = re.compile(r"All outputs of f must be floating-point .* got Tensor with dtype (torch\.\w+)")
_TANGENT = re.compile(r"^Trying to set a forward gradient .* Tensor is of size \[([\d, ]*)\] .* is of size \[([\d, ]*)\]")
_TUPLE = re.compile(r"^jvp\(f, primals, tangents\): Expected (\w+) to be a tuple")
_PARAMETERS = re.compile(r"parameter_and_buffer_dicts to be (?:a dict|dictionaries)")
_INPUTS = re.compile(r"^The inputs given to (\w+) must be either a Tensor or a tuple .* has type <class '([\w.]+)'>")
_ELEMENT = re.compile(r"^The Tensor returned by the function given to (\w+) should contain a single element")
_TRANSFORMS = frozenset({"grad", "grad_and_value", "vjp", "jacrev", "jacfwd", "hessian", "jvp", "linearize"})


def scalar(facts: Facts) -> Finding | None:
    """`grad` of a function with several results."""
    match, element = facts.match(_SCALAR), facts.match(_ELEMENT)
    if match is None and element is None:
        return None
    dims: Value = (
        Phrase("transform_dims", {"dims": int(match[1])}) if match is not None else Phrase("transform_elements", {})
    )
    values: dict[str, Value] = {"transform": code(element[1] if element else "grad"), "dims": dims}
    return Finding("transform_scalar", values, (), (), facts.span)


def result(facts: Facts) -> Finding | None:
    """A function that gives a transform something else than tensors."""
    match = facts.match(_RESULT) or facts.match(_OUTPUTS)
    if match is None:
        return None
    kind = match[1] or match[match.lastindex or 1]
    rule = "transform_pair" if kind == "tuple" and match.re is _RESULT else "transform_result"
    return Finding(rule, {"type": code(kind)}, (), (), facts.span)


def given(facts: Facts) -> Finding | None:
    """Something else than tensors, given to a transform."""
    match, other = facts.match(_INPUT), facts.match(_INPUTS)
    if match is not None:
        reason = Phrase("transform_generator" if match[1] == "generator" else "transform_number", {})
        return Finding("transform_input", {"type": code(match[1]), "reason": reason}, (), (), facts.span)
    if other is None:
        return None
    reason = Phrase("transform_tuple" if other[2] in ("list", "dict") else "transform_number", {})
    return Finding("transform_input", {"type": code(other[2]), "reason": reason}, (), (), facts.span)


def position(facts: Facts) -> Finding | None:
    """`argnums` beyond the arguments."""
    match = facts.match(_ARGNUM)
    if match is None:
        return None
    return Finding("transform_argnums", {"given": int(match[1]), "count": int(match[2])}, (), (), facts.span)


def auxiliary(facts: Facts) -> Finding | None:
    """`has_aux=True` of a function that returns no pair."""
    return Finding("transform_aux", {}, (), (), facts.span) if facts.match(_AUX) is not None else None


def backward(facts: Facts) -> Finding | None:
    """`backward()` in a function that is transformed."""
    if facts.match(_BACKWARD) is None:
        return None
    return Finding("transform_backward", {"code": code(facts.text)}, facts.operand_tensors, (), facts.span)


def integers(facts: Facts) -> Finding | None:
    """A derivative by integers, or of integers."""
    match = facts.match(_INTEGER_OUTPUTS)
    if match is not None:
        return Finding("transform_integer_result", {"dtype": code(match[1])}, (), (), facts.span)
    if facts.match(_INTEGERS) is None:
        return None
    texts = {token.text for token in facts.sources.tokens(facts.span)}
    called = next((name for name in sorted(_TRANSFORMS) if name in texts), None)
    if called is None or "requires_grad_" in texts or "requires_grad" in texts:
        return None
    operand = facts.first_operand
    dtype: Value = code(operand.dtype) if operand is not None else code("torch.int64")
    return Finding("transform_integers", {"transform": code(called), "dtype": dtype}, (), (), facts.span)


def tangent(facts: Facts) -> Finding | None:
    """A tangent of another shape, or primals that are no tuple."""
    match, other = facts.match(_TANGENT), facts.match(_TUPLE)
    if match is not None:
        values: dict[str, Value] = {"wanted": code(_shape(match[1])), "given": code(_shape(match[2]))}
        return Finding("transform_tangent", values, (), (), facts.span)
    return Finding("transform_primals", {"argument": code(other[1])}, (), (), facts.span) if other is not None else None


def parameters(facts: Facts) -> Finding | None:
    """`functional_call` with parameters that are not in a dict by their names."""
    return Finding("transform_parameters", {}, (), (), facts.span) if facts.match(_PARAMETERS) is not None else None


def _shape(sizes: str) -> str:
    return str(tuple(int(size) for size in sizes.split(",") if size.strip()))


RULES = (scalar, result, given, position, auxiliary, backward, integers, tangent, parameters)
