"""What the schema cannot say of answers to inquiries: indices and references that hold, no more than the limits allow.

Part of `protocol.validation`; linear in the size of the records.
"""

from collections.abc import Callable, Collection

from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.inquiries import (
    Answer,
    DerivationRecord,
    DerivationStep,
    LeafDerivation,
    LensRecord,
    PathRecord,
)
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.openings import OpeningRecord
from tensorpad.protocol.records import Values
from tensorpad.protocol.window_validation import check_window
from tensorpad.protocol.windows import WindowRecord

_VALUES = 20_000
"""Values, of whatever size, in one derivation."""
_WRITTEN = 4_000_000
"""Characters, about, of all paths of a derivation written out: each of their edges names both its ends once more."""
_NUMBER = 16
"""Characters, at least, of the derivative at an edge."""


class _Checks:
    """`known` are the ids of the report; `check_values` raises for values that contradict themselves."""

    def __init__(self, known: Collection[str], limits: Limits, check_values: Callable[[str, Values, Limits], None]) -> None:
        self._known = known
        self._limits = limits
        self._check_values = check_values
        self._count = 0

    def references(self, *names: str | None) -> None:
        """Raises where a record names what is not there."""
        for name in names:
            if name is not None and name not in self._known:
                raise ProtocolError(f"the answer names {name}, which is not there")

    def values(self, values: Values, shape: tuple[int, ...] | None = None) -> None:
        """Raises for values that cannot be, or have another shape."""
        self._count += 1
        if self._count > _VALUES:
            raise ProtocolError(f"the derivation has more than {_VALUES} values")
        self._check_values("values of the derivation", values, self._limits)
        if shape is not None and values.shape != shape:
            raise ProtocolError("values of the derivation have another shape than what they belong to")


def check_answer(
    answer: Answer, known: Collection[str], limits: Limits, check_values: Callable[[str, Values, Limits], None]
) -> None:
    """Raises ProtocolError. `known` are the ids of all records in the report."""
    checks = _Checks(known, limits, check_values)
    match answer:
        case LensRecord():
            _lens(answer, checks)
        case OpeningRecord():
            _opening(answer, checks)
        case DerivationRecord():
            for place, step in enumerate(answer.steps):
                _step(place, step, answer.steps, checks)
            for leaf in answer.leaves:
                _leaf(leaf, answer.steps, checks)
            _most_written(answer)
        case WindowRecord():
            checks.references(answer.tensor)
            check_window(answer)


def _lens(lens: LensRecord, checks: _Checks) -> None:
    checks.references(lens.tensor, *(one.tensor for one in lens.inputs))
    if lens.count < len(lens.inputs):
        raise ProtocolError(f"the lens lists {len(lens.inputs)} inputs of {lens.count}")
    places = (*lens.element, *lens.shape, *(place for one in lens.inputs for place in one.element))
    if any(place < 0 for place in places):
        raise ProtocolError("the lens has a negative size or index")


def _opening(opening: OpeningRecord, checks: _Checks) -> None:
    for tensor in opening.tensors:
        checks.references(tensor.tensor)
        checks.values(tensor.values, tensor.shape)
    for place, operation in enumerate(opening.operations):
        # Every operation comes after the one around it, so that whoever goes outwards comes to an end.
        if operation.parent is not None and operation.parent >= place:
            raise ProtocolError(f"inner operation {place} lies in {operation.parent}")
        if any(tensor >= len(opening.tensors) for tensor in (*operation.inputs, *operation.outputs)):
            raise ProtocolError(f"inner operation {place} has a tensor that is not there")


def _step(place: int, step: DerivationStep, steps: tuple[DerivationStep, ...], checks: _Checks) -> None:
    checks.references(step.function, step.tensor, step.operation)
    for gradient in step.gradients:
        if gradient is not None:
            checks.values(gradient)
    for local in step.locals:
        # Every step comes before its inputs, so that whoever follows them comes to an end.
        if not place < local.target < len(steps):
            raise ProtocolError(f"step {place} has step {local.target} of {len(steps)} for an input")
        if local.slot >= len(step.gradients) or local.target_slot >= len(steps[local.target].gradients):
            raise ProtocolError(f"step {place} has a derivative of an output that it or its input does not have")
        checks.values(local.values)
        if local.kind == "matrix" and len(local.values.shape) != 2:
            raise ProtocolError(f"step {place} has a matrix of {len(local.values.shape)} dimensions")


def _leaf(leaf: LeafDerivation, steps: tuple[DerivationStep, ...], checks: _Checks) -> None:
    if leaf.step >= len(steps) or not steps[leaf.step].leaf:
        raise ProtocolError(f"step {leaf.step} is no leaf")
    shape = leaf.total.shape
    checks.values(leaf.total)
    checks.values(leaf.autograd, shape)
    if leaf.finite_differences is not None and leaf.finite_differences.values is not None:
        checks.values(leaf.finite_differences.values, shape)
    if leaf.path_count < len(leaf.paths):
        raise ProtocolError(f"a leaf lists {len(leaf.paths)} paths of {leaf.path_count}")
    for path in leaf.paths:
        _path(path, leaf.step, steps)
        checks.values(path.product, shape)


def _path(path: PathRecord, leaf: int, steps: tuple[DerivationStep, ...]) -> None:
    if len(path.steps) != len(path.locals) + 1 or path.steps[0] != 0 or path.steps[-1] != leaf:
        raise ProtocolError("a path does not lead from the result to its leaf")
    for place, following, local in zip(path.steps, path.steps[1:], path.locals, strict=False):
        if place >= len(steps) or local >= len(steps[place].locals) or steps[place].locals[local].target != following:
            raise ProtocolError("a path takes an edge that is not there")


def _most_written(derivation: DerivationRecord) -> None:
    labels = [len(step.label) for step in derivation.steps]
    paths = (path for leaf in derivation.leaves for path in leaf.paths)
    written = sum(_NUMBER + 2 * labels[place] for path in paths for place in path.steps)
    if written > _WRITTEN:
        raise ProtocolError(f"the paths of the derivation are {written} characters, more than {_WRITTEN}")
