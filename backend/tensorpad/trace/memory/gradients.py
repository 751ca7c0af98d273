"""Gradients as they are kept while the engine runs: copies of small ones, summaries of large ones.

Keeping a gradient itself would change whether the engine may reuse its memory.
"""

from typing import Any

import torch

from tensorpad.protocol.records import FullValues, OpaqueValues, SummaryValues, Values
from tensorpad.trace.base.attributes import grad_of, leaf_of
from tensorpad.trace.base.internals import DisableTorchDispatch, DisableTorchFunction, dispatch_keys, dispatch_modes
from tensorpad.trace.memory.values import FULL, SUMMARY, Allowance, copied, is_plain, values_of

SUMMARISED = 50_000_000
"""Elements of large gradients that are summarised in one run; summaries are made while the program waits."""
PASS_ELEMENTS = 200_000
"""Elements that are copied in one pass."""
_type: Any = type
_COMMON = (torch.float32, torch.float64)
_plain: dict[int, bool] = {}


class Kept:
    """A gradient as it was: a copy, or its values if a copy would have been large."""

    __slots__ = ("_copy", "_values")

    def __init__(self, copy: Any, values: Values | None = None) -> None:
        self._copy = copy
        self._values = values

    def values(self, limit: int, allowance: Allowance) -> Values:
        """Its values. Each call takes room, because the report contains them once more."""
        if self._values is None:
            values = values_of(self._copy, limit, allowance)
            if not isinstance(values, OpaqueValues):
                self._values, self._copy = values, None
            return values
        match self._values:
            case FullValues(shape=shape, data=data):
                return self._values if allowance.take(len(data)) else OpaqueValues(shape, FULL)
            case SummaryValues(shape=shape):
                return self._values if allowance.take(SUMMARY) else OpaqueValues(shape, FULL)
            case _:
                return self._values


class Keeper:
    """Keeps the gradients of one pass. `summaries` is shared by the passes of a run."""

    def __init__(self, limit: int, summaries: "SummaryAllowance") -> None:
        self._limit = limit
        self._summaries = summaries
        self.kept = 0
        """Elements that were copied."""

    def keep(self, gradient: Any) -> Kept | None:
        """What is kept of a gradient."""
        return self.keep_all((gradient,))[0]

    def keep_all(self, gradients: Any) -> tuple[Kept | None, ...]:
        """What is kept of several."""
        keep = self._keep
        with DisableTorchFunction():
            quiet = DisableTorchDispatch() if dispatch_modes() else None
            kept = tuple([None if gradient is None else keep(gradient) for gradient in gradients])
            del quiet
            return kept

    def _keep(self, gradient: Any) -> Kept:
        count: int = gradient.numel()
        if count <= self._limit and _is_plain(gradient):
            if self.kept + count > PASS_ELEMENTS:
                return Kept(None, OpaqueValues(tuple(gradient.shape), FULL))
            self.kept += count
            simple = gradient.dtype in _COMMON and not gradient.requires_grad
            return Kept(gradient.clone() if simple else copied(gradient))
        self._summaries.left -= count
        allowance = Allowance(SUMMARISED, float("inf") if self._summaries.left > 0 else 0.0)
        with torch.no_grad():
            return Kept(None, values_of(gradient, self._limit, allowance))


def own_gradient(tensor: Any) -> Any:
    """The `.grad` of a tensor that keeps one. Asking any other makes torch warn, and it may refuse to say which is which."""
    try:
        return grad_of(tensor) if leaf_of(tensor) or tensor.retains_grad else None
    except RuntimeError:
        return None


class SummaryAllowance:
    """What all passes of a run may summarise together."""

    def __init__(self) -> None:
        self.left = SUMMARISED


def _is_plain(tensor: Any) -> bool:
    """As `is_plain`, which the keys of a tensor of torch's own class determine."""
    if _type(tensor) is not torch.Tensor:
        return is_plain(tensor)
    key: int = dispatch_keys(tensor).raw_repr()
    plain = _plain.get(key)
    if plain is None:
        plain = _plain[key] = is_plain(tensor)
    return plain
