"""Gradients that cannot be computed."""

import re
from dataclasses import dataclass

from tensorpad.explain import edits
from tensorpad.explain.facts import Facts, is_floating
from tensorpad.explain.figures import code, shape
from tensorpad.explain.findings import Edit, Finding, Phrase, Value
from tensorpad.explain.sources import spanning
from tensorpad.protocol.records import Id, TensorRecord
from tensorpad.protocol.steps import OperationRecord

_SCALAR = re.compile(r"grad can be implicitly created only for scalar outputs")
_NO_GRAD = re.compile(r"element (\d+) of tensors does not require grad and does not have a grad_fn")
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
_NONE = re.compile(r"'NoneType' object has no attribute '(\w+)'|'NoneType' object is not subscriptable|NoneType")
_FACTORIES = frozenset(
    f"torch.{name}" for name in ("tensor", "ones", "zeros", "rand", "randn", "full", "linspace", "arange", "eye", "empty")
)
_CUTS = frozenset({"torch.Tensor.detach", "torch.Tensor.data", "torch.Tensor.numpy"})

_UNRECORDED = {False: "unrecorded", True: "no_derivative", None: "required_later"}


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


def no_graph(facts: Facts) -> Finding | None:
    """`backward()` of something that no gradient leads through."""
    if facts.match(_NO_GRAD) is None:
        return None
    root = facts.first_tensor
    ancestors = facts.ancestors(root) if root else []
    reason = _cut(facts, ancestors) or _not_recorded(facts, ancestors) or _nothing_requires(facts, ancestors)
    values: dict[str, Value] = {"name": facts.label(root, 1), "reason": reason.phrase}
    return Finding("no_graph", values, (root, *reason.tensors), (), facts.span, reason.fix)


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a tensor has no graph, and the tensors to which that is due."""

    phrase: Phrase
    tensors: tuple[Id, ...]
    fix: Edit | None = None


def _cut(facts: Facts, ancestors: list[OperationRecord]) -> _Reason | None:
    """`detach()` and the like, on the way to the tensor."""
    cut = next((operation for operation in ancestors if operation.name in _CUTS), None)
    if cut is None or cut.span is None:
        return None
    return _Reason(Phrase("cut_by", {"code": facts.source(cut), "line": facts.line(cut.span)}), cut.inputs)


def _not_recorded(facts: Facts, ancestors: list[OperationRecord]) -> _Reason | None:
    """An operation whose input needs a gradient and whose result does not."""
    for operation in ancestors:
        for tensor in facts.inputs(operation):
            if tensor.requires_grad:
                values: dict[str, Value] = {
                    "code": facts.source(operation),
                    "line": facts.line(operation.span),
                    "name": facts.label(tensor.id, 1),
                }
                return _Reason(Phrase(_UNRECORDED[operation.recorded], values), (tensor.id,))
    return None


def _nothing_requires(facts: Facts, ancestors: list[OperationRecord]) -> _Reason:
    """No leaf requires a gradient. If only one has a name, it is offered to let it require one."""
    origins = {tensor.id: tensor for operation in ancestors for tensor in facts.inputs(operation)}
    named = [
        tensor
        for tensor in origins.values()
        if tensor.names
        and is_floating(tensor.layout.dtype)
        and (tensor.id not in facts.makers or _is_factory(facts, tensor))
    ]
    fix: Edit | None = None
    if len(named) == 1 and named[0].id in facts.makers:
        span, name = facts.makers[named[0].id].span, facts.label(named[0].id, 1)
        fix = edits.add_argument(facts, span, "requires_grad=True", "require", name=name)
    return _Reason(Phrase("nothing_requires", {}), tuple(leaf.id for leaf in named), fix)


def unused(facts: Facts) -> Finding | None:
    """`autograd.grad` by a tensor that the output does not depend on."""
    match = facts.match(_UNUSED)
    if match is None:
        return None
    wanted = [operand for operand in facts.operands if _INPUTS.match(operand.argument)]
    index = int(match[1] or 0)
    tensor = wanted[index].tensor if index < len(wanted) else None
    fix = edits.add_argument(facts, facts.span, "allow_unused=True", "allow_unused")
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


def gradient_none(facts: Facts) -> Finding | None:
    """`.grad` used when it is None."""
    if facts.type not in ("AttributeError", "TypeError") or facts.match(_NONE) is None:
        return None
    owner = _owner_of_gradient(facts)
    if owner is None:
        return None
    name, tensor = code(owner), facts.variable(owner)
    values: dict[str, Value] = {"name": name}
    if tensor is None or (tensor.requires_grad and tensor.is_leaf):
        return Finding("gradient_before_backward", values, (tensor.id,) if tensor else (), (), facts.span)
    if tensor.requires_grad:
        last = facts.backwards[-1].span if facts.backwards else None
        fix = edits.line_before(facts, last, f"{owner}.retain_grad()", "retain_grad", name=name)
        return Finding("gradient_not_kept", values, (tensor.id,), (), facts.span, fix)
    fix = None
    if tensor.id in facts.makers and is_floating(tensor.layout.dtype):
        fix = edits.add_argument(facts, facts.makers[tensor.id].span, "requires_grad=True", "require", name=name)
    return Finding("gradient_not_required", values, (tensor.id,), (), facts.span, fix)


def _owner_of_gradient(facts: Facts) -> str | None:
    """The name before the first `.grad` of the failing source."""
    texts = [token.text for token in facts.sources.tokens(facts.span)]
    index = texts.index("grad") if "grad" in texts else 0
    return texts[index - 2] if index >= 2 and texts[index - 1] == "." else None


def _is_factory(facts: Facts, tensor: TensorRecord) -> bool:
    return facts.makers[tensor.id].name in _FACTORIES


def _tuple(text: str) -> str:
    return "(" + text.strip("[]") + ")"


RULES = (not_scalar, no_graph, unused, gradient_shape, flag, inference, deep_copy, gradient_none)
