"""What `backward`, `autograd.grad`, `gradcheck` and `.grad =` are given, and derivatives that PyTorch does not have."""

import re

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Finding, Value

_COUNT = re.compile(r"^got (\d+) tensors and (\d+) gradients")
_NO_TENSOR = re.compile(
    r"^gradients can be either Tensors or None, but got (\w+)|^'(float|int|bool)' object is not iterable"
)
_EMPTY = re.compile(r"^`inputs` argument to `(backward|grad)\(\)` cannot be empty")
_INPUTS = re.compile(r"1$|1\[|inputs")
"""The argument of `autograd.grad` that lists the tensors."""
_UNNEEDED = re.compile(
    r"^can't retain_grad on Tensor that has requires_grad=False|^One of the differentiated Tensors does not require"
)
_BATCHED = re.compile(
    r"^If `is_grads_batched=True`.* grad_output\[\d+\] has a shape of torch\.Size\(\[([\d, ]*)\]\)"
    r" and output\[\d+\] has a shape of torch\.Size\(\[([\d, ]*)\]\)"
)
_ASSIGNED_SIZE = re.compile(r"^attempting to assign a gradient of size '\[([\d, ]*)\]' to a tensor of size '\[([\d, ]*)\]'")
_ASSIGNED_DTYPE = re.compile(r"^attempting to assign a gradient with dtype '(\w+)' to a tensor with grad_dtype '(\w+)'")
_ASSIGNED_TYPE = re.compile(r"^assigned grad expected to be a Tensor or None but got grad of type (\w+)")
_MISMATCH = re.compile(r"^Jacobian mismatch for output (\d+) with respect to input (\d+)")
_CHECK = re.compile(r"^gradcheck expects at least one input tensor to require gradient")
_MISSING = re.compile(r"^(?:the )?derivative for '?(?:aten::)?(\w+?)(?:: \w+)?'? is not implemented")
_FORWARD = re.compile(r"^Trying to use forward AD with (\w+) that does not support it")


def counts(facts: Facts) -> Finding | None:
    """Another number of `grad_outputs` than of outputs."""
    match = facts.match(_COUNT)
    if match is None:
        return None
    return Finding("grad_outputs_count", {"outputs": int(match[1]), "given": int(match[2])}, (), (), facts.span)


def no_tensor(facts: Facts) -> Finding | None:
    """A number or a list of numbers for `gradient`, or for the inputs of `autograd.grad`."""
    match = facts.match(_NO_TENSOR)
    if match is None or not facts.called("backward", "grad"):
        return None
    return Finding("gradient_no_tensor", {"type": code(match[1] or match[2])}, (), (), facts.span)


def inputs(facts: Facts) -> Finding | None:
    """`inputs` that are empty, or that need no gradient."""
    match = facts.match(_EMPTY)
    if match is not None:
        return Finding("inputs_empty", {"function": code(f"{match[1]}()")}, (), (), facts.span)
    if facts.match(_UNNEEDED) is None or not facts.called("backward", "grad"):
        return None
    # The gradients to begin with need none either.
    asked = [operand for operand in facts.operands if _INPUTS.match(operand.argument)] or facts.operands
    unneeded = next((operand for operand in asked if not operand.requires_grad), None)
    tensor = unneeded.tensor if unneeded is not None else None
    return Finding("inputs_unneeded", {"name": facts.label(tensor, 1)}, (tensor,), (), facts.span)


def batched(facts: Facts) -> Finding | None:
    """`is_grads_batched=True` with gradients that are no batch of gradients."""
    match = facts.match(_BATCHED)
    if match is None:
        return None
    values: dict[str, Value] = {"each": code(_shape(match[1])), "wanted": code(_shape(match[2]))}
    return Finding("gradients_batched", values, facts.operand_tensors[:1], (), facts.span)


def assigned(facts: Facts) -> Finding | None:
    """A `.grad` that is set to something that cannot be the gradient of its tensor."""
    size, dtype, kind = facts.match(_ASSIGNED_SIZE), facts.match(_ASSIGNED_DTYPE), facts.match(_ASSIGNED_TYPE)
    if size is not None:
        values: dict[str, Value] = {"given": code(_shape(size[1])), "wanted": code(_shape(size[2]))}
        return Finding("grad_assigned_shape", values, (facts.first_tensor,), (), facts.span)
    if dtype is not None:
        values = {"given": code(dtype[1].lower()), "wanted": code(dtype[2].lower())}
        return Finding("grad_assigned_dtype", values, (facts.first_tensor,), (), facts.span)
    if kind is not None:
        return Finding("grad_assigned_type", {"type": code(kind[1])}, (facts.first_tensor,), (), facts.span)
    return None


def checked(facts: Facts) -> Finding | None:
    """`gradcheck` that failed, or that has nothing to check."""
    match = facts.match(_MISMATCH)
    if match is None:
        found = facts.match(_CHECK)
        return Finding("gradcheck_nothing", {}, (), (), facts.span) if found is not None else None
    double = "torch.float64" in facts.message or "torch.complex128" in facts.message
    values: dict[str, Value] = {"output": int(match[1]), "input": int(match[2])}
    return Finding("gradcheck_mismatch" if double else "gradcheck_precision", values, (), (), facts.span)


def missing(facts: Facts) -> Finding | None:
    """A derivative that PyTorch does not have."""
    match, forward = facts.match(_MISSING), facts.match(_FORWARD)
    if forward is not None:
        return Finding("forward_mode_missing", {"function": code(forward[1].lstrip("_"))}, (), (), facts.span)
    if match is None:
        return None
    name = match[1].strip("_")
    if name.endswith("_backward"):
        values: dict[str, Value] = {"function": code(name.removesuffix("_backward"))}
        return Finding("second_derivative_missing", values, (), (), facts.span)
    return Finding("derivative_missing", {"function": code(name)}, (), (), facts.span)


def _shape(sizes: str) -> str:
    return str(tuple(int(size) for size in sizes.split(",") if size.strip()))


RULES = (counts, no_tensor, inputs, batched, assigned, checked, missing)
