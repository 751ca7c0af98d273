"""Programs that ran, but whose gradients are not what their author may have meant."""

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Iterator

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts, is_floating
from tensorpad.explain.evidence.origins import origin
from tensorpad.explain.rules.autograd.missing_gradients import not_passed, replaced
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.backwards import AccumulationRecord, BackwardRecord
from tensorpad.protocol.records import FullValues, Id, Span, SummaryValues, TensorRecord, Values
from tensorpad.protocol.steps import OperationRecord

_MISSED = re.compile(r"does not require grad|NoneType")
_GRAD_WARNING = re.compile(r"The \.grad attribute of a Tensor that is not a leaf Tensor is being accessed")
_GRAD = re.compile(r"\b([^\W\d]\w{0,199})\.grad\b")
"""Tried once for each word: from every letter of one long word, it would take minutes."""
_CUTS = frozenset({"torch.Tensor.detach", "torch.Tensor.data"})
_NOT_DIFFERENTIABLE = re.compile(
    r"\.(eq|ne|lt|gt|le|ge|argmax|argmin|argsort|sign|round|floor|ceil|isnan|isfinite|detach|data|\w*_|long|int|bool|item"
    r"|size|normal|bernoulli|multinomial|poisson|\w*_like|new_\w+|__\w+__|allclose|equal|requires_grad_)$"
)


def not_kept(facts: Facts) -> Iterator[Finding]:
    """`.grad` of a computed tensor, which is None: torch has warned of it."""
    for warned in facts.warnings:
        line = facts.sources.line(warned.cell, warned.line)
        match = _GRAD.search(line) if _GRAD_WARNING.search(warned.message) else None
        tensor = facts.variable(match[1]) if match else None
        if match is None or tensor is None or tensor.is_leaf or f"{match[1]}.grad" in facts.text:
            continue
        name = match[1]
        start = line.index(f"{name}.grad")
        span = Span(warned.cell, warned.line, start, warned.line, start + len(f"{name}.grad"))
        yield _not_kept(facts, name, tensor, span)


def _not_kept(facts: Facts, name: str, tensor: TensorRecord, span: Span) -> Finding:
    """Why a computed tensor has no gradient; a fix of this would not mend a program that failed."""
    found = origin(facts, name, tensor)
    if found is not None:
        finding = replaced(facts, name, tensor, found, span)
        return finding if facts.error is None else dataclasses.replace(finding, fix=None)
    ran = next(
        (backward for backward in facts.trace.backwards if any(run.tensor == tensor.id for run in backward.runs)), None
    )
    if ran is None:
        return not_passed(name, tensor, span)
    fix: Edit | None = None
    if facts.error is None:
        fix = edits.line_before(facts, ran.span, f"{name}.retain_grad()", "retain_grad", name=code(name))
    return Finding("non_leaf_gradient", {"name": code(name)}, (tensor.id,), (), span, fix)


def accumulated(facts: Facts) -> Iterator[Finding]:
    """Backward passes that added to a gradient that an earlier one had left."""
    if _is_explained(facts):
        return
    passes = _Passes(facts)
    for backward in facts.trace.backwards:
        # What a failed pass has added is half of it, and its failure is what counts.
        added = _added_to(facts, backward) if not backward.failed else []
        # A gradient that no pass left is the program's own.
        tensors = [tensor for tensor in added if passes.matter(backward, tensor)]
        if not tensors:
            continue
        name = facts.name(tensors[0])
        fix: Edit | None = None
        if name is not None and "." not in name and facts.error is None:
            fix = edits.line_before(facts, backward.span, f"{name}.grad = None", "clear_gradient", name=code(name))
        values: dict[str, Value] = {"name": facts.label(tensors[0], 1), "count": len(passes.places[tensors[0]])}
        yield Finding("accumulated", values, tuple(tensors), (), backward.span, fix)
        return


