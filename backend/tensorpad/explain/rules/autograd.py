"""Gradients that cannot be had: from where, for what, and twice."""

import re
from itertools import pairwise

from tensorpad.explain import edits
from tensorpad.explain.facts import Facts, is_floating
from tensorpad.explain.figures import code, shape
from tensorpad.explain.findings import Edit, Finding, Phrase, Value
from tensorpad.explain.sources import spanning
from tensorpad.protocol.records import Id, Span, TensorRecord

_SCALAR = re.compile(r"grad can be implicitly created only for scalar outputs")
_NO_GRAD = re.compile(r"element (\d+) of tensors does not require grad and does not have a grad_fn")
_TWICE = re.compile(r"Trying to backward through the graph a second time")
_UNUSED = re.compile(
    r"One of the differentiated Tensors appears|differentiated Tensor at index (\d+) appears to not have been used"
)
_SHAPE = re.compile(
    r"grad_output\[(\d+)\] has a shape of torch\.Size\((.*?)\) and output\[\d+\] has a shape of torch\.Size\((.*?)\)"
)
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
    root = facts.operands[0].tensor if facts.operands else None
    came_from = facts.ancestors(root) if root else []
    given = [facts.tensors[item] for operation in came_from for item in operation.inputs if item in facts.tensors]
    requiring = [tensor for tensor in given if tensor.requires_grad]
    cut = next((operation for operation in came_from if operation.name in _CUTS), None)
    fix: Edit | None = None
    tensors: list[Id | None] = [root]
    reason: Phrase
    if cut is not None and cut.span is not None:
        reason = Phrase(
            "cut_by", {"code": code(cut.expression or cut.name), "line": _line(facts, cut.span.cell, cut.span.line)}
        )
        tensors.extend(cut.inputs)
    elif requiring:
        # An input needs a gradient and the result does not: the operation between them was not recorded.
        operation = next(one for one in came_from if requiring[0].id in one.inputs)
        place = operation.span
        reason = Phrase(
            _UNRECORDED[operation.recorded],
            {
                "code": code(operation.expression or operation.name),
                "line": _line(facts, place.cell, place.line) if place else Phrase("somewhere", {}),
                "name": facts.label(requiring[0].id, 1),
            },
        )
        tensors.append(requiring[0].id)
    else:
        leaves = [
            one
            for one in {tensor.id: tensor for tensor in given}.values()
            if one.id not in facts.makers or _made(facts, one)
        ]
        named = [leaf for leaf in leaves if leaf.names and is_floating(leaf.dtype)]
        reason = Phrase("nothing_requires", {})
        tensors.extend(leaf.id for leaf in named)
        if len(named) == 1:
            made = facts.makers.get(named[0].id)
            fix = made and edits.add_argument(
                facts, made.span, "requires_grad=True", "require", name=code(named[0].names[0])
            )
    return Finding("no_graph", {"name": facts.label(root, 1), "reason": reason}, tuple(tensors), (), facts.span, fix)


def twice(facts: Facts) -> Finding | None:
    """A second pass over a graph whose buffers the first has freed."""
    if facts.match(_TWICE) is None:
        return None
    # The failed call itself is not among the operations, or it is the last: it gives nothing.
    earlier = [operation for operation in facts.backwards if operation.span is not None]
    root = facts.operands[0].tensor if facts.operands else None
    first = next((one for one in reversed(earlier) if root is not None and root in one.inputs), None)
    first = first or (earlier[-1] if earlier else None)
    span = _freed_by(facts) or (first.span if first is not None else None)
    fix = edits.add_argument(facts, span, "retain_graph=True", "retain_graph") if _is_pass(facts, span) else None
    where: Value = _line(facts, span.cell, span.line) if span else Phrase("somewhere", {})
    return Finding("backward_twice", {"name": facts.label(root, 1), "where": where}, (root,), (), facts.span, fix)


