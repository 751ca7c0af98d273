"""Operations and steps as records that name nothing which is not in the report."""

from typing import Any

import torch
from msgspec.structs import replace

from tensorpad.protocol.steps import BindingRecord, ChangeRecord, ModuleRecord, OperationRecord, StepRecord
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS, is_module
from tensorpad.trace.forward.module_calls import Call


class ModulePaths:
    """By which paths the program can reach its modules: `model.0`."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._paths: dict[int, str] = {}
        for name, value in list(namespace.items()):
            if type(name) is str and not name.startswith("_") and is_module(value):
                self._add(name, value)
        self._roots: set[int] = set()
        self._records: dict[int, ModuleRecord] = {}

    def record(self, call: Call | None) -> ModuleRecord | None:
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

    def _record(self, inner: Call) -> ModuleRecord:
        module = inner.module()
        if module is not None and id(module) not in self._paths:
            root: Call = inner
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
    """An operation as far as its tensors are `known`."""
    whole = known.issuperset(operation.inputs) and known.issuperset(operation.outputs)
    if whole and known.issuperset([part.of for part in operation.memory if part.of is not None]):
        return operation if module is None else replace(operation, module=module)
    memory = tuple(
        replace(part, of=part.of if part.of in known else None) if part.of is not None else part for part in operation.memory
    )
    if whole:
        return replace(operation, memory=memory, module=module)
    kept = [place for place, name in enumerate(operation.inputs) if name in known]
    moved = {place: index for index, place in enumerate(kept)}
    given = [place for place, name in enumerate(operation.outputs) if name in known]
    return replace(
        operation,
        inputs=tuple(operation.inputs[place] for place in kept),
        outputs=tuple(operation.outputs[place] for place in given),
        writes=tuple(write for write in operation.writes if write.tensor in known),
        memory=tuple(memory[place] for place in given if place < len(memory)),
        broadcast=tuple(replace(part, input=moved[part.input]) for part in operation.broadcast if part.input in moved),
        input_shapes=tuple(operation.input_shapes[place] for place in kept if place < len(operation.input_shapes)),
        output_shapes=tuple(operation.output_shapes[place] for place in given if place < len(operation.output_shapes)),
        module=module,
    )


def step_records(
    steps: list[StepRecord], changes: dict[int, list[ChangeRecord]], known: set[str], refs: set[str]
) -> tuple[StepRecord, ...]:
    """The timeline. `known` are the tensors and arrays of the report, `refs` its operations, passes and functions."""
    records = list(steps)
    for place, step in enumerate(steps):
        ref, bound, unbound = step.ref, step.bound, step.unbound
        if ref is not None and ref not in refs:
            ref = None
        if bound and not known.issuperset([one.value for one in bound if one.value is not None]):
            bound = tuple([_binding(binding, known) for binding in bound])
        if unbound:
            unbound = tuple([cut(name, NAME_CHARS)[0] for name in unbound])
        changed = changes.get(place)
        if changed is not None or ref is not step.ref or bound is not step.bound or unbound is not step.unbound:
            changed = tuple(changed) if changed is not None else ()
            records[place] = StepRecord(step.kind, step.span, ref, step.scope, step.frame, bound, unbound, changed)
    return tuple(records)


def _binding(binding: BindingRecord, known: set[str]) -> BindingRecord:
    return binding if binding.value is None or binding.value in known else replace(binding, value=None)
