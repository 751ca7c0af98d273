"""Custom autograd functions: classes that derive from `torch.autograd.Function`."""

import re
from collections.abc import Iterator

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.definitions import Definition, inside, split
from tensorpad.explain.program.sources import Token, after, before
from tensorpad.explain.words.figures import code, shape, sizes_in
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import Id, Span
from tensorpad.protocol.steps import OperationRecord

_COUNT = re.compile(r"^function (\w+)Backward returned an incorrect number of gradients \(expected (\d+), got (\d+)\)")
_SHAPE = re.compile(
    r"^Function (\w+)Backward returned an invalid gradient at index (\d+) - got \[([\d, ]*)\] but expected shape "
    r"compatible with \[([\d, ]*)\]"
)
_TYPE = re.compile(r"^expected Variable or None \(got (\w+)\)")
_DIRTY = re.compile(r"^a leaf Variable that requires grad has been used in an in-place operation")
_DIRTY_LOST = re.compile(r"^Some elements marked as dirty during the forward method were not returned")
_TWICE = re.compile(r"trying to differentiate twice a function that was marked with @once_differentiable")
_NO_GRAD = re.compile(r"element \d+ of tensors does not require grad and does not have a grad_fn")


def gradient_count(facts: Facts) -> Finding | None:
    """A `backward` that returned more or fewer gradients than `forward` takes arguments."""
    match = facts.match(_COUNT)
    if match is None:
        return None
    name, expected, given = match[1], int(match[2]), int(match[3])
    backward = facts.definitions.method(name, "backward")
    values: dict[str, Value] = {
        "class": code(name),
        "backward": head_line(facts, backward),
        "given": given,
        "expected": expected,
        "arguments": tuple(code(argument) for argument in arguments(facts, name)) or str(expected),
    }
    return Finding("function_gradient_count", values, (), (), head(backward), _nones(facts, name, expected - given))


def _nones(facts: Facts, name: str, missing: int) -> Edit | None:
    """`None` for each argument at the end that is no tensor, if these are the ones without a gradient."""
    backward = facts.definitions.method(name, "backward")
    made = [operation for operation in facts.trace.operations if operation.name.endswith(f"{name}.apply")]
    if missing < 1 or backward is None or len(backward.returns) != 1 or not backward.returns[0] or not made:
        return None
    tail = [argument.text for operation in made for argument in operation.arguments[-missing:]]
    if any(text in facts.tensors and facts.tensors[text].requires_grad for text in tail):
        return None
    value = backward.returns[0]
    inserted = ", None" * missing
    if value[0].text == "(" and value[-1].text == ")" and len(split(value[1:-1])) > 1:
        return Edit(before(value[-1].span), inserted, "return_none", {"code": code("None")})
    if value[-1].text == ",":
        return None
    return Edit(after(value[-1].span), inserted, "return_none", {"code": code("None")})


def gradient_shape(facts: Facts) -> Finding | None:
    """A `backward` that returned a gradient of another shape than the input's."""
    match = facts.match(_SHAPE)
    if match is None:
        return None
    name, index = match[1], int(match[2])
    backward = facts.definitions.method(name, "backward")
    wanted = arguments(facts, name)
    made = failed_call(facts)
    inputs = [argument.text for argument in made.arguments] if made is not None else []
    tensor = inputs[index] if index < len(inputs) and inputs[index] in facts.tensors else None
    values: dict[str, Value] = {
        "class": code(name),
        "backward": head_line(facts, backward),
        "given": code(shape(sizes_in(match[3]))),
        "wanted": code(shape(sizes_in(match[4]))),
        "argument": code(wanted[index]) if index < len(wanted) else Phrase("operand", {"position": index + 1}),
    }
    return Finding("function_gradient_shape", values, (tensor,), (), head(backward))


