"""The gradients that went along the edges of a graph in its newest backward pass."""

from collections.abc import Iterable

from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.records import Values


def sent_gradients(passes: Iterable[BackwardRecord], graph: str) -> dict[str, tuple[Values | None, ...]]:
    """For each function of `graph` that ran, what it sent along each of its edges."""
    newest = next((one for one in reversed(tuple(passes)) if graph in one.graphs), None)
    if newest is None:
        return {}
    known = newest.gradients
    return {
        run.function: tuple(known[place] if place is not None and place < len(known) else None for place in run.sent)
        for run in newest.runs
    }
