"""Programs that ran, with values or dtypes that their author may not have meant."""

import math
import re
from collections.abc import Iterator
from functools import cache

from tensorpad.explain import edits
from tensorpad.explain.facts import Facts, is_floating
from tensorpad.explain.figures import aligned, code, shape
from tensorpad.explain.findings import Finding, Phrase, Value
from tensorpad.protocol.records import FullValues, Id, SummaryValues, Values
from tensorpad.protocol.steps import OperationRecord

_EMPTY = frozenset({"torch.empty", "torch.empty_like", "torch.Tensor.new_empty", "torch.empty_strided"})
_RANDOM = frozenset(
    f"torch.{name}"
    for name in (
        "rand",
        "randn",
        "randint",
        "randperm",
        "rand_like",
        "randn_like",
        "randint_like",
        "normal",
        "bernoulli",
        "multinomial",
        "Tensor.normal_",
        "Tensor.uniform_",
        "nn.functional.dropout",
    )
)
_DIVISIONS = frozenset(
    {"torch.div", "torch.Tensor.div", "torch.Tensor.__truediv__", "torch.true_divide", "torch.Tensor.true_divide"}
)
_FLOORS = frozenset({"torch.floor_divide", "torch.Tensor.floor_divide", "torch.Tensor.__floordiv__"})
_LOSS = re.compile(r"Using a target size \(torch\.Size\(\[([\d, ]*)\]\)\) that is different to the input size")
_POINTWISE = frozenset(
    f"torch.Tensor.{name}"
    for name in (
        "add",
        "sub",
        "mul",
        "div",
        "pow",
        "__rsub__",
        "eq",
        "lt",
        "gt",
        "le",
        "ge",
        "__add__",
        "__sub__",
        "__mul__",
        "__truediv__",
        "rsub",
    )
) | {"torch.add", "torch.sub", "torch.mul", "torch.div", "torch.nn.functional.mse_loss", "torch.nn.functional.l1_loss"}


def not_finite(facts: Facts) -> Iterator[Finding]:
    """The first operation that made a NaN or an infinity out of finite numbers."""

    @cache
    def odd(tensor: Id) -> str | None:
        # Many operations may take one tensor of many numbers.
        return _odd(facts.tensors[tensor].values)

    for operation in facts.own_operations:
        if operation.name in _EMPTY:
            continue
        bad = next((odd(item) for item in operation.outputs if item in facts.tensors), None)
        if not bad or any(odd(item) for item in operation.inputs if item in facts.tensors):
            continue
        if not operation.inputs:
            continue  # written down by the program itself
        yield Finding(
            "not_finite",
            {"code": code(operation.expression or operation.name), "value": Phrase(bad, {}), "reason": _why(operation)},
            (*operation.outputs, *operation.inputs),
            (),
            operation.span,
        )
        return


def mixed_precision(facts: Facts) -> Iterator[Finding]:
    """float32 and float64 in one operation, which makes float64."""
    for operation in facts.own_operations:
        given = [facts.tensors[item] for item in operation.inputs if item in facts.tensors and facts.tensors[item].shape]
        singles = [one for one in given if one.dtype == "torch.float32"]
        doubles = [one for one in given if one.dtype == "torch.float64"]
        made = [facts.tensors[item] for item in operation.outputs if item in facts.tensors]
        if not singles or not doubles or not any(one.dtype == "torch.float64" for one in made) or operation.writes:
            continue
        yield Finding(
            "mixed_precision",
            {
                "code": code(operation.expression or operation.name),
                "single": facts.label(singles[0].id, 1),
                "double": facts.label(doubles[0].id, 2),
            },
            (singles[0].id, doubles[0].id, made[0].id),
            (),
            operation.span,
            edits.change_name(facts, doubles[0].id, ".float()", "to_float32", operation.span),
        )
        return


def integer_division(facts: Facts) -> Iterator[Finding]:
    """Integers divided: `/` gives floats, `//` the floor."""
    for operation in facts.own_operations:
        given = [facts.tensors[item] for item in operation.inputs if item in facts.tensors]
        made = [facts.tensors[item] for item in operation.outputs if item in facts.tensors]
        if not given or not made or any(is_floating(one.dtype) for one in given):
            continue
        values: dict[str, Value] = {"code": code(operation.expression or operation.name), "dtype": code(given[0].dtype)}
        if operation.name in _DIVISIONS and is_floating(made[0].dtype):
            yield Finding(
                "integer_division", {**values, "result": code(made[0].dtype)}, (given[0].id, made[0].id), (), operation.span
            )
            return
        if operation.name in _FLOORS and not is_floating(made[0].dtype):
            yield Finding("floor_division", values, (given[0].id, made[0].id), (), operation.span)
            return


