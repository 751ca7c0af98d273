"""Programs that ran, with `softmax` over a dimension that was not meant, or twice."""

import re
from collections.abc import Iterator

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.arithmetic import function_of
from tensorpad.explain.program.sources import Token, after
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Dimension, Edit, Finding, Value
from tensorpad.protocol.records import Id
from tensorpad.protocol.steps import OperationRecord

_SOFTMAX = frozenset({"softmax", "log_softmax", "softmin"})
_LAYERS = {"softmax": "Softmax", "log_softmax": "LogSoftmax", "softmin": "Softmin"}
_WEIGHTS = frozenset({"mul", "matmul", "bmm", "mm", "mv", "einsum", "t", "transpose", "permute", "rmatmul", "linear", "dot"})
"""Who takes a softmax to weigh something, and not as probabilities of classes."""
_SHAPING = frozenset(
    {"view", "reshape", "squeeze", "unsqueeze", "flatten", "contiguous", "getitem", "clone", "detach", "float"}
)


def implicit(facts: Facts) -> Iterator[Finding]:
    """`softmax` without a dimension, of which torch itself warns."""
    for operation in facts.trace.operations:
        function = function_of(operation)
        if function not in _SOFTMAX or not operation.inputs or not operation.name.startswith("torch.nn.functional."):
            continue
        if next((argument.text for argument in operation.arguments if argument.name == "dim"), None) != "None":
            continue
        sizes = _sizes(facts, operation)
        # What torch takes then.
        picked = 0 if len(sizes) in (0, 1, 3) else 1
        wanted = "dim=-1" if len(sizes) == 3 else f"dim={picked}"
        values: dict[str, Value] = {
            "code": facts.source(operation),
            "function": code(function),
            "shape": code(shape(sizes)),
            "picked": picked,
            "argument": code(wanted),
        }
        fix = _name_dim(facts, operation, function, wanted)
        yield Finding("softmax_implicit", values, operation.inputs, _dimension(operation, picked), operation.span, fix)
        return


def _name_dim(facts: Facts, operation: OperationRecord, function: str, argument: str) -> Edit | None:
    """Add the dimension where the function is called, or where its layer is made."""
    if operation.parent is None:
        return edits.add_argument(facts, operation.span, argument, "say_dim")
    made: list[Edit] = []
    for cell in range(len(facts.sources.cells)):
        tokens = facts.sources.tokens(facts.sources.whole(cell))
        for index in range(len(tokens) - 2):
            if [token.text for token in tokens[index : index + 3]] == [_LAYERS[function], "(", ")"]:
                made.append(Edit(after(tokens[index + 1].span), argument, "say_dim", {"argument": code(argument)}))
    return made[0] if len(made) == 1 else None


def over_batch(facts: Facts) -> Iterator[Finding]:
    """`softmax` over the rows of what a linear layer gave, where each row is one sample."""
    weighing = {
        tensor for operation in facts.trace.operations if function_of(operation) in _WEIGHTS for tensor in operation.inputs
    }
    linear = {
        tensor
        for operation in facts.trace.operations
        if operation.name == "torch.nn.functional.linear"
        for tensor in operation.outputs
    }
    for operation in facts.trace.operations:
        if function_of(operation) not in _SOFTMAX or not operation.inputs or len(operation.outputs) != 1:
            continue
        sizes = _sizes(facts, operation)
        if _dim(operation) not in (0, -2) or len(sizes) != 2 or min(sizes) < 2 or operation.outputs[0] in weighing:
            continue
        if operation.inputs[0] not in linear:
            continue
        values: dict[str, Value] = {
            "code": facts.source(operation),
            "function": code(function_of(operation)),
            "rows": sizes[0],
            "columns": sizes[1],
            "shape": code(shape(sizes)),
        }
        fix = _other_dim(facts, operation)
        yield Finding("softmax_over_batch", values, operation.outputs, _dimension(operation, 0), operation.span, fix)
        return


def _other_dim(facts: Facts, operation: OperationRecord) -> Edit | None:
    """1 instead of 0, where the dimension is the last argument of the call, or of the call that made the layer."""
    function = function_of(operation)
    if operation.parent is None:
        tokens = [facts.sources.tokens(operation.span)]
    else:
        whole = [facts.sources.tokens(facts.sources.whole(cell)) for cell in range(len(facts.sources.cells))]
        tokens = [cell[place : place + 6] for cell in whole for place in _places(cell, _LAYERS[function])]
    zeros = [zero for call in tokens if (zero := _zero(call)) is not None]
    if len(zeros) != 1:
        return None
    return Edit(zeros[0].span, "1", "other_dim", {"argument": code("dim=1")})


def _places(tokens: list[Token], name: str) -> list[int]:
    return [place for place, token in enumerate(tokens) if token.text == name]


def _zero(call: list[Token]) -> Token | None:
    """The 0 before the first parenthesis that closes at the end of a call."""
    closing = [place for place, token in enumerate(call) if token.text == ")"]
    place = closing[0] if closing and call[0].text in _LAYERS.values() else len(call) - 1
    if place < 2 or call[place].text != ")" or call[place - 1].text != "0" or call[place - 2].text not in (",", "(", "="):
        return None
    return call[place - 1]