def unused(facts: Facts) -> Finding | None:
    """`autograd.grad` by a tensor that the output does not depend on."""
    found = facts.match(_UNUSED)
    if found is None:
        return None
    wanted = [one for one in facts.operands if one.place == "1" or one.place.startswith(("1[", "inputs"))]
    index = int(found[1] or 0)
    tensor = wanted[index].tensor if index < len(wanted) else None
    fix = edits.add_argument(facts, facts.span, "allow_unused=True", "allow_unused")
    return Finding("unused", {"name": facts.label(tensor, index + 1)}, (tensor,), (), facts.span, fix)


def gradient_shape(facts: Facts) -> Finding | None:
    """A `gradient=` of another shape than the output."""
    found = facts.match(_SHAPE)
    if found is None:
        return None
    return Finding(
        "gradient_shape",
        {"given": code(_tuple(found[2])), "wanted": code(_tuple(found[3]))},
        tuple(one.tensor for one in facts.operands[:2]),
        (),
        facts.span,
    )


def flag(facts: Facts) -> Finding | None:
    """`requires_grad` of a computed tensor, changed."""
    if facts.match(_FLAG) is None:
        return None
    tensor = facts.operands[0].tensor if facts.operands else None
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
    places = [
        one
        for cell in range(len(facts.sources.cells))
        for one in facts.sources.tokens(facts.sources.whole(cell))
        if one.text == "inference_mode"
    ]
    fix = Edit(places[0].span, "no_grad", "no_grad_mode", {}) if len(places) == 1 else None
    return Finding("inference", {}, tuple(one.tensor for one in facts.operands), (), facts.span, fix)


def deep_copy(facts: Facts) -> Finding | None:
    """`copy.deepcopy` of a computed tensor."""
    if facts.match(_COPY) is None:
        return None
    tensor = facts.operands[0].tensor if facts.operands else None
    tokens = facts.sources.tokens(facts.span)
    fix: Edit | None = None
    texts = [one.text for one in tokens]
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
    """`.grad` used where it is None."""
    if facts.type not in ("AttributeError", "TypeError") or facts.match(_NONE) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    texts = [one.text for one in tokens]
    if "grad" not in texts:
        return None
    place = texts.index("grad")
    owner = texts[place - 2] if place >= 2 and texts[place - 1] == "." else None
    if owner is None:
        return None
    tensor = facts.variable(owner)
    values: dict[str, Value] = {"name": code(owner)}
    ids = (tensor.id,) if tensor else ()
    if tensor is not None and tensor.requires_grad and not tensor.is_leaf:
        last = facts.backwards[-1].span if facts.backwards else None
        fix = edits.line_before(facts, last, f"{owner}.retain_grad()", "retain_grad", name=code(owner))
        return Finding("gradient_not_kept", values, ids, (), facts.span, fix)
    if tensor is not None and not tensor.requires_grad:
        made = facts.makers.get(tensor.id)
        fix = made and edits.add_argument(facts, made.span, "requires_grad=True", "require", name=code(owner))
        return Finding("gradient_not_required", values, ids, (), facts.span, fix if is_floating(tensor.dtype) else None)
    return Finding("gradient_before_backward", values, ids, (), facts.span)


def _freed_by(facts: Facts) -> Span | None:
    """The call of the pass that freed what the function that failed had saved."""
    failed = facts.failed_run
    if failed is None:
        return None
    for earlier in reversed(facts.trace.backwards[:-1]):
        if any(run.function == failed.function and run.frees for run in earlier.runs):
            return earlier.span
    return None


def _is_pass(facts: Facts, span: Span | None) -> bool:
    """Whether a span ends with the call of a backward pass itself, and not of a function that runs one."""
    tokens = facts.sources.tokens(span)
    return any(item.text in ("backward", "grad") and after.text == "(" for item, after in pairwise(tokens))


def _made(facts: Facts, tensor: TensorRecord) -> bool:
    return facts.makers[tensor.id].name in _FACTORIES


def _line(facts: Facts, cell: int, line: int) -> Phrase:
    """Where something happened, in words; the cell is named only where there are several."""
    if len(facts.sources.cells) > 1:
        return Phrase("cell_line", {"cell": cell + 1, "line": line})
    return Phrase("line", {"line": line})


def _tuple(text: str) -> str:
    return "(" + text.strip("[]") + ")"


RULES = (not_scalar, no_graph, twice, unused, gradient_shape, flag, inference, deep_copy, gradient_none)
