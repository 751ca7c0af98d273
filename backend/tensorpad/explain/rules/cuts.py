"""Programs that ran, with graphs that were cut off from what they came from."""

from collections.abc import Iterable, Iterator

from tensorpad.explain.facts import Facts
from tensorpad.explain.findings import Finding
from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.records import Id, TensorRecord
from tensorpad.protocol.steps import OperationRecord

_CUTS = frozenset({"torch.Tensor.detach", "torch.Tensor.data"})


def stopped(facts: Facts) -> Iterator[Finding]:
    """Leaves that a loss depends on, but through `detach()`, so that no pass brought them a gradient."""
    passes = facts.trace.backwards
    if not passes or any(backward.inputs is not None for backward in passes):
        return
    runs = [run for backward in passes for run in backward.runs if run.accumulation is not None]
    reached = {run.accumulation.tensor for run in runs if run.accumulation is not None}
    empty = {tensor.id for tensor in facts.trace.tensors if _has_no_gradient(tensor)} - reached
    if not empty:
        return
    visited: set[Id] = set()
    for cut in _cuts(facts, passes):
        # None of them was behind an earlier cut.
        behind = empty.intersection(_behind(facts, cut.inputs, visited))
        if behind:
            leaves = [tensor for tensor in facts.tensors if tensor in behind]
            names = tuple(facts.label(tensor, 1) for tensor in leaves[:4])
            yield Finding("stopped", {"code": facts.source(cut), "names": names}, tuple(leaves), (), cut.span)
            return


def written_detached(facts: Facts) -> Iterator[Finding]:
    """A value written behind autograd's back, through `.data` or `detach()`."""
    for operation, written in facts.writes.own:
        maker, tensor = _detached_from(facts, written) or (None, None)
        if maker is None or maker.span == operation.span:  # a library does both
            continue
        yield Finding(
            "written_detached",
            {
                "code": facts.source(operation),
                "cut": facts.source(maker),
                "name": facts.label(tensor, 1),
            },
            (written, tensor),
            (),
            operation.span,
        )
        return


def _has_no_gradient(tensor: TensorRecord) -> bool:
    return tensor.is_leaf and tensor.requires_grad and tensor.grad is None and bool(tensor.names)


def _cuts(facts: Facts, passes: Iterable[BackwardRecord]) -> list[OperationRecord]:
    """The calls of `detach()` and the like that the roots of passes were made of."""
    roots = [root.tensor for backward in passes for root in backward.roots if root.tensor is not None]
    behind = _behind(facts, roots, set())
    return [maker for tensor in behind for maker in facts.returning.get(tensor, []) if maker.name in _CUTS]


def _behind(facts: Facts, tensors: Iterable[Id], visited: set[Id]) -> Iterator[Id]:
    """These tensors and all that they were made of, except those in `visited`, which grows."""
    pending = list(tensors)
    while pending:
        tensor = pending.pop()
        if tensor in visited:
            continue
        visited.add(tensor)
        yield tensor
        for operation in facts.returning.get(tensor, []):
            pending.extend(operation.inputs)


def _detached_from(facts: Facts, written: Id) -> tuple[OperationRecord, Id] | None:
    """The call that detached a tensor, and the tensor that it was detached from if that requires a gradient."""
    maker = facts.makers.get(written)
    if maker is None or maker.name not in _CUTS or not maker.inputs:
        return None
    return (maker, maker.inputs[0]) if facts.tensors[maker.inputs[0]].requires_grad else None


RULES = (stopped, written_detached)