def outer_broadcast(facts: Facts) -> Iterator[Finding]:
    """Two vectors that made a matrix: both were stretched."""
    for operation in facts.own_operations:
        if operation.name not in _POINTWISE or len(operation.inputs) != 2 or not operation.outputs:
            continue
        left, right = (facts.tensors.get(item) for item in operation.inputs)
        if left is None or right is None or not left.shape or not right.shape or left.shape == right.shape:
            continue
        row, column = sorted((left, right), key=lambda one: len(one.shape))
        if len(row.shape) != 1 or len(column.shape) != 2 or column.shape[1] != 1 or row.shape[0] != column.shape[0]:
            continue
        if row.shape[0] < 2:
            continue
        count = row.shape[0]
        fix = edits.change_name(facts, column.id, ".squeeze(1)", "squeeze", operation.span)
        yield Finding(
            "outer_broadcast",
            {
                "code": code(operation.expression or operation.name),
                "count": count,
                "figure": aligned(
                    [(facts.row(left.id, 1), left.shape), (facts.row(right.id, 2), right.shape), ("→", (count, count))]
                ),
            },
            (left.id, right.id, *operation.outputs[:1]),
            (),
            operation.span,
            fix,
        )
        return


def stretched_in_place(facts: Facts) -> Iterator[Finding]:
    """A write in place whose other operand was stretched."""
    for operation in facts.own_operations:
        stretch = next((one for one in operation.broadcast if one.input > 0 and one.shape), None)
        if not operation.writes or stretch is None or stretch.input >= len(operation.inputs):
            continue
        other, target = operation.inputs[stretch.input], operation.writes[0].tensor
        if other == target or operation.name.endswith(("__setitem__", "copy_")):
            continue
        yield Finding(
            "stretched_write",
            {
                "code": code(_statement(facts, operation)),
                "name": facts.label(target, 1),
                "other": facts.label(other, 2),
                "figure": aligned([(facts.row(target, 1), stretch.result), (facts.row(other, 2), stretch.shape)]),
            },
            (target, other),
            (),
            operation.span,
        )
        return


def unseeded(facts: Facts) -> Iterator[Finding]:
    """Random numbers that begin anew in each run."""
    if facts.seeded or any(operation.name == "torch.manual_seed" for operation in facts.own_operations):
        return
    if any(
        item.text in ("manual_seed", "seed")
        for cell in range(len(facts.sources.cells))
        for item in facts.sources.tokens(facts.sources.whole(cell))
    ):
        return
    first = next((operation for operation in facts.own_operations if operation.name in _RANDOM), None)
    if first is not None:
        yield Finding(
            "unseeded",
            {"code": code(first.expression or first.name)},
            first.outputs,
            (),
            first.span,
            edits.line_before(facts, first.span, "torch.manual_seed(0)", "seed"),
        )


def loss_broadcast(facts: Facts) -> Iterator[Finding]:
    """A loss whose target has another shape than its input."""
    for warned in facts.warnings:
        if _LOSS.search(warned.message):
            span = next(
                (
                    one.span
                    for one in facts.own_operations
                    if one.span
                    and one.span.line == warned.line
                    and one.span.cell == warned.cell
                    and one.name.endswith("_loss")
                ),
                None,
            )
            operation = next((one for one in facts.own_operations if one.span == span), None)
            if operation is None or len(operation.inputs) < 2:
                continue
            given, target = (facts.tensors[item] for item in operation.inputs[:2])
            yield Finding(
                "loss_broadcast",
                {"input": code(shape(given.shape)), "target": code(shape(target.shape))},
                (given.id, target.id),
                (),
                span,
            )


def _statement(facts: Facts, operation: OperationRecord) -> str:
    """The line of a write, where it is a statement; else its expression."""
    span = operation.span
    statement = facts.sources.statement(span.line, span.cell) if span else None
    return facts.sources.text(statement.span) if statement else operation.expression or operation.name


def _odd(values: Values) -> str | None:
    """`nan` or `infinity` where there is one among the values."""
    match values:
        case FullValues(data=data):
            floats = [item for item in data if type(item) is float]
            if any(math.isnan(item) for item in floats):
                return "nan"
            return "infinity" if any(math.isinf(item) for item in floats) else None
        case SummaryValues(nan=nan, infinite=infinite):
            return "nan" if nan else "infinity" if infinite else None
        case _:
            return None


def _why(operation: OperationRecord) -> Phrase:
    function = operation.name.rpartition(".")[2].strip("_")
    for names, key in (
        (("log", "log2", "log10", "log1p"), "why_log"),
        (("sqrt", "rsqrt"), "why_sqrt"),
        (("div", "true_divide", "truediv", "rdiv", "rtruediv", "reciprocal", "remainder"), "why_division"),
        (("exp", "exp2", "expm1", "pow", "cosh", "sinh", "square", "rpow"), "why_overflow"),
        (("acos", "asin", "atanh", "acosh"), "why_domain"),
        (("mean", "var", "std"), "why_too_few"),
    ):
        if function in names:
            return Phrase(key, {})
    return Phrase("why_other", {})


RULES = (not_finite, mixed_precision, integer_division, outer_broadcast, stretched_in_place, unseeded, loss_broadcast)
