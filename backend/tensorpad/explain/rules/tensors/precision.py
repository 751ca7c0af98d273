"""Programs that ran, with numbers that a floating dtype could not tell apart."""

from collections.abc import Iterator

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.arithmetic import LIMITS, PRECISION, function_of, literals, pairs, rounded
from tensorpad.explain.program.moments import index_of, written
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Finding, Phrase, Value
from tensorpad.protocol.records import FullValues, Id, Number
from tensorpad.protocol.steps import OperationRecord

_CASTS = frozenset({"float", "to", "type", "half", "bfloat16", "double", "type_as"})
_CLOSE = 8
"""Steps of the last digit within which two numbers are called equal but for rounding."""


def coarse(facts: Facts) -> Iterator[Finding]:
    """A whole number that a floating dtype does not have, so that it became its neighbour."""
    for operation in facts.own_operations:
        if len(operation.outputs) != 1:
            continue
        output = operation.outputs[0]
        dtype = facts.tensors[output].layout.dtype
        given = _given(facts, operation) if dtype in PRECISION else ()
        got = facts.moments.elements(facts.moments.after(operation, output)) if given else None
        if got is None or len(got) != len(given):
            continue
        exact = 2 ** PRECISION[dtype]
        for before, after in zip(given, got, strict=True):
            if exact < abs(before) < 2**62 and before == int(before) and int(before) != after:
                values: dict[str, Value] = {
                    "code": facts.source(operation),
                    "number": code(str(int(before))),
                    "got": code(f"{after:.0f}"),
                    "dtype": code(dtype),
                    "power": PRECISION[dtype],
                    "exact": exact,
                }
                yield Finding("coarse", values, (*operation.inputs, output), (), operation.span)
                return


def _given(facts: Facts, operation: OperationRecord) -> tuple[Number, ...]:
    """The numbers that were to be held: those in a call of `torch.tensor`, or the integers that were converted."""
    function = function_of(operation)
    if operation.name == "torch.tensor" and operation.arguments:
        return tuple(literals(operation.arguments[0].text))
    if function not in _CASTS or not operation.inputs:
        return ()
    source = operation.inputs[0]
    known = facts.tensors[source].layout.dtype in LIMITS and source != operation.outputs[0]
    return (facts.moments.elements(facts.moments.before(operation, source)) or ()) if known else ()


def absorbed(facts: Facts) -> Iterator[Finding]:
    """A whole number that was added to one so large that nothing changed."""
    for operation in facts.own_operations:
        if function_of(operation) not in ("add", "sub") or len(operation.outputs) != 1:
            continue
        output = operation.outputs[0]
        dtype, values = facts.tensors[output].layout.dtype, facts.moments.after(operation, output)
        got = facts.moments.elements(values)
        if dtype not in PRECISION or got is None or not isinstance(values, FullValues):
            continue
        exact = 2 ** PRECISION[dtype]
        if max(got, default=0) < exact and min(got, default=0) > -exact:
            continue  # no number is that large, so that none need be looked at one by one
        for pair in pairs(facts.moments, operation, values.shape):
            whole = pair.left == int(pair.left) if abs(pair.left) < 2**62 else False
            if whole and exact <= abs(pair.left) <= 4 * exact and got[pair.place] == pair.left and _counts(pair.right):
                sign = "+" if function_of(operation) == "add" else "-"
                sum_ = f"{pair.left:.0f} {sign} {pair.right:.0f} = {pair.left:.0f}"
                texts: dict[str, Value] = {
                    "code": facts.source(operation),
                    "sum": code(sum_),
                    "dtype": code(dtype),
                    "exact": exact,
                }
                yield Finding("absorbed", texts, (*operation.inputs, output), (), operation.span)
                return


def _counts(item: Number) -> bool:
    return 1 <= abs(item) < 2**62 and item == int(item)


def float_equality(facts: Facts) -> Iterator[Finding]:
    """Floats that were compared exactly, and differ by a rounding only."""
    for operation in facts.own_operations:
        function = function_of(operation)
        if function not in ("eq", "ne") or not operation.inputs or not operation.outputs:
            continue
        dtype = facts.tensors[operation.inputs[0]].layout.dtype
        if dtype not in PRECISION or not any(_is_computed(facts, tensor) for tensor in operation.inputs):
            continue
        shape = facts.tensors[operation.outputs[0]].layout.shape
        step = 2.0 ** (1 - PRECISION[dtype])
        for pair in pairs(facts.moments, operation, shape):
            left, right = rounded(float(pair.left), dtype), rounded(float(pair.right), dtype)
            if left != right and abs(left - right) <= _CLOSE * step * max(abs(left), abs(right)) < float("inf"):
                index = index_of(pair.place, shape)
                values: dict[str, Value] = {
                    "code": facts.source(operation),
                    "left": code(_digits(left, dtype)),
                    "right": code(_digits(right, dtype)),
                    "dtype": code(dtype),
                    "place": Phrase("at_element", {"index": code(written(index))}) if index else "",
                }
                yield Finding("float_equality", values, operation.inputs, (), operation.span)
                return


def _is_computed(facts: Facts, tensor: Id) -> bool:
    maker = facts.makers.get(tensor)
    return maker is not None and bool(maker.inputs)


def _digits(value: float, dtype: str) -> str:
    return f"{value:.9g}" if dtype != "torch.float64" else repr(value)


RULES = (coarse, absorbed, float_equality)
