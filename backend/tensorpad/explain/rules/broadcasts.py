"""Programs that ran, with tensors that were stretched against one another."""

import re
from collections.abc import Iterator

from tensorpad.explain import edits
from tensorpad.explain.facts import Facts
from tensorpad.explain.figures import aligned, code, shape
from tensorpad.explain.findings import Finding

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


def outer_broadcast(facts: Facts) -> Iterator[Finding]:
    """Two vectors that made a matrix: both were stretched."""
    for operation in facts.own_operations:
        if operation.name not in _POINTWISE or len(operation.inputs) != 2 or not operation.outputs:
            continue
        left, right = facts.inputs(operation)
        row, column = sorted((left, right), key=lambda tensor: len(tensor.layout.shape))
        if len(row.layout.shape) != 1 or row.layout.shape[0] < 2 or column.layout.shape != (row.layout.shape[0], 1):
            continue
        count = row.layout.shape[0]
        rows = [
            (facts.row(left.id, 1), left.layout.shape),
            (facts.row(right.id, 2), right.layout.shape),
            ("→", (count, count)),
        ]
        yield Finding(
            "outer_broadcast",
            {"code": facts.source(operation), "count": count, "figure": aligned(rows)},
            (left.id, right.id, *operation.outputs[:1]),
            (),
            operation.span,
            edits.change_name(facts, column.id, ".squeeze(1)", "squeeze", operation.span),
        )
        return


def loss_broadcast(facts: Facts) -> Iterator[Finding]:
    """A loss whose target has another shape than its input."""
    losses = [operation for operation in facts.own_operations if operation.span and operation.name.endswith("_loss")]
    for warned in facts.warnings:
        if not _LOSS.search(warned.message):
            continue
        line = (warned.cell, warned.line)
        operation = next((loss for loss in losses if loss.span and (loss.span.cell, loss.span.line) == line), None)
        if operation is not None and len(operation.inputs) >= 2:
            prediction, target = facts.inputs(operation)[:2]
            yield Finding(
                "loss_broadcast",
                {"input": code(shape(prediction.layout.shape)), "target": code(shape(target.layout.shape))},
                (prediction.id, target.id),
                (),
                operation.span,
            )


RULES = (outer_broadcast, loss_broadcast)
