"""Programs that ran, and did something that their author may not have meant: memory, dtypes, values."""

import math
import re
from collections.abc import Iterator

from tensorpad.explain.facts import Facts, is_floating
from tensorpad.explain.figures import aligned, code, shape
from tensorpad.explain.findings import Edit, Finding, Phrase, Value
from tensorpad.explain.rules import edits
from tensorpad.explain.sources import after, spanning
from tensorpad.protocol.records import FullValues, Id, SummaryValues, TensorRecord, Values
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
_COPYING = frozenset(
    {"torch.Tensor.reshape", "torch.reshape", "torch.Tensor.flatten", "torch.flatten", "torch.Tensor.contiguous"}
)
_DIVISIONS = frozenset(
    {"torch.div", "torch.Tensor.div", "torch.Tensor.__truediv__", "torch.true_divide", "torch.Tensor.true_divide"}
)
_FLOORS = frozenset({"torch.floor_divide", "torch.Tensor.floor_divide", "torch.Tensor.__floordiv__"})
_TENSOR_OF_TENSOR = re.compile(r"To copy construct from a tensor, it is recommended")
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


def uninitialised(facts: Facts) -> Iterator[Finding]:
    """`torch.empty` whose memory nobody has written."""
    written = {item for _, tensor in facts.writes for item in facts.sharing(tensor)}
    for operation in facts.own_operations:
        if operation.name not in _EMPTY or not operation.outputs or operation.outputs[0] in written:
            continue
        made = facts.tensors.get(operation.outputs[0])
        if made is None or made.is_parameter or 0 in made.shape:
            continue
        fix: Edit | None = None
        for item in facts.sources.tokens(operation.span):
            if item.text == operation.name.rpartition(".")[2] and item.text in ("empty", "empty_like", "new_empty"):
                fix = Edit(item.span, item.text.replace("empty", "zeros"), "zeros", {})
                break
        yield Finding(
            "uninitialised",
            {"name": facts.label(made.id, 1), "code": code(operation.expression or "")},
            (made.id,),
            (),
            operation.span,
            fix,
        )


def constructor(facts: Facts) -> Iterator[Finding]:
    """`torch.Tensor(2, 3)`: sizes and not elements."""
    for cell in range(len(facts.sources.cells)):
        tokens = facts.sources.tokens(facts.sources.whole(cell))
        for index in range(len(tokens) - 4):
            texts = [item.text for item in tokens[index : index + 4]]
            if texts != ["torch", ".", "Tensor", "("]:
                continue
            end = index + 4
            while end < len(tokens) and (tokens[end].text.isdigit() or tokens[end].text == ","):
                end += 1
            if end == index + 4 or end >= len(tokens) or tokens[end].text != ")":
                continue
            sizes = [item.text for item in tokens[index + 4 : end] if item.text != ","]
            whole = spanning(tokens[index].span, tokens[end].span)
            instead = f"torch.tensor([{', '.join(sizes)}])"
            yield Finding(
                "constructor",
                {
                    "code": code(facts.sources.text(whole)),
                    "shape": code("(" + ", ".join(sizes) + ("," if len(sizes) == 1 else "") + ")"),
                    "instead": code(instead),
                },
                (),
                (),
                whole,
                Edit(whole, instead, "lower_tensor", {"code": code(instead)}),
            )


def changed_view(facts: Facts) -> Iterator[Finding]:
    """A write through one name that another name sees."""
    told: set[Id] = set()
    for operation, written in facts.writes:
        others = [facts.tensors[item] for item in facts.sharing(written) if item != written and item in facts.tensors]
        others = [one for one in others if one.names and not _same(one, facts.tensors.get(written))]
        name = facts.name(written)
        if name is None or not others or written in told:
            continue
        told.update((written, *(one.id for one in others)))
        names = tuple(code(one.names[0]) for one in sorted(others, key=lambda one: int(one.id[1:])))
        view = written if written in facts.makers else others[-1].id
        made = facts.makers.get(view)
        fix: Edit | None = None
        if made is not None and made.span is not None and made.inputs:
            fix = Edit(after(made.span), ".clone()", "clone", {})
        yield Finding(
            "changed_view",
            {"name": code(name), "others": names, "code": code(_statement(facts, operation))},
            (written, *(one.id for one in others)),
            (),
            operation.span,
            fix,
        )


