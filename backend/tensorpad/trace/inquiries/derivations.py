"""The derivation of a gradient: what is captured while the program runs, and the answer that is made of it."""

import contextlib
import io
import time
from typing import Any

import torch

from tensorpad.protocol.derivations import DerivationInquiry, DerivationRecord, NoDerivation
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.base import variables
from tensorpad.trace.base.internals import ENGINE, DisableTorchFunction, engine_modules
from tensorpad.trace.base.texts import cut
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.inquiries.derivation_records import Captured, Writing
from tensorpad.trace.inquiries.local_derivatives import Chain, Underivable
from tensorpad.trace.inquiries.tape import Tape

CAPTURE_S = 1.0
"""Seconds that captures may take in one run."""
ANSWER_S = 2.0
"""Seconds for finite differences."""


class DerivationWatch:
    """Watches a run for the scalar that the inquiry asks about. Enter it within the trace, cell by cell.

    NOTE [When a derivation is captured]
    1. The graph must be asked before the engine runs, because the engine frees it. So the engine's entry is wrapped once
       more, around the trace's own wrapper, and whatever is about to be differentiated is captured then. A later pass
       replaces an earlier one, until the time for it is spent; or the one pass that the inquiry names is captured.
    2. A scalar that no pass starts from is captured when the program has ended.
    3. The gradient to compare with is the one that the engine brings to the leaf in the program's own pass, if it does; else
       the engine is asked for it, with what hooks print kept quiet.
    """

    def __init__(self, inquiry: DerivationInquiry, recording: Recording) -> None:
        self._inquiry = inquiry
        self._recording = recording
        self._namespace = recording.namespace
        self._tape = Tape()
        self._originals: list[Any] = []
        self._captured: Captured | None = None
        self._refused: NoDerivation | None = None
        self._fault = ""
        self._spent = 0.0
        self._passes = 0

    @property
    def mode(self) -> Tape:
        """The function mode that must be the innermost while the program runs."""
        return self._tape

    def __enter__(self) -> None:
        self._originals = [getattr(module, ENGINE) for module in engine_modules]
        original = self._originals[0]

        def _engine_run_backward(outputs: Any, *args: Any, **kwargs: Any) -> Any:
            handles = self._before_pass(original, outputs, args, kwargs)
            try:
                return original(outputs, *args, **kwargs)
            finally:
                for handle in handles:
                    handle.remove()

        for module in engine_modules:
            setattr(module, ENGINE, _engine_run_backward)

    def __exit__(self, *_: object) -> None:
        for module, original in zip(engine_modules, self._originals, strict=True):
            setattr(module, ENGINE, original)

    def _before_pass(self, engine: Any, outputs: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
        """Capture what is about to be differentiated. Returns the hooks that receive the gradients as they arrive."""
        began = time.monotonic()
        try:
            root, asked = self._asked(outputs)
            if self._inquiry.backward is not None and not self._is_meant(outputs):
                return []
            if self._spent > CAPTURE_S or asked is None or not _differentiable(asked):
                return []
            start = args[0][0] if asked is root and args and args[0][0] is not None else 1.0
            inputs = args[3] if len(args) > 3 else ()
            accumulates = asked is root and kwargs.get("accumulate_grad") and not inputs
            with DisableTorchFunction():
                captured = self._capture(asked, float(start))
                if captured is None:
                    return []
                if accumulates:
                    return _listening(captured)
                _ask(engine, captured)
        except Exception:  # the program must not fail because it is being explained
            return []
        finally:
            self._spent += time.monotonic() - began
        return []

    def _is_meant(self, outputs: Any) -> bool:
        """Whether the pass that begins is the one that the inquiry names, by the trace's way to count them."""
        self._passes += any(tensor.requires_grad for tensor in outputs)
        meant = self._inquiry.backward == f"b{self._passes}"
        if meant:
            self._refused = "not_scalar"  # unless it is captured now
        return meant

    def _asked(self, outputs: Any) -> tuple[Any, Any]:
        """The one tensor that a pass starts from, and the scalar that is asked about; None if there is none."""
        root: Any = outputs[0] if len(outputs) == 1 and isinstance(outputs[0], torch.Tensor) else None
        return root, root if self._inquiry.of is None else self._namespace.get(self._inquiry.of)

    def _capture(self, tensor: Any, start: float) -> Captured | None:
        function = tensor.grad_fn
        try:
            self._captured = Captured(tensor, Chain((function, tensor.output_nr), start), start)
        except Underivable as refused:
            self._captured, self._refused, self._fault = None, refused.reason, refused.step
        return self._captured

    def answer(self, initial: dict[str, Any], trace: TraceRecord, until: float) -> DerivationRecord:
        """The answer; see `InquiryWatch`."""
        try:
            return self._answer(initial, trace, until)
        except Exception:  # a value of a kind that was not thought of; silence would be no answer
            return DerivationRecord(cut(self._inquiry.of or "", variables.NAME_CHARS)[0], "unsupported")

    def _answer(self, initial: dict[str, Any], trace: TraceRecord, until: float) -> DerivationRecord:
        named = variables.variables(self._namespace, initial)
        with DisableTorchFunction():
            if self._captured is None and self._refused is None:
                self._refused = "not_found" if self._inquiry.backward else self._capture_at_end(named)
            names = _names(named)
            captured = self._captured
            if captured is None:
                root = cut(self._inquiry.of or "", variables.NAME_CHARS)[0]
                fault = cut(self._fault, variables.NAME_CHARS)[0]
                return DerivationRecord(root, self._refused or "no_scalar", fault=fault)
            names = {key: cut(name, variables.NAME_CHARS)[0] for key, name in names.items()}
            until = min(until, time.monotonic() + ANSWER_S)
            writing = Writing(captured, self._tape, self._recording, names, trace)
            return writing.record(until if self._inquiry.finite_differences else None)

    def _capture_at_end(self, named: list[tuple[str, Any]]) -> NoDerivation | None:
        asked: Any
        if self._inquiry.of is not None:
            if self._inquiry.of not in self._namespace:
                return "not_found"
            asked = self._namespace[self._inquiry.of]
            if not is_tensor(asked) or asked.numel() != 1 or not asked.is_floating_point():
                return "not_scalar"
            if not _differentiable(asked):
                return "no_graph"
        else:
            scalars = [value for _, value in named if is_tensor(value) and _differentiable(value)]
            if not scalars:
                return "no_scalar"
            asked = scalars[-1]
        captured = self._capture(asked, 1.0)
        if captured is None:
            return self._refused
        try:
            _ask(engine_modules[0]._engine_run_backward, captured)
        except Exception:
            self._captured = None
            return "unsupported"
        return None


def _names(named: list[tuple[str, Any]]) -> dict[int, str]:
    """What the program calls its tensors, and the parameters of its modules; the first name counts."""
    names: dict[int, str] = {}
    for name, value in named:
        if is_tensor(value):
            names.setdefault(id(value), name)
    for name, value in named:
        if variables.is_module(value):
            for full, parameter in variables.parameters(name, value):
                names.setdefault(id(parameter), full)
    return names


def _differentiable(tensor: Any) -> bool:
    return (
        isinstance(tensor, torch.Tensor)
        and tensor.requires_grad
        and not tensor.is_leaf
        and tensor.numel() == 1
        and tensor.is_floating_point()
    )


def _listening(captured: Captured) -> list[Any]:
    """Hooks on the leaves' functions, which see what the program's own hooks made of a gradient."""

    def listener(leaf: int) -> Any:
        def arrived(gradients: Any) -> None:
            if gradients[0] is not None:
                captured.gradients[leaf] = gradients[0].detach().clone()

        return arrived

    chain = captured.chain
    return [chain.nodes[leaf].function.register_prehook(listener(leaf)) for leaf in chain.leaves()]


def _ask(engine: Any, captured: Captured) -> None:
    """Ask torch's engine for the gradients of the leaves, without accumulating them."""
    chain = captured.chain
    leaves = chain.leaves()
    if not leaves:
        return
    start = torch.full_like(captured.root.detach(), captured.start)
    tensors = tuple(chain.nodes[leaf].variable for leaf in leaves)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        gradients = engine((captured.root,), (start,), True, False, tensors, True, accumulate_grad=False)
    for leaf, gradient in zip(leaves, gradients, strict=True):
        if gradient is not None:
            captured.gradients[leaf] = gradient