def gradient_type(facts: Facts) -> Finding | None:
    """A `backward` that returned something that is no tensor."""
    match = facts.match(_TYPE)
    made = failed_call(facts)
    if match is None or made is None:
        return None
    name = made.name.split(".")[-2] if made.name.count(".") else made.name
    backward = facts.definitions.method(name, "backward")
    values: dict[str, Value] = {"class": code(name), "backward": head_line(facts, backward), "type": code(match[1])}
    return Finding("function_gradient_type", values, (), (), head(backward))


def no_return(facts: Facts) -> Finding | None:
    """`.grad` used that is None because a `backward` on the way returned nothing."""
    if facts.type not in ("AttributeError", "TypeError") or "NoneType" not in facts.message or ".grad" not in facts.text:
        return None
    return next(unreturned(facts), None)


def unreturned(facts: Facts) -> Iterator[Finding]:
    """A `backward` without a `return`, so that no gradient got past it."""
    runs = [run for backward in facts.trace.backwards for run in backward.runs if run.completed]
    # Torch's own functions have a number behind it.
    ran = {run.name.removesuffix("Backward") for run in runs if run.name.endswith("Backward")}
    for name in sorted(ran & facts.definitions.functions.keys() if ran else ()):
        backward = facts.definitions.method(name, "backward")
        if backward is not None and not backward.returns and not any(item.text == "raise" for item in backward.tokens):
            values: dict[str, Value] = {"class": code(name), "backward": head_line(facts, backward)}
            yield Finding("function_returned_nothing", values, (), (), head(backward))


def dirty(facts: Facts) -> Finding | None:
    """`mark_dirty` of a leaf, or of what `forward` does not return."""
    if facts.match(_DIRTY) is not None:
        return Finding(
            "function_dirty_leaf", {"name": facts.label(facts.first_tensor, 1)}, facts.operand_tensors, (), facts.span
        )
    if facts.match(_DIRTY_LOST) is not None:
        return Finding("function_dirty_lost", {}, facts.operand_tensors, (), facts.span)
    return None


def once(facts: Facts) -> Finding | None:
    """A second derivative through a `backward` that is marked with `once_differentiable`."""
    marked = [
        item
        for item in facts.definitions.all
        if item.name == "backward" and item.owner and "once_differentiable" in item.decorators
    ]
    if not marked or (facts.match(_TWICE) is None and facts.match(_NO_GRAD) is None):
        return None
    if facts.match(_TWICE) is None and not any(_ran_in(facts, item) for item in marked):
        return None
    values: dict[str, Value] = {"class": code(marked[0].owner), "backward": head_line(facts, marked[0])}
    return Finding("function_once_differentiable", values, (facts.first_tensor,), (), facts.span)


def _ran_in(facts: Facts, method: Definition) -> bool:
    """Whether the root of the failed pass was computed in a method."""
    root = facts.first_tensor
    spans = [operation.span for operation in facts.ancestors(root)] if root is not None else []
    return any(span is not None and inside(span, method.span) for span in spans)


def arguments(facts: Facts, name: str) -> list[str]:
    """The arguments of a class's `forward` for which `backward` returns gradients."""
    forward = facts.definitions.method(name, "forward")
    if forward is None:
        return []
    return forward.parameters if facts.definitions.method(name, "setup_context") is not None else forward.parameters[1:]


def failed_call(facts: Facts) -> OperationRecord | None:
    """The call of the class whose `backward` failed."""
    run = facts.failed_run
    operation: Id | None = run.operation if run is not None else None
    return facts.by_id.get(operation or "")


def head_line(facts: Facts, definition: Definition | None) -> Value:
    """In which line a definition begins, in words."""
    return facts.line(head(definition))


def head(definition: Definition | None) -> Span | None:
    """The head of a definition: its keyword and name."""
    if definition is None:
        return None
    start: Token = definition.keyword
    end = start.span.end_column + 1 + len(definition.name)
    return Span(start.span.cell, start.span.line, start.span.column, start.span.line, end)


RULES = (gradient_count, gradient_shape, gradient_type, no_return, dirty, once)
SURPRISES = (unreturned,)
