"""Operations and steps as records that refer only to what the report contains."""

from typing import Any, TypeVar

import torch
from msgspec.structs import replace

from tensorpad.protocol.steps import BindingRecord, ChangeRecord, ModuleRecord, OperationRecord, StepRecord
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS, is_module
from tensorpad.trace.forward.module_calls import ModuleCall

_T = TypeVar("_T")


class ModulePaths:
    """The paths by which the program can reach its modules: `model.0`."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._paths: dict[int, str] = {}
        for name, value in list(namespace.items()):
            if type(name) is str and not name.startswith("_") and is_module(value):
                self._add(name, value)
        self._roots: set[int] = set()
        self._records: dict[int, ModuleRecord] = {}

    def record(self, call: ModuleCall | None) -> ModuleRecord | None:
        """The module whose call an operation was made in."""
        inner = call
        while inner is not None and inner.module is None:
            inner = inner.outer
        if inner is None:
            return None
        record = self._records.get(inner.number)
        if record is None:
            record = self._records[inner.number] = self._record(inner)
        return record

    def _record(self, inner: ModuleCall) -> ModuleRecord:
        module = inner.module()
        if module is not None and id(module) not in self._paths:
            root: ModuleCall = inner
            while root.outer is not None and root.outer.module is not None:
                root = root.outer
            whole = root.module()
            if whole is not None and root.number not in self._roots:
                self._roots.add(root.number)
                self._add(root.name.rpartition(".")[2], whole)
        path = self._paths.get(id(module), inner.name.rpartition(".")[2])
        return ModuleRecord(cut(path, NAME_CHARS)[0], cut(inner.name, NAME_CHARS)[0], inner.number)

    def _add(self, name: str, module: Any) -> None:
        try:
            modules: Any = torch.nn.Module
            named: list[tuple[str, Any]] = list(modules.named_modules(module))
            for path, part in named:
                self._paths.setdefault(id(part), f"{name}.{path}" if path else name)
        except Exception:  # a module of the program's may be half-built
            return


def operation_record(operation: OperationRecord, module: ModuleRecord | None, known: set[str]) -> OperationRecord:
    """An operation, as far as its tensors are `known`. `module` is the module in whose call it was made."""
    origins = [part.of for part in operation.memory if part.of is not None]
    if known.issuperset(operation.inputs) and known.issuperset(operation.outputs) and known.issuperset(origins):
        return operation if module is None else replace(operation, module=module)
    return replace(_without_unknown(operation, known), module=module)


def _without_unknown(operation: OperationRecord, known: set[str]) -> OperationRecord:
    inputs = [index for index, name in enumerate(operation.inputs) if name in known]
    outputs = [index for index, name in enumerate(operation.outputs) if name in known]
    moved = {old: new for new, old in enumerate(inputs)}
    memory = tuple([part if part.of is None or part.of in known else replace(part, of=None) for part in operation.memory])
    return replace(
        operation,
        inputs=_picked(operation.inputs, inputs),
        outputs=_picked(operation.outputs, outputs),
        writes=tuple(write for write in operation.writes if write.tensor in known),
        memory=_picked(memory, outputs),
        broadcast=tuple(replace(part, input=moved[part.input]) for part in operation.broadcast if part.input in moved),
        input_shapes=_picked(operation.input_shapes, inputs),
        output_shapes=_picked(operation.output_shapes, outputs),
    )


def _picked(items: tuple[_T, ...], indices: list[int]) -> tuple[_T, ...]:
    return tuple(items[index] for index in indices if index < len(items))


def step_records(
    steps: list[StepRecord], changes: dict[int, list[ChangeRecord]], known: set[str], refs: set[str]
) -> tuple[StepRecord, ...]:
    """The timeline. `changes` are by the index of a step; `known` are the tensors and arrays of the report, `refs` its
    operations, passes and functions.
    """
    references = {None, *refs}
    records = list(steps)
    for index, step in enumerate(steps):
        ref = step.ref if step.ref in references else None
        bound = step.bound
        if bound and not known.issuperset([binding.value for binding in bound if binding.value is not None]):
            bound = tuple([_binding(binding, known) for binding in bound])
        changed = changes.get(index, ())
        if changed or step.unbound or ref is not step.ref or bound is not step.bound:
            records[index] = StepRecord(
                kind=step.kind,
                span=step.span,
                ref=ref,
                scope=step.scope,
                frame=step.frame,
                bound=bound,
                unbound=tuple([cut(name, NAME_CHARS)[0] for name in step.unbound]),
                changed=tuple(changed),
            )
    return tuple(records)


def _binding(binding: BindingRecord, known: set[str]) -> BindingRecord:
    return binding if binding.value is None or binding.value in known else replace(binding, value=None)
