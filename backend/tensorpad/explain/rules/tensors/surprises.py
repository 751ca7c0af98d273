"""Programs that ran, with values or dtypes that their author may not have meant."""

from collections.abc import Iterator

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts, is_floating
from tensorpad.explain.words.figures import aligned, code
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.records import Id
from tensorpad.protocol.steps import OperationRecord

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
_MISSPELT = frozenset(
    {"require_grad", "require_grads", "requires_grads", "required_grad", "requiresgrad", "require_gradient"}
)
_FLOORS = frozenset({"torch.floor_divide", "torch.Tensor.floor_divide", "torch.Tensor.__floordiv__"})


def mixed_precision(facts: Facts) -> Iterator[Finding]:
    """float32 and float64 in one operation, which makes float64."""
    for operation in facts.own_operations:
        if operation.writes or len(operation.inputs) < 2:
            continue
        inputs, outputs = facts.inputs(operation), facts.outputs(operation)
        singles = [tensor.id for tensor in inputs if tensor.layout.dtype == "torch.float32" and tensor.layout.shape]
        doubles = [tensor.id for tensor in inputs if tensor.layout.dtype == "torch.float64" and tensor.layout.shape]
        if singles and doubles and any(output.layout.dtype == "torch.float64" for output in outputs):
            single, double = singles[0], doubles[0]
            values: dict[str, Value] = {
                "code": facts.source(operation),
                "single": facts.label(single, 1),
                "double": facts.label(double, 2),
            }
            fix = edits.change_name(facts, double, ".float()", "to_float32", operation.span)
            yield Finding("mixed_precision", values, (single, double, outputs[0].id), (), operation.span, fix)
            return


def integer_division(facts: Facts) -> Iterator[Finding]:
    """Integers divided: `/` makes floats, `//` rounds down."""
    for operation in facts.own_operations:
        inputs, outputs = facts.inputs(operation), facts.outputs(operation)
        if not inputs or not outputs or any(is_floating(tensor.layout.dtype) for tensor in inputs):
            continue
        values: dict[str, Value] = {"code": facts.source(operation), "dtype": code(inputs[0].layout.dtype)}
        if operation.name in _DIVISIONS and is_floating(outputs[0].layout.dtype) and _is_written_down(facts, inputs[0].id):
            yield Finding(
                "integer_division",
                {**values, "result": code(outputs[0].layout.dtype)},
                (inputs[0].id, outputs[0].id),
                (),
                operation.span,
            )
            return
        if operation.name in _FLOORS and _rounds_down(facts, operation):
            yield Finding("floor_division", values, (inputs[0].id, outputs[0].id), (), operation.span)
            return


def _is_written_down(facts: Facts, tensor: Id) -> bool:
    """Whether the program wrote integers down: a count is divided in the knowledge that it gives a fraction."""
    maker = facts.makers.get(tensor)
    return maker is not None and maker.name == "torch.tensor" and bool(facts.tensors[tensor].layout.shape)


def _rounds_down(facts: Facts, operation: OperationRecord) -> bool:
    """Whether a quotient of integers is negative: there `//` is not what cutting off the fraction gives."""
    quotients = facts.moments.elements(facts.moments.after(operation, operation.outputs[0]))
    return quotients is None or any(item < 0 for item in quotients)


def stretched_in_place(facts: Facts) -> Iterator[Finding]:
    """A write in place to a square matrix whose other operand, a vector, was stretched to rows."""
    for operation in facts.own_operations:
        stretch = next((broadcast for broadcast in operation.broadcast if broadcast.input > 0 and broadcast.shape), None)
        if not operation.writes or stretch is None:
            continue
        other, target = operation.inputs[stretch.input], operation.writes[0].tensor
        # Where the matrix is square, a row fits as well as a column, and torch takes it for a row.
        if len(stretch.shape) != 1 or len(stretch.result) < 2 or stretch.result[-2] != stretch.result[-1]:
            continue
        if other == target or operation.name.endswith(("__setitem__", "copy_")) or not facts.is_written(operation):
            continue
        yield Finding(
            "stretched_write",
            {
                "code": code(facts.statement(operation)),
                "name": facts.label(target, 1),
                "other": facts.label(other, 2),
                "figure": aligned([(facts.row(target, 1), stretch.result), (facts.row(other, 2), stretch.shape)]),
            },
            (target, other),
            (),
            operation.span,
        )
        return


def misspelt_flag(facts: Facts) -> Iterator[Finding]:
    """`p.require_grad = False`, which Python takes for a new attribute."""
    if not any(facts.sources.mentions(name) for name in _MISSPELT):
        return
    for cell in range(len(facts.sources.cells)):
        tokens = facts.sources.tokens(facts.sources.whole(cell))
        for owner, dot, name, equals in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
            if name.text in _MISSPELT and dot.text == "." and equals.text == "=" and owner.text != "self":
                fix = Edit(name.span, "requires_grad", "rename", {"name": code(name.text), "guess": code("requires_grad")})
                values: dict[str, Value] = {"name": code(name.text), "owner": code(owner.text)}
                yield Finding("misspelt_flag", values, (), (), name.span, fix)
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
            {"code": facts.source(first)},
            first.outputs,
            (),
            first.span,
            edits.line_before(facts, first.span, "torch.manual_seed(0)", "seed"),
        )


RULES = (misspelt_flag, mixed_precision, integer_division, stretched_in_place, unseeded)
