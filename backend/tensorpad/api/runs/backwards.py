"""Backward passes and the formulas of their functions, as bodies of responses."""

from tensorpad.api.runs.backward_schemas import (
    AccumulationBody,
    BackwardBody,
    BackwardRootBody,
    FormulaBody,
    FunctionRunBody,
    HookBody,
    InputFormulaBody,
    ReturnedBody,
    SlotBody,
)
from tensorpad.api.runs.step_responses import span_body
from tensorpad.api.runs.values import values_body
from tensorpad.explain.backward_formulas import formula_of
from tensorpad.protocol.backwards import BackwardRecord, FunctionRun, HookRecord
from tensorpad.protocol.traces import TraceRecord


def backward_body(record: BackwardRecord) -> BackwardBody:
    """One pass."""
    return BackwardBody(
        id=record.id,
        kind=record.kind,
        span=span_body(record.span),
        expression=record.expression,
        roots=[BackwardRootBody(one.function, one.slot, one.name, one.tensor, one.gradient) for one in record.roots],
        inputs=None if record.inputs is None else [SlotBody(*edge) for edge in record.inputs],
        create_graph=record.create_graph,
        retain_graph=record.retain_graph,
        graphs=list(record.graphs),
        gradients=[values_body(values) for values in record.gradients],
        runs=[_run(run) for run in record.runs],
        returned=[ReturnedBody(one.function, one.slot, one.gradient) for one in record.returned],
        within=record.within,
        failed=record.failed,
        size=record.size,
        unrecorded=record.unrecorded,
    )


def formula_bodies(trace: TraceRecord) -> list[FormulaBody]:
    """The formulas of all backward functions that a trace names, in the order of their names."""
    names = {function.name for graph in trace.graphs for function in graph.functions}
    names |= {run.name for one in trace.backwards for run in one.runs}
    found = {name: formula_of(name) for name in sorted(names)}
    return [
        FormulaBody(
            name, formula.signature, [InputFormulaBody(list(one.inputs), one.text, one.latex) for one in formula.inputs]
        )
        for name, formula in found.items()
        if formula is not None
    ]


def _run(run: FunctionRun) -> FunctionRunBody:
    accumulation = run.accumulation
    return FunctionRunBody(
        function=run.function,
        name=run.name,
        tensor=run.tensor,
        operation=run.operation,
        next=[None if edge is None else SlotBody(*edge) for edge in run.next],
        arrived=list(run.arrived),
        sent=list(run.sent),
        hooks=[_hook(hook) for hook in run.hooks],
        accumulation=None
        if accumulation is None
        else AccumulationBody(accumulation.tensor, accumulation.before, accumulation.added, accumulation.after),
        frees=run.frees,
        made=list(run.made),
        completed=run.completed,
    )


def _hook(hook: HookRecord) -> HookBody:
    return HookBody(hook.kind, hook.name, span_body(hook.span), hook.slot, list(hook.before), list(hook.after), hook.raised)
