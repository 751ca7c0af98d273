"""The steps of optimisers: how large the gradients of their parameters were, and how much they changed.

Facts from torch's `torch/optim/optimizer.py`: hooks of all optimisers are called after each `step()`. To register one would
count up the ids of all hooks, which a program can see; so it is put among them by hand.
"""

import weakref
from typing import Any

import torch

from tensorpad.trace.base.internals import (
    DisableTorchDispatch,
    DisableTorchFunction,
    dispatch_modes,
    optimizer_hooks,
    tracing_state,
)
from tensorpad.trace.memory.series import Owners, Series
from tensorpad.trace.memory.series_log import SeriesLog
from tensorpad.trace.memory.values import is_plain
from tensorpad.trace.program.timeline import Timeline

_ELEMENTS = 100_000
"""Elements of all parameters together of an optimiser whose steps are looked at."""
_PARAMETERS = 64
"""Parameters of one."""
_torch: Any = torch


class _Stepping:
    """One optimiser with its parameters, as they were after the step before, and their series."""

    def __init__(self, log: SeriesLog, parameters: list[Any]) -> None:
        self._log = log
        self._parameters = [weakref.ref(parameter) for parameter in parameters]
        self._before: list[Any] = []
        self._gradients: list[Series | None] = []
        self._updates: list[Series | None] = []
        self._times = 0
        for number, parameter in enumerate(parameters):
            owners = Owners()
            owners.come(parameter)
            owners.come(parameter)
            self._gradients.append(log.begin(f"parameter {number}", "gradient_norm", None, owners))
            self._updates.append(log.begin(f"parameter {number}", "update_norm", None, owners))

    def of(self, parameters: list[Any]) -> bool:
        """Whether the optimiser has the same parameters as before."""
        return len(parameters) == len(self._parameters) and all(
            known() is parameter for known, parameter in zip(self._parameters, parameters, strict=True)
        )

    def stepped(self, parameters: list[Any], step: int | None) -> None:
        """A step has been made."""
        self._times += 1
        if self._log.full or self._times > self._log.rounds:
            for series in (*self._gradients, *self._updates):
                if series is not None:
                    series.ended = True
            return
        graded = [
            (each.grad, series)
            for each, series in zip(parameters, self._gradients, strict=True)
            if each.grad is not None and is_plain(each.grad)
        ]
        if graded:
            norms = _torch._foreach_norm([gradient for gradient, _ in graded])
            for (_, series), norm in zip(graded, norms, strict=True):
                self._add(series, norm, step)
        if self._before:
            changes = _torch._foreach_norm(_torch._foreach_sub(parameters, self._before))
            for change, series in zip(changes, self._updates, strict=True):
                self._add(series, change, step)
            _torch._foreach_copy_(self._before, parameters)
        else:
            self._before = [parameter.detach().clone() for parameter in parameters]

    def _add(self, series: Series | None, norm: Any, step: int | None) -> None:
        if series is not None:
            self._log.add(series, norm.item(), step, single=True)


class Steppings:
    """While entered, looks at what each optimiser's step has done."""

    def __init__(self, log: SeriesLog, timeline: Timeline) -> None:
        self._log = log
        self._timeline = timeline
        self._known: dict[int, tuple[weakref.ref[Any], _Stepping]] = {}

    def __enter__(self) -> None:
        optimizer_hooks[self] = self._stepped

    def __exit__(self, *_: object) -> None:
        optimizer_hooks.pop(self, None)

    def _stepped(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        if tracing_state() is not None or self._log.full:
            return
        try:
            with DisableTorchFunction(), torch.no_grad():
                guard = DisableTorchDispatch() if dispatch_modes() else None
                self._look(optimizer)
                del guard
        except Exception:  # the program must not fail because its trace does
            return

    def _look(self, optimizer: Any) -> None:
        parameters = _parameters(optimizer)
        if not parameters:
            return
        known = self._known.get(id(optimizer))
        if known is None or known[0]() is not optimizer or not known[1].of(parameters):
            known = self._known[id(optimizer)] = weakref.ref(optimizer), _Stepping(self._log, parameters)
        known[1].stepped(parameters, self._step())

    def _step(self) -> int | None:
        """The step of the timeline that is under way, None if there is none."""
        timeline = self._timeline
        return None if timeline.full or timeline.paused else len(timeline.steps)


def _parameters(optimizer: Any) -> list[Any]:
    """The parameters of an optimiser that can be looked at; none if they are many or large."""
    every: list[Any] = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    if len(every) > _PARAMETERS or sum(parameter.numel() for parameter in every) > _ELEMENTS:
        return []
    return [each for each in every if each.is_floating_point() and is_plain(each)]
