"""What torch's engine does in a program, observed in plain torch with its public hooks: the truth for the trace.

A program is executed by itself, with `torch.autograd.backward` and `torch.autograd.grad` wrapped: before each pass every
function that can be reached from its roots gets hooks, and (in another execution) every tensor that the program has a name
for gets `retain_grad()`.
"""

import contextlib
import io
import sys
import types
import warnings
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import torch
from tensorpad.sandbox.seeds import seed_all


@dataclass
class Run:
    """One function: its torch name, its edges as places in the walk, and the gradients at each end of it."""

    name: str
    arrived: tuple[Any, ...]
    sent: tuple[Any, ...] | None = None
    before: Any = None
    after: Any = None


@dataclass
class Retained:
    """The gradient that a tensor of the program's had after a pass. `place` is that of its function in the order."""

    name: str
    place: int | None
    slot: int
    gradient: Any


@dataclass
class Observed:
    """One pass. `edges` are, for each run, the places in the order at which its edges end (None: nowhere, or not run)."""

    runs: list[Run] = field(default_factory=list[Run])
    edges: list[tuple[int | None, ...]] = field(default_factory=list[tuple[int | None, ...]])
    retained: list[Retained] = field(default_factory=list[Retained])
    failed: bool = True


def observe(source: str, retain: bool) -> list[Observed]:
    """Run a program and give its passes, in the order in which they began."""
    passes: list[Observed] = []
    module = types.ModuleType("__main__")
    before = sys.modules["__main__"]
    sys.modules["__main__"] = module
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            warnings.catch_warnings(),
            _wrapped(passes, module.__dict__, retain),
        ):
            warnings.simplefilter("ignore")
            seed_all(0)
            with contextlib.suppress(Exception):
                exec(compile(source, "<program>", "exec", dont_inherit=True), module.__dict__)
    finally:
        sys.modules["__main__"] = before
    return passes


@contextlib.contextmanager
def _wrapped(passes: list[Observed], names: dict[str, Any], retain: bool) -> Generator[None]:
    autograd: Any = torch.autograd
    originals = autograd.backward, autograd.grad

    def watched(original: Any) -> Any:
        def call(roots: Any, *args: Any, **kwargs: Any) -> Any:
            observed = Observed()
            functions = _reachable([roots] if isinstance(roots, torch.Tensor) else list(roots))
            if functions:
                passes.append(observed)
            order: list[Any] = []
            handles = [handle for function in functions for handle in _hooks(function, observed, order, not retain)]
            named = _named(names) if retain else []
            try:
                result = original(roots, *args, **kwargs)
                observed.failed = False
                return result
            finally:
                for handle in handles:
                    handle.remove()
                places = {function: place for place, function in enumerate(order)}
                observed.edges = [
                    tuple(places.get(following) for following, _ in function.next_functions) for function in order
                ]
                for name, tensor, function in named:
                    if tensor.grad is not None:
                        place = places.get(function)
                        observed.retained.append(Retained(name, place, tensor.output_nr, tensor.grad.detach().clone()))
                        tensor.grad = None

        return call

    autograd.backward, autograd.grad = watched(originals[0]), watched(originals[1])
    try:
        yield
    finally:
        autograd.backward, autograd.grad = originals


def _reachable(roots: list[Any]) -> list[Any]:
    found: list[Any] = []
    waiting = [root.grad_fn for root in roots if isinstance(root, torch.Tensor) and root.grad_fn is not None]
    while waiting:
        function = waiting.pop()
        if function not in found:
            found.append(function)
            waiting += [following for following, _ in function.next_functions if following is not None]
    return found


def _hooks(function: Any, observed: Observed, order: list[Any], whole: bool) -> list[Any]:
    def copied(gradients: Any) -> tuple[Any, ...]:
        return tuple(None if gradient is None else gradient.detach().clone() for gradient in gradients)

    def arrived(gradients: Any) -> None:
        run = Run(type(function).__name__, copied(gradients))
        if whole and run.name == "AccumulateGrad":
            (run.before,) = copied((function.variable.grad,))
        order.append(function)
        observed.runs.append(run)

    def sent(gradients: Any, _: Any) -> None:
        run = observed.runs[order.index(function)]
        run.sent = copied(gradients)
        if run.name == "AccumulateGrad":
            (run.after,) = copied((function.variable.grad,))

    handles = [function.register_prehook(arrived)]
    if whole:
        handles.append(function.register_hook(sent))
    return handles


def _named(names: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = []
    for name, value in list(names.items()):
        if isinstance(value, torch.Tensor) and value.requires_grad and not value.is_leaf and not value.retains_grad:
            value.retain_grad()
            found.append((name, value, value.grad_fn))
    return found
