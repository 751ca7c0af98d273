"""Programs that ran, with tensors that were stretched against one another."""

from collections.abc import Iterator

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import Token, after
from tensorpad.explain.words.figures import aligned, code, shape
from tensorpad.explain.words.findings import Edit, Finding, Named, Value
from tensorpad.protocol.records import Id, Sizes
from tensorpad.protocol.steps import OperationRecord

_LOSSES = frozenset(
    f"torch.nn.functional.{name}"
    for name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "poisson_nll_loss", "kl_div", "soft_margin_loss")
)
_OPERATORS = (
    *("add", "sub", "mul", "div", "true_divide", "pow", "rsub", "eq", "lt", "gt", "le", "ge"),
    *("__add__", "__sub__", "__mul__", "__truediv__", "__radd__", "__rsub__", "__rmul__"),
    *("__eq__", "__ne__", "__lt__", "__gt__", "__le__", "__ge__"),
)
_FUNCTIONS = ("add", "sub", "mul", "div", "eq", "ne")
_POINTWISE = {f"torch.Tensor.{name}" for name in _OPERATORS} | {f"torch.{name}" for name in _FUNCTIONS}
_RESHAPING = frozenset({"unsqueeze", "__getitem__", "view", "reshape"})
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_PAIR = 2


def outer_broadcast(facts: Facts) -> Iterator[Finding]:
    """Two vectors that made a matrix: both were stretched, and nobody wrote so in the same expression."""
    for operation in facts.own_operations:
        if operation.name not in _POINTWISE or len(operation.input_shapes) != _PAIR or not operation.outputs:
            continue
        row, column = sorted((0, 1), key=lambda index: len(operation.input_shapes[index]))
        if not _is_outer(operation.input_shapes[row], operation.input_shapes[column]):
            continue
        if _is_meant(facts, operation, operation.inputs[column]):
            continue
        count = operation.input_shapes[row][0]
        rows = [*_rows(facts, operation), ("→", (count, count))]
        squeeze = edits.change_name(facts, operation.inputs[column], ".squeeze(1)", "squeeze", operation.span)
        yield Finding(
            "outer_broadcast",
            {"code": facts.source(operation), "count": count, "figure": aligned(rows)},
            (*operation.inputs, *operation.outputs[:1]),
            (),
            operation.span,
            squeeze or edits.change_name(facts, operation.inputs[row], ".unsqueeze(1)", "unsqueeze", operation.span),
        )
        return


def loss_broadcast(facts: Facts) -> Iterator[Finding]:
    """A loss whose target has another shape than its input, as a function or as a module."""
    reported: set[str | None] = set()
    for inner in facts.trace.operations:
        if inner.name not in _LOSSES or len(inner.input_shapes) < _PAIR:
            continue
        prediction, target = inner.input_shapes[:_PAIR]
        result = _stretched(prediction, target)
        # A single number is a goal for all; torch refuses shapes that cannot be stretched.
        if result is None or prediction == target or _count(target) == 1 or _count(prediction) == 1:
            continue
        operation = facts.outermost(inner)
        if operation.expression in reported or len(operation.inputs) < _PAIR:
            continue
        reported.add(operation.expression)
        values: dict[str, Value] = {
            "code": facts.source(operation),
            "prediction": facts.label(inner.inputs[0], 1),
            "target": facts.label(inner.inputs[1], 2),
            "input": code(shape(prediction)),
            "expected": code(shape(target)),
            "result": code(shape(result)),
            "count": _count(result),
            "figure": aligned([*_rows(facts, inner), ("→", result)]),
        }
        fix = _aligned_loss(facts, operation, prediction, target)
        yield Finding("loss_broadcast", values, inner.inputs[:_PAIR], (), operation.span, fix)


def _is_outer(row: Sizes, column: Sizes) -> bool:
    """Whether these are (N,) and (N, 1), of more than one element."""
    return len(row) == 1 and row[0] > 1 and column == (row[0], 1)


def _is_meant(facts: Facts, operation: OperationRecord, column: Id) -> bool:
    """Whether the column was made one in the very expression: `x[:, None] - y`."""
    maker = facts.makers.get(column)
    if maker is None or maker.span is None or operation.span is None:
        return False
    counted = facts.makers.get(maker.inputs[0]) if maker.inputs and _reshapes(maker) else None
    if counted is not None and counted.name == "torch.arange":
        return True  # a column of numbers, to be paired with each of a row
    start, end = (maker.span.line, maker.span.column), (maker.span.end_line, maker.span.end_column)
    whole = (operation.span.line, operation.span.column), (operation.span.end_line, operation.span.end_column)
    inside = maker.span.cell == operation.span.cell and whole[0] <= start and end <= whole[1]
    return inside and _reshapes(maker)


def _reshapes(operation: OperationRecord) -> bool:
    return operation.name.rpartition(".")[2] in _RESHAPING


def _rows(facts: Facts, operation: OperationRecord) -> list[tuple[str | Named, Sizes]]:
    shapes = operation.input_shapes[:_PAIR]
    return [(facts.row(operation.inputs[index], index + 1), sizes) for index, sizes in enumerate(shapes)]


def _stretched(first: Sizes, second: Sizes) -> Sizes | None:
    """The shape that two shapes are stretched to; None if they cannot be."""
    length = max(len(first), len(second))
    pairs = list(zip((1,) * (length - len(first)) + first, (1,) * (length - len(second)) + second, strict=True))
    return tuple(max(pair) if min(pair) else 0 for pair in pairs) if all(a == b or 1 in (a, b) for a, b in pairs) else None


def _count(sizes: Sizes) -> int:
    count = 1
    for size in sizes:
        count *= size
    return count


def _aligned_loss(facts: Facts, operation: OperationRecord, prediction: Sizes, target: Sizes) -> Edit | None:
    """Give the target the dimension that it lacks, or take away the one that it has too many, in the call of the loss."""
    arguments = _arguments(facts.sources.tokens(operation.span))
    if len(arguments) < _PAIR:
        return None
    wanted = arguments[1]
    if _is_outer(target, prediction):
        suffix, wording = ".unsqueeze(1)", "unsqueeze"
    elif _is_outer(prediction, target):
        suffix, wording = ".squeeze(1)", "squeeze"
    else:
        return None
    if not _is_primary(wanted):
        return None
    text = "".join(token.text for token in wanted)
    return Edit(after(wanted[-1].span), suffix, wording, {"name": code(text), "code": code(text + suffix)})


def _arguments(tokens: list[Token]) -> list[list[Token]]:
    """The arguments of the call that an expression ends with; none if one has a keyword."""
    depth, start = 0, None
    for index in range(len(tokens) - 1, -1, -1):
        depth += (tokens[index].text in _CLOSING) - (tokens[index].text in _OPENING)
        if depth == 0:
            start = index
            break
    if start is None or not tokens or tokens[-1].text != ")":
        return []
    arguments: list[list[Token]] = [[]]
    for token in tokens[start + 1 : -1]:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and token.text == ",":
            arguments.append([])
        elif depth == 0 and token.text == "=":
            return []
        else:
            arguments[-1].append(token)
    return arguments


def _is_primary(tokens: list[Token]) -> bool:
    """Whether a method can be called on an expression as it stands: a name, with attributes, indices and calls."""
    depth = 0
    for token in tokens:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and not (token.is_name or token.text == "." or token.text in _CLOSING):
            return False
    return bool(tokens)


RULES = (outer_broadcast, loss_broadcast)
