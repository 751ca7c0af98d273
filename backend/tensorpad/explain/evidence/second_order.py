"""Gradients that another pass is to go through: whether they have a graph, and whether they could have one."""

import re
from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.protocol.backwards import BackwardRecord, FunctionRun
from tensorpad.protocol.records import Id
from tensorpad.protocol.steps import OperationRecord

_CONSTANT = re.compile(
    r"(AccumulateGrad|Add|Sub|Rsub|Neg|Sum|Mean|View|UnsafeView|Reshape|ReshapeAlias|T|Transpose|Permute|Select|Slice|Index"
    r"|IndexSelect|Cat|Stack|Expand|Squeeze|Unsqueeze|Unbind|Clone|ToCopy|Relu|LeakyRelu|Abs|Max|Min|Maximum|Minimum|Amax"
    r"|Amin|Clamp|Diagonal|Trace|Split|Chunk|Repeat|Flip|Roll|Gather|MaskedFill|Where|Cumsum|Alias|AsStrided|Round|Floor"
    r"|Ceil|Sign|Movedim|Narrow|Tril|Triu)$"
)
"""Functions whose own derivative does not depend on their input: linear ones, and those of straight pieces."""
_PRODUCTS: Final = {
    "Mul": (0, 1),
    "Div": (1,),
    "Mm": (0, 1),
    "Bmm": (0, 1),
    "Mv": (0, 1),
    "Dot": (0, 1),
    "Addmm": (1, 2),
    "Addmv": (1, 2),
    "Baddbmm": (1, 2),
    "Linear": (0, 1),
}
"""Products, and the edges that must not all lead on if the derivative is to be constant. A quotient's is its divisor."""


def pass_of(facts: Facts, operation: OperationRecord) -> BackwardRecord | None:
    """The pass that a call of `torch.autograd.grad` ran."""
    place = facts.chronology.operations.get(operation.id, 0)
    found = [
        backward
        for backward in facts.trace.backwards
        if backward.span == operation.span and facts.chronology.passes.get(backward.id, place + 1) <= place
    ]
    return found[-1] if found else None


def pass_into(facts: Facts, leaf: Id) -> BackwardRecord | None:
    """The last pass that added to the gradient of a leaf."""
    for backward in reversed(facts.trace.backwards):
        if any(run.accumulation is not None and run.accumulation.tensor == leaf for run in backward.runs):
            return backward
    return None


def is_constant(backward: BackwardRecord) -> bool:
    """Whether the gradients that a pass gives do not depend on the values of the inputs."""
    return backward.unrecorded == 0 and all(_is_constant(run) for run in backward.runs)


def _is_constant(run: FunctionRun) -> bool:
    name = run.name.rstrip("0123456789").removesuffix("Backward")
    edges = _PRODUCTS.get(name)
    if edges is None:
        return _CONSTANT.match(name) is not None
    leading = [edge for edge in edges if edge < len(run.next) and run.next[edge] is not None]
    return len(leading) < len(edges)
