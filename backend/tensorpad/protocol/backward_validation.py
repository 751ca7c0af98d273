"""What the schema cannot say of backward passes: indices and references that hold, and no more than the limits allow.

Part of `protocol.validation`; linear in the size of the records.
"""

from collections.abc import Callable, Collection, Iterator

from tensorpad.protocol.backwards import BackwardRecord, FunctionRun, Gradient
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import ID_FORM, Values

_SLACK = 2
GRADIENTS_PER_RUN = 16
"""Gradients, edges and slots of a report, on average over its runs."""


def most_runs(limits: Limits) -> int:
    """Function runs that one report may hold, over all passes: as many as functions of graphs."""
    return limits.graph_nodes


def check_backwards(
    passes: tuple[BackwardRecord, ...],
    limits: Limits,
    tensors: Collection[str],
    operations: Collection[str],
    graphs: Collection[str],
    check_values: Callable[[str, Values, Limits], None],
) -> None:
    """Raises ProtocolError. `tensors`, `operations` and `graphs` are the ids of the report."""
    _most("the backward passes", len(passes), _SLACK * limits.records)
    _most("the runs of functions", sum(len(one.runs) for one in passes), _SLACK * most_runs(limits))
    size = sum(len(one.gradients) + sum(_size(run) for run in one.runs) for one in passes)
    _most("the gradients of backward passes", size, _SLACK * most_runs(limits) * GRADIENTS_PER_RUN)
    names = [one.id for one in passes]
    known = set(names)
    if len(known) < len(names):
        raise ProtocolError("two backward passes have the same id")
    for name in known.union(*(_functions(one) for one in passes)):
        if not ID_FORM.fullmatch(name):
            raise ProtocolError(f"the id of a backward pass or of a function in one is {name!r}")
    for one in passes:
        for place, values in enumerate(one.gradients):
            check_values(f"gradient {place} of {one.id}", values, limits)
        for place in _places(one):
            if place is not None and place >= len(one.gradients):
                raise ProtocolError(f"{one.id} names gradient {place} of {len(one.gradients)}")
        _references(one, tensors, operations, graphs)
        if one.within is not None and one.within not in known:
            raise ProtocolError(f"{one.id} is said to be within {one.within}, which is not there")


def _references(one: BackwardRecord, tensors: Collection[str], operations: Collection[str], graphs: Collection[str]) -> None:
    ran: set[str] = set()
    for run in one.runs:
        if run.function in ran:
            raise ProtocolError(f"{one.id} runs {run.function} twice")
        ran.add(run.function)
        for tensor in (run.tensor, run.accumulation and run.accumulation.tensor):
            if tensor is not None and tensor not in tensors:
                raise ProtocolError(f"{run.function} in {one.id} names {tensor}, which is not there")
        if run.operation is not None and run.operation not in operations:
            raise ProtocolError(f"{run.function} in {one.id} names {run.operation}, which is not there")
        if len(run.sent) > len(run.next) or len(run.made) > len(run.next):
            raise ProtocolError(f"{run.function} in {one.id} sends more than it has edges")
    for root in one.roots:
        if root.tensor is not None and root.tensor not in tensors:
            raise ProtocolError(f"a root of {one.id} names {root.tensor}, which is not there")
    for graph in one.graphs:
        if graph not in graphs:
            raise ProtocolError(f"{one.id} names {graph}, which is not there")


def _functions(one: BackwardRecord) -> set[str]:
    """The ids by which a pass names functions, which need not be in any graph of the report."""
    found = {run.function for run in one.runs}
    found.update(edge.function for run in one.runs for edge in run.next if edge is not None)
    found.update(made for run in one.runs for made in run.made if made is not None)
    found.update(edge.function for edge in one.inputs or ())
    found.update(item.function for item in (*one.roots, *one.returned))
    return found


def _size(run: FunctionRun) -> int:
    return (
        len(run.next)
        + len(run.arrived)
        + len(run.sent)
        + len(run.made)
        + sum(1 + len(hook.before) + len(hook.after) for hook in run.hooks)
    )


def _places(one: BackwardRecord) -> Iterator[Gradient]:
    for root in one.roots:
        yield root.gradient
    for returned in one.returned:
        yield returned.gradient
    for run in one.runs:
        yield from run.arrived
        yield from run.sent
        for hook in run.hooks:
            yield from hook.before
            yield from hook.after
        if run.accumulation is not None:
            yield run.accumulation.before
            yield run.accumulation.added
            yield run.accumulation.after


def _most(what: str, count: int, most: int) -> None:
    if count > most:
        raise ProtocolError(f"{what}: {count} is more than {most}")
