"""Gradients that cannot be computed."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.handles import assigned
from tensorpad.explain.program.sources import spanning
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding

_SCALAR = re.compile(r"grad can be implicitly created only for scalar outputs")
_UNUSED = re.compile(
    r"One of the differentiated Tensors appears|differentiated Tensor at index (\d+) appears to not have been used"
)
_SHAPE = re.compile(
    r"grad_output\[(\d+)\] has a shape of torch\.Size\((.*?)\) and output\[\d+\] has a shape of torch\.Size\((.*?)\)"
)
_INPUTS = re.compile(r"1$|1\[|inputs")
"""The argument of `autograd.grad` that lists the tensors."""
_FLAG = re.compile(r"you can only change requires_grad flags of leaf variables")
_INFERENCE = re.compile(r"[Ii]nference tensor|Inplace update to inference tensor")
_COPY = re.compile(r"Only Tensors created explicitly by the user .* support the deepcopy protocol")


def not_scalar(facts: Facts) -> Finding | None:
    """`backward()` of several elements without `gradient`."""
    if facts.match(_SCALAR) is None or not facts.operands:
        return None
    root = facts.operands[0]
    return Finding(
        "backward_not_scalar",
        {"name": facts.label(root.tensor, 1), "shape": code(shape(root.shape))},
        (root.tensor,),
        (),
        facts.span,
        edits.before_method(facts, facts.span, "backward", ".sum()", "sum"),
    )


def unused(facts: Facts) -> Finding | None:
    """`autograd.grad` by a tensor that the output does not depend on."""
    match = facts.match(_UNUSED)
    if match is None:
        return None
    wanted = [operand for operand in facts.operands if _INPUTS.match(operand.argument)]
    index = int(match[1] or 0)
    tensor = wanted[index].tensor if index < len(wanted) else None
    # Zeros go on where the program goes on with the result, and None would not.
    statement = facts.sources.statement(facts.span.line, facts.span.cell) if facts.span else None
    if statement is not None and not assigned(statement):
        fix = edits.add_argument(facts, facts.span, "allow_unused=True", "allow_unused")
    else:
        fix = edits.add_argument(facts, facts.span, "materialize_grads=True", "materialize_grads")
    return Finding("unused", {"name": facts.label(tensor, index + 1)}, (tensor,), (), facts.span, fix)


def gradient_shape(facts: Facts) -> Finding | None:
    """A `gradient=` of another shape than the output."""
    match = facts.match(_SHAPE)
    if match is None:
        return None
    return Finding(
        "gradient_shape",
        {"given": code(_tuple(match[2])), "wanted": code(_tuple(match[3]))},
        facts.operand_tensors[:2],
        (),
        facts.span,
    )


def flag(facts: Facts) -> Finding | None:
    """`requires_grad` of a computed tensor, changed."""
    if facts.match(_FLAG) is None:
        return None
    tensor = facts.first_tensor
    name = facts.name(tensor)
    statement = facts.sources.statement(facts.span.line, facts.span.cell) if facts.span else None
    fix: Edit | None = None
    if name is not None and statement is not None and statement.tokens[0].text == name:
        replacement = f"{name} = {name}.detach()"
        fix = Edit(statement.span, replacement, "detach_instead", {"code": code(replacement)})
    return Finding("requires_grad_flag", {"name": facts.label(tensor, 1)}, (tensor,), (), facts.span, fix)


def inference(facts: Facts) -> Finding | None:
    """A tensor made under `inference_mode` that autograd should work with."""
    if facts.match(_INFERENCE) is None:
        return None
    cells = range(len(facts.sources.cells))
    tokens = [token for cell in cells for token in facts.sources.tokens(facts.sources.whole(cell))]
    modes = [token for token in tokens if token.text == "inference_mode"]
    fix = Edit(modes[0].span, "no_grad", "no_grad_mode", {}) if len(modes) == 1 else None
    return Finding("inference", {}, facts.operand_tensors, (), facts.span, fix)


def deep_copy(facts: Facts) -> Finding | None:
    """`copy.deepcopy` of a computed tensor."""
    if facts.match(_COPY) is None:
        return None
    tensor = facts.first_tensor
    tokens = facts.sources.tokens(facts.span)
    fix: Edit | None = None
    texts = [token.text for token in tokens]
    if "deepcopy" in texts and texts[-1:] == [")"]:
        start = texts.index("deepcopy") + 2
        inner = tokens[start:-1]
        if len(inner) == 1 and inner[0].is_name:
            whole = spanning(tokens[0].span, tokens[-1].span)
            fix = Edit(
                whole,
                f"{inner[0].text}.detach().clone()",
                "clone_instead",
                {"code": code(f"{inner[0].text}.detach().clone()")},
            )
    return Finding("deep_copy", {"name": facts.label(tensor, 1)}, (tensor,), (), facts.span, fix)


def _tuple(text: str) -> str:
    sizes = text.strip("[]")
    return f"({sizes},)" if sizes.isdigit() else f"({sizes})"


RULES = (not_scalar, unused, gradient_shape, flag, inference, deep_copy)
