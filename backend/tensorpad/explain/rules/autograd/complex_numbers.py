"""Complex tensors: their backward passes, and functions that are for real numbers only."""

import re

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Finding, Phrase, Value

_REAL = re.compile(r"^grad can be implicitly created only for real scalar outputs but got (torch\.\w+)")
_SCALAR = re.compile(r"^grad can be implicitly created only for scalar outputs")
_DTYPE = re.compile(
    r"^For complex Tensors, both .* has a dtype of (torch\.\w+) and output\[\d+\] has a dtype of (torch\.\w+)"
)
_UNDEFINED = re.compile(r"not implemented for 'Complex\w+'|not supported for complex (?:types|inputs)")
_NUMBER = re.compile(r"^value cannot be converted to type \w+ without overflow")
_PART = re.compile(
    r"^(imag|view_as_real) is (?:not implemented for tensors with non-complex dtypes|only supported for complex)"
)
_PAIRS = re.compile(r"^Tensor must have a last dimension of size 2")
_PARTS = re.compile(r"^Expected object of scalar type (\w+) but got scalar type (\w+) for second argument")


def backward(facts: Facts) -> Finding | None:
    """A backward pass from a complex tensor without `gradient=`."""
    match, root = facts.match(_REAL), facts.first_operand
    dtype = match[1] if match is not None else root.dtype if root is not None and facts.match(_SCALAR) is not None else ""
    if not dtype.startswith("torch.complex"):
        return None
    plain = root is not None and facts.called("backward", "grad")
    values: dict[str, Value] = {
        "name": facts.label(root.tensor, 1) if plain and root is not None else Phrase("complex_result", {}),
        "dtype": code(dtype),
        "first": Phrase("complex_sum", {"shape": code(shape(root.shape))}) if match is None and root is not None else "",
    }
    return Finding("complex_backward", values, (root.tensor,) if plain and root is not None else (), (), facts.span)


def gradient_dtype(facts: Facts) -> Finding | None:
    """A `gradient=` that is real where the output is complex, or the other way round."""
    match = facts.match(_DTYPE)
    if match is None:
        return None
    values: dict[str, Value] = {"given": code(match[1]), "wanted": code(match[2])}
    return Finding("complex_gradient_dtype", values, facts.operand_tensors[:2], (), facts.span)


def undefined(facts: Facts) -> Finding | None:
    """A function for real numbers, given complex ones."""
    operand = next((item for item in facts.operands if item.dtype.startswith("torch.complex")), None)
    if operand is None or (facts.match(_UNDEFINED) is None and facts.match(_NUMBER) is None):
        return None
    values: dict[str, Value] = {
        "code": code(facts.text),
        "name": facts.label(operand.tensor, 1),
        "dtype": code(operand.dtype),
    }
    return Finding("complex_undefined", values, (operand.tensor,), (), facts.span)


def parts(facts: Facts) -> Finding | None:
    """Parts of real numbers, and complex numbers of what are no pairs or of two dtypes."""
    operand = facts.first_operand
    match = facts.match(_PART)
    if operand is None:
        return None
    name, tensors = facts.label(operand.tensor, 1), facts.operand_tensors[:2]
    if match is not None:
        return Finding(
            "complex_part", {"name": name, "dtype": code(operand.dtype), "code": code(match[1])}, tensors, (), facts.span
        )
    if facts.match(_PAIRS) is not None:
        return Finding("complex_pairs", {"name": name, "shape": code(shape(operand.shape))}, tensors, (), facts.span)
    if facts.match(_PARTS) is not None and facts.called("complex", "polar") and len(facts.operands) > 1:
        values: dict[str, Value] = {
            "name": name,
            "other": facts.label(facts.operands[1].tensor, 2),
            "dtype": code(operand.dtype),
            "second": code(facts.operands[1].dtype),
        }
        return Finding("complex_dtypes", values, tensors, (), facts.span)
    return None


RULES = (backward, gradient_dtype, undefined, parts)
