"""Programs that ran, with integers that wrapped around or fractions that were cut off."""

import math
from collections.abc import Iterator

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.arithmetic import LIMITS, Pair, function_of, literal, pairs
from tensorpad.explain.program.moments import index_of, number, written
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import FullValues, Id, Number
from tensorpad.protocol.steps import OperationRecord

_SIGNS = {"add": "+", "sub": "-", "mul": "*", "rsub": "-", "pow": "**"}
_BITS = frozenset({"bitwise_and", "bitwise_or", "bitwise_xor", "and", "or", "xor", "rshift", "lshift", "iand", "ixor"}) | {
    "bitwise_left_shift",
    "bitwise_right_shift",
    "remainder",
    "fmod",
    "mod",
}
"""Who takes remainders and shifts bits counts on integers that wrap around."""
_WRITERS = frozenset(
    {"setitem", "fill", "copy", "masked_fill", "index_fill", "scatter", "constant", "full_like", "new_full"}
)
_CASTS = frozenset({"byte", "char", "short", "int", "long", "to", "type"})
_MOST = 3
"""Places that are told of one kind."""


def integer_overflow(facts: Facts) -> Iterator[Finding]:
    """Arithmetic whose exact result an integer dtype cannot hold."""
    bits = _taken_apart(facts)
    for operation in facts.own_operations:
        if len(operation.outputs) != 1 or function_of(operation) not in (*_SIGNS, "neg", "prod", "sum"):
            continue
        output = operation.outputs[0]
        dtype = facts.tensors[output].layout.dtype
        if dtype not in LIMITS or output in bits or (bits and dtype in ("torch.int64", "torch.int32")):
            continue
        found = _wrapped(facts, operation, output, dtype)
        if found is None:
            continue
        calculation, exact, got, index = found
        low, high = LIMITS[dtype]
        values: dict[str, Value] = {
            "code": facts.source(operation),
            "calculation": code(f"{calculation} = {exact}"),
            "dtype": code(dtype),
            "low": low,
            "high": high,
            "got": code(str(got)),
            "place": Phrase("at_element", {"index": code(written(index))}) if index else "",
        }
        wide = ".long()" if dtype == "torch.int32" else ".int()"
        fix: Edit | None = None
        if dtype != "torch.int64" and not operation.writes and operation.inputs:
            fix = edits.change_name(facts, operation.inputs[0], wide, "wider", operation.span)
        yield Finding("integer_overflow", values, (*operation.inputs, output), (), operation.span, fix)
        return


def _taken_apart(facts: Facts) -> set[Id]:
    """The integers of which remainders and bits are taken."""
    return {
        tensor
        for operation in facts.own_operations
        if function_of(operation) in _BITS
        for tensor in operation.inputs
        if facts.tensors[tensor].layout.dtype in LIMITS
    }


def _wrapped(facts: Facts, operation: OperationRecord, output: Id, dtype: str) -> tuple[str, int, Number, list[int]] | None:
    """The first element that wrapped around: how it is calculated, exactly and in the dtype, and its index."""
    values = facts.moments.after(operation, output)
    results = facts.moments.elements(values)
    if results is None or not isinstance(values, FullValues):
        return None
    low, high = LIMITS[dtype]
    for place, calculation, exact in _exact(facts, operation, values):
        if not low <= exact <= high and place < len(results) and results[place] != exact:
            return calculation, exact, results[place], list(index_of(place, values.shape))
    return None


def _exact(facts: Facts, operation: OperationRecord, result: FullValues) -> Iterator[tuple[int, str, int]]:
    """For each element of the result, its place, how it is calculated, and what that is exactly."""
    function = function_of(operation)
    if function in ("neg", "sum", "prod"):
        numbers = facts.moments.elements(facts.moments.before(operation, operation.inputs[0])) if operation.inputs else None
        yield from _of_one(function, numbers or (), result)
        return
    alpha = next((argument.text for argument in operation.arguments if argument.name == "alpha"), "1")
    if alpha != "1":
        return
    for pair in pairs(facts.moments, operation, result.shape):
        exact = _calculated(function, pair)
        if exact is not None:
            left, right = (pair.right, pair.left) if function == "rsub" else (pair.left, pair.right)
            yield pair.place, f"{left} {_SIGNS[function]} {right}", exact