class _Passes:
    """The steps at which passes reached each leaf, at which it was written, and at which its gradient was cleared."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._steps = {
            step.ref: place for place, step in enumerate(facts.trace.steps) if step.kind in ("backward", "operation")
        }
        self.places: dict[Id, list[int]] = {}
        self._passes: dict[Id, list[BackwardRecord]] = {}
        for backward in facts.trace.backwards:
            for tensor in _accumulations(backward):
                self.places.setdefault(tensor, []).append(self._steps.get(backward.id, -1))
                self._passes.setdefault(tensor, []).append(backward)
        self._writes: dict[Id, list[int]] = {}

    def matter(self, backward: BackwardRecord, tensor: Id) -> bool:
        """Whether what a pass added to an older gradient was used as a sum that nobody may have meant.

        A leaf that is trained is written, as by `step()`. Its sum is meant if the older gradient had not been used so yet,
        as with gradients of several batches. It does not matter if it is cleared before the next write, as that of a
        discriminator after the pass for its generator. The sum of a leaf that is never written counts unless it is cleared.
        """
        now = self._steps.get(backward.id, -1)
        passes, writes, cleared = self.places[tensor], self._written(tensor), self._cleared(tensor)
        place = bisect_left(passes, now)
        # Of a parameter that no optimiser holds, that is what counts, and is told.
        stepped = self._facts.training.stepped
        if not place or (stepped and tensor not in stepped and self._facts.tensors[tensor].is_parameter):
            return False
        end = next(iter(cleared[bisect_left(cleared, now) :]), len(self._facts.trace.steps))
        used = writes[bisect_left(writes, now) : bisect_left(writes, end)]
        if bisect_left(writes, passes[0]) < len(writes):
            return bool(used) and bisect_left(writes, passes[place - 1]) < bisect_left(writes, now)
        return end == len(self._facts.trace.steps) and not self._is_one_graph(self._passes[tensor][place - 1], backward)

    @staticmethod
    def _is_one_graph(earlier: BackwardRecord, later: BackwardRecord) -> bool:
        """Whether two passes went from different roots through one graph, which `retain_graph` had kept for that."""
        roots = {root.function for root in earlier.roots}
        if not earlier.retain_graph or any(root.function in roots for root in later.roots):
            return False
        ran = {run.function for run in earlier.runs if run.accumulation is None}
        return any(run.function in ran for run in later.runs if run.accumulation is None)

    def _cleared(self, tensor: Id) -> list[int]:
        """The steps at which the program, and no pass, cleared a gradient."""
        changes = self._facts.tensors[tensor].grad_changes
        return [change.step for change in changes if change.values is None or _may_be_zero(change.values)]

    def _written(self, tensor: Id) -> list[int]:
        storage = self._facts.writes.storage_of(tensor)
        if storage not in self._writes:
            writes = self._facts.writes.written_in.get(storage, ())
            self._writes[storage] = sorted(self._steps.get(operation.id, -1) for operation, _ in writes)
        return self._writes[storage]


def _is_explained(facts: Facts) -> bool:
    """Whether the program failed for want of a gradient, so that the error is explained by all that became of it."""
    return facts.error is not None and _MISSED.search(facts.message[:1_000]) is not None


def _accumulations(backward: BackwardRecord) -> dict[Id, AccumulationRecord]:
    """What a pass added to the gradient of each leaf."""
    accumulations = [run.accumulation for run in backward.runs if run.accumulation is not None]
    return {accumulation.tensor: accumulation for accumulation in accumulations if accumulation.tensor is not None}


def _added_to(facts: Facts, backward: BackwardRecord) -> list[Id]:
    """The leaves that had a gradient other than zero before a pass added to it."""
    return [
        tensor
        for tensor, accumulation in _accumulations(backward).items()
        if accumulation.before is not None and not _may_be_zero(backward.gradients[accumulation.before])
    ]


def cut_off(facts: Facts) -> Iterator[Finding]:
    """A named result of something that needs a gradient, and that needs none: made under `no_grad`.

    What is computed with parameters that passes have reached is the ordinary way to look at what was learnt.
    """
    if _is_explained(facts):
        return
    trained = {tensor for backward in facts.trace.backwards for tensor in _accumulations(backward)}
    for operation in facts.own_operations:
        if not _is_unrecorded(operation):
            continue
        sources = [tensor for tensor in facts.inputs(operation) if tensor.requires_grad]
        outputs = facts.outputs(operation)
        if not sources or not outputs or not outputs[0].names or trained.issuperset([tensor.id for tensor in sources]):
            continue
        if all(is_floating(output.layout.dtype) and not output.requires_grad for output in outputs):
            values: dict[str, Value] = {
                "name": facts.label(outputs[0].id, 1),
                "source": facts.label(sources[0].id, 1),
                "code": facts.source(operation),
                # Tensors that are made in inference mode count no writes.
                "mode": code("torch.inference_mode()" if outputs[0].version is None else "torch.no_grad()"),
            }
            yield Finding("cut_off", values, (outputs[0].id, sources[0].id), (), operation.span)
            return


def _is_unrecorded(operation: OperationRecord) -> bool:
    """Whether an operation that has a derivative was not recorded, and nothing else says so."""
    if operation.recorded is not False or operation.writes or operation.name in _CUTS:
        return False
    return _NOT_DIFFERENTIABLE.search(operation.name) is None


def _may_be_zero(values: Values) -> bool:
    """Whether all elements are zero. Where that is not known, as when the trace is full, nothing must be said."""
    match values:
        case FullValues(data=data):
            return not any(data)
        case SummaryValues(count=count, zeros=zeros):
            return zeros == count
        case _:
            return True


RULES = (not_kept, accumulated, cut_off)