def shared_array(facts: Facts) -> Iterator[Finding]:
    """A tensor and a NumPy array on the same memory, one of which was written."""
    for array in facts.trace.arrays:
        if not array.names or len(array.history) < 2:
            continue
        tensors = [
            one for one in facts.trace.tensors if one.storage is not None and one.storage == array.storage and one.names
        ]
        if not tensors:
            continue
        step = array.history[-1].step
        span = facts.trace.steps[step].span if step is not None and step < len(facts.trace.steps) else None
        yield Finding(
            "shared_array",
            {"array": code(array.names[0]), "name": code(tensors[0].names[0])},
            tuple(one.id for one in tensors),
            (),
            span,
        )


def copied(facts: Facts) -> Iterator[Finding]:
    """`reshape` that had to copy, so that a later write does not reach the other tensor."""
    for operation in facts.own_operations:
        if operation.name not in _COPYING or len(operation.inputs) != 1 or len(operation.outputs) != 1:
            continue
        source, made = operation.inputs[0], operation.outputs[0]
        if source == made or made in facts.sharing(source) or facts.tensors[made].storage is None:
            continue
        writes = [one for one, tensor in facts.writes if tensor in (source, made) and _number(one) > _number(operation)]
        if not writes:
            continue
        yield Finding(
            "copied",
            {
                "code": code(operation.expression or operation.name),
                "source": facts.label(source, 1),
                "function": code(operation.name.rpartition(".")[2]),
                "stride": code(shape(facts.tensors[source].stride)),
                "write": code(_statement(facts, writes[0])),
            },
            (source, made),
            (),
            operation.span,
        )


def not_finite(facts: Facts) -> Iterator[Finding]:
    """The first operation that made a NaN or an infinity out of finite numbers."""
    for operation in facts.own_operations:
        if operation.name in _EMPTY:
            continue
        bad = next((_odd(facts.tensors[item].values) for item in operation.outputs if item in facts.tensors), None)
        if not bad or any(_odd(facts.tensors[item].values) for item in operation.inputs if item in facts.tensors):
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


def tensor_of_tensor(facts: Facts) -> Iterator[Finding]:
    """`torch.tensor(tensor)`, of which torch itself warns."""
    for warned in facts.warnings:
        if not _TENSOR_OF_TENSOR.search(warned.message):
            continue
        statement = facts.sources.statement(warned.line, warned.cell)
        fix: Edit | None = None
        tokens = statement.tokens if statement else []
        for index in range(len(tokens) - 5):
            texts = [item.text for item in tokens[index : index + 6]]
            if texts[:4] == ["torch", ".", "tensor", "("] and tokens[index + 4].is_name and texts[5] == ")":
                place = spanning(tokens[index].span, tokens[index + 5].span)
                instead = f"{texts[4]}.detach().clone()"
                fix = Edit(place, instead, "clone_instead", {"code": code(instead)})
        yield Finding("tensor_of_tensor", {}, (), (), fix.span if fix else statement and statement.span, fix)


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


def _same(one: TensorRecord, other: TensorRecord | None) -> bool:
    return other is not None and set(one.names) == set(other.names)


def _number(operation: OperationRecord) -> int:
    return int(operation.id[2:])


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


RULES = (
    uninitialised,
    constructor,
    changed_view,
    shared_array,
    copied,
    not_finite,
    mixed_precision,
    integer_division,
    outer_broadcast,
    stretched_in_place,
    unseeded,
    tensor_of_tensor,
    loss_broadcast,
)