def _of_one(function: str, numbers: tuple[Number, ...], result: FullValues) -> Iterator[tuple[int, str, int]]:
    if any(type(item) is not int for item in numbers):
        return
    whole = [item for item in numbers if type(item) is int]
    if function == "neg":
        yield from ((place, f"-({item})" if item < 0 else f"-{item}", -item) for place, item in enumerate(whole))
    elif not result.shape and 1 < len(whole) <= 1_000:
        sign = " * " if function == "prod" else " + "
        shown = map(str, whole if len(whole) < 6 else [*whole[:3], "…", whole[-1]])
        yield 0, sign.join(shown), math.prod(whole) if function == "prod" else sum(whole)


def _calculated(function: str, pair: Pair) -> int | None:
    left, right = pair.left, pair.right
    if type(left) is not int or type(right) is not int:
        return None
    match function:
        case "add":
            return left + right
        case "sub":
            return left - right
        case "rsub":
            return right - left
        case "mul":
            return left * right
        case _:
            return left**right if 0 <= right <= 64 else None


def truncated(facts: Facts) -> Iterator[Finding]:
    """Fractions that were written into a tensor of integers, which cuts them off in silence."""
    told: set[str] = set()
    for operation in facts.own_operations:
        if function_of(operation) not in _WRITERS or not operation.outputs:
            continue
        target = operation.writes[0].tensor if operation.writes else operation.outputs[0]
        dtype = facts.tensors[target].layout.dtype
        if dtype not in LIMITS or (value := _fraction(facts, operation, target)) is None:
            continue
        after = facts.moments.elements(facts.moments.after(operation, target))
        statement = facts.statement(operation)
        if (after is not None and math.trunc(value) not in after) or statement in told:
            continue
        told.add(statement)
        values: dict[str, Value] = {
            "code": code(statement),
            "value": code(number(value)),
            "got": code(str(math.trunc(value))),
            "name": facts.label(target, 1),
            "dtype": code(dtype),
        }
        yield Finding("truncated", values, (target,), (), operation.span)
        if len(told) == _MOST:
            return


def _fraction(facts: Facts, operation: OperationRecord, target: Id) -> float | None:
    """The first number with a fraction that an operation wrote."""
    *_, last = operation.arguments or (None,)
    given = literal(last.text) if last is not None and last.text not in operation.inputs else None
    candidates: tuple[Number, ...] = (given,) if given is not None else ()
    for tensor in operation.inputs:
        if tensor != target and facts.tensors[tensor].layout.dtype not in LIMITS:
            candidates = (*candidates, *(facts.moments.elements(facts.moments.before(operation, tensor)) or ()))
    return next((item for item in candidates if type(item) is float and math.isfinite(item) and not item.is_integer()), None)


def wrapped_cast(facts: Facts) -> Iterator[Finding]:
    """A conversion to integers of a number that is too large for them."""
    hashed = bool(_taken_apart(facts))
    for operation in facts.own_operations:
        function = function_of(operation)
        source = _converted(operation)
        if source is None or len(operation.outputs) != 1 or source == operation.outputs[0]:
            continue
        output = operation.outputs[0]
        dtype, numbers = facts.tensors[output].layout.dtype, facts.moments.elements(facts.moments.before(operation, source))
        if dtype not in LIMITS or numbers is None or (hashed and facts.tensors[source].layout.dtype in LIMITS):
            continue
        low, high = LIMITS[dtype]
        # A fraction is cut off first. NaN is on neither side.
        place = next((place for place, item in enumerate(numbers) if item <= low - 1 or item >= high + 1), None)
        if place is None:
            continue
        results = facts.moments.elements(facts.moments.after(operation, output))
        same = results is not None and not operation.writes and len(results) == len(numbers)
        values: dict[str, Value] = {
            "code": code(facts.statement(operation)) if operation.writes else facts.source(operation),
            "number": code(number(numbers[place])),
            "dtype": code(dtype),
            "low": low,
            "high": high,
            "became": Phrase("became", {"got": code(str(results[place]))}) if same and results is not None else "",
        }
        limits = f".clamp({low}, {high})"
        fix = edits.before_method(facts, operation.span, function, limits, "clamp_first", code=code(limits))
        fix = fix if dtype not in ("torch.int64", "torch.int32") else None
        yield Finding("wrapped_cast", values, (source, output), (), operation.span, fix)
        return


def _converted(operation: OperationRecord) -> Id | None:
    """The tensor that an operation converted to the dtype of its result, or of the tensor that it was written into."""
    if not operation.inputs:
        return None
    function = function_of(operation)
    if function in _CASTS:
        return operation.inputs[0]
    last = operation.arguments[-1].text if operation.arguments and function in ("copy", "setitem") else ""
    return last if last in operation.inputs else None


RULES = (integer_overflow, truncated, wrapped_cast)