def twice(facts: Facts) -> Iterator[Finding]:
    """`softmax` of what `softmax` gave already, as `cross_entropy` takes it; or its probabilities in `nll_loss`."""
    callers = {operation.parent for operation in facts.trace.operations}
    given = _probabilities(facts)
    for operation in facts.trace.operations:
        function = function_of(operation)
        if operation.id in callers or not operation.inputs:
            continue
        if function not in ("cross_entropy", "softmax", "log_softmax", "nll_loss", "binary_cross_entropy_with_logits"):
            continue
        first = given.get(operation.inputs[0])
        if first is None:
            continue
        earlier = function_of(first)
        rule = _wrong_pair(earlier, function)
        if rule is None:
            continue
        values: dict[str, Value] = {
            "code": facts.source(operation),
            "function": code(function),
            "first": facts.source(first),
            "earlier": code(earlier),
            "line": facts.line(first.span),
        }
        yield Finding(rule, values, (operation.inputs[0], *operation.outputs), (), operation.span)
        return


def single(facts: Facts) -> Iterator[Finding]:
    """`softmax` or `cross_entropy` over one class alone: the result is the same whatever the model gives."""
    for operation in facts.trace.operations:
        function = function_of(operation)
        sizes = operation.input_shapes[0] if operation.input_shapes else ()
        if function not in (*_SOFTMAX, "cross_entropy") or len(sizes) != 2 or sizes[1] != 1 or sizes[0] < 2:
            continue
        dim = next((argument.text for argument in operation.arguments if argument.name in ("dim", "1")), "")
        if function in _SOFTMAX and dim not in ("1", "-1"):
            continue
        if function == "cross_entropy" and _floating_target(facts, operation):
            continue
        result = "0" if function in ("cross_entropy", "log_softmax") else "1"
        values: dict[str, Value] = {
            "code": facts.source(operation),
            "function": code(function),
            "name": facts.label(operation.inputs[0], 1),
            "shape": code(shape(sizes)),
            "result": code(result),
        }
        yield Finding("one_class", values, operation.inputs[:1], _dimension(operation, 1), operation.span)
        return


def _floating_target(facts: Facts, operation: OperationRecord) -> bool:
    return len(operation.inputs) > 1 and facts.tensors[operation.inputs[1]].layout.dtype != "torch.int64"


def not_logarithms(facts: Facts) -> Iterator[Finding]:
    """`nll_loss` or `kl_div` of numbers above 0, which are no logarithms of probabilities."""
    given = _probabilities(facts)
    for operation in facts.trace.operations:
        function = function_of(operation)
        if function not in ("nll_loss", "kl_div") or not operation.inputs or operation.inputs[0] in given:
            continue
        numbers = facts.moments.elements(facts.moments.before(operation, operation.inputs[0]))
        above = next((number for number in numbers or () if number > 0), None)
        if above is None:
            continue
        values: dict[str, Value] = {
            "code": facts.source(facts.outermost(operation)),
            "function": code(function),
            "name": facts.label(operation.inputs[0], 1),
            "number": code(f"{above:.4g}"),
        }
        yield Finding("not_logarithms", values, operation.inputs[:1], (), operation.span)
        return


def _wrong_pair(earlier: str, later: str) -> str | None:
    if later == "nll_loss":
        return "nll_of_probabilities" if earlier == "softmax" else None
    if later == "binary_cross_entropy_with_logits":
        return "sigmoid_twice" if earlier == "sigmoid" else None
    return "softmax_twice" if earlier == "softmax" else None


def _probabilities(facts: Facts) -> dict[Id, OperationRecord]:
    """The call of softmax or sigmoid that gave the numbers of each tensor, which may have another shape since."""
    given: dict[Id, OperationRecord] = {}
    for operation in facts.trace.operations:
        function = function_of(operation)
        for tensor in operation.outputs:
            if function in ("softmax", "log_softmax", "sigmoid"):
                given[tensor] = operation
            elif function in _SHAPING and operation.inputs and operation.inputs[0] in given:
                given.setdefault(tensor, given[operation.inputs[0]])
    return given


def _sizes(facts: Facts, operation: OperationRecord) -> tuple[int, ...]:
    return operation.input_shapes[0] if operation.input_shapes else facts.tensors[operation.inputs[0]].layout.shape


def _dimension(operation: OperationRecord, dim: int) -> tuple[Dimension, ...]:
    return (Dimension(operation.inputs[0], dim),)


def _dim(operation: OperationRecord) -> int | None:
    """The dimension that was given, by name or in its place."""
    arguments = [argument for argument in operation.arguments if argument.name in ("dim", None)]
    text = next((argument.text for argument in arguments if argument.name == "dim"), None)
    if text is None and operation.name.startswith("torch."):
        text = next((argument.text for argument in arguments if argument.text not in operation.inputs), None)
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,3}", text) else None


RULES = (implicit, over_batch, twice, single, not_logarithms)
