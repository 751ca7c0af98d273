"""The gradients that went along the edges of a graph in its newest backward pass."""

from collections.abc import Iterable

from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.records import Values


def sent_gradients(passes: Iterable[BackwardRecord], graph: str) -> dict[str, tuple[Values | None, ...]]:
    """For each function of `graph` that ran, what it sent along each of its edges."""
    newest = next((backward for backward in reversed(tuple(passes)) if graph in backward.graphs), None)
    if newest is None:
        return {}
    gradients = newest.gradients
    return {
        run.function: tuple(gradients[index] if index is not None else None for index in run.sent) for run in newest.runs
    }
