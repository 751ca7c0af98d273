"""Values that the backward pass needed, overwritten since."""

from itertools import pairwise

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.kept import Overwritten, crossing, endangered, overwritten
from tensorpad.explain.program.definitions import closing, inside
from tensorpad.explain.program.sources import after
from tensorpad.explain.words.figures import code, fenced, shape
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import Id, Span
from tensorpad.protocol.steps import OperationRecord

_WRITES_SHOWN = 6
IN_PLACE_MODULES = frozenset(
    {
        *("Dropout", "AlphaDropout", "FeatureAlphaDropout", "Dropout1d", "Dropout2d", "Dropout3d", "ReLU", "ReLU6"),
        *("LeakyReLU", "ELU", "SELU", "CELU", "SiLU", "Mish", "Hardtanh", "Hardswish", "Hardsigmoid", "Threshold", "RReLU"),
    }
)


def needed_value(facts: Facts) -> Finding | None:
    """A value that the backward pass needed, overwritten since."""
    lost = overwritten(facts)
    if lost is None:
        return None
    culprit = lost.culprits[0] if lost.culprits else None
    name = facts.label(lost.tensor, 1) if lost.tensor else Phrase("some_tensor", {})
    values: dict[str, Value] = {
        "needed": _needed(facts, lost, name),
        "writers": _writers(facts, lost),
        "advice": _advice(facts, lost, name),
    }
    written = [write.tensor for operation in lost.culprits for write in operation.writes]
    named = [tensor for tensor in dict.fromkeys(written) if facts.name(tensor) is not None][:8]
    return Finding(
        "needed_value",
        values,
        (lost.tensor, *named),
        (),
        culprit.span if culprit and culprit.span else facts.span,
        _fix(facts, lost),
    )


def is_module_in_place(operation: OperationRecord) -> bool:
    """Whether an operation is the work of a module that was made with `inplace=True`."""
    kind = operation.module.type if operation.module is not None else ""
    return kind.startswith("torch.nn.") and kind.rpartition(".")[2] in IN_PLACE_MODULES and operation.parent is not None


def not_in_place(facts: Facts, kind: str, span: Span | None) -> Edit | None:
    """`inplace=False` where the calls of a function or constructor say `inplace=True`: in a span, or in all of its calls."""
    if span is None:
        found = list(facts.definitions.calls(kind))
    else:
        tokens = facts.sources.tokens(span)
        found = [
            (tokens, index + 1)
            for index in range(len(tokens) - 1)
            if tokens[index].text == kind and tokens[index + 1].text == "("
        ]
    flags: list[Span] = []
    for tokens, index in found:
        for place in range(index + 1, closing(tokens, index)):
            positional = tokens[place - 1].text in ("(", ",")
            keyword = tokens[place - 1].text == "=" and tokens[place - 2].text == "inplace"
            if tokens[place].text == "True" and (positional or keyword):
                flags.append(tokens[place].span)
    if not flags or flags[0].cell != flags[-1].cell:
        return None
    first, last = flags[0], flags[-1]
    whole = Span(first.cell, first.line, first.column, last.end_line, last.end_column)
    pieces = ["False"]
    for earlier, later in pairwise(flags):
        between = Span(first.cell, earlier.end_line, earlier.end_column, later.line, later.column)
        pieces.extend((facts.sources.text(between), "False"))
    return Edit(whole, "".join(pieces), "not_in_place", {"function": code(kind)})


def _needed(facts: Facts, lost: Overwritten, name: Value) -> Value:
    values: dict[str, Value] = {
        "name": name,
        "shape": code(shape(lost.shape)),
        "version": lost.version,
        "expected": lost.expected,
    }
    operation = lost.needing
    if operation is None or operation.span is None:
        return Phrase("needed_by_pass", values)
    inside = operation.parent is not None and operation.module is not None
    values["code"] = facts.source(operation)
    values["where"] = facts.line(operation.span)
    values["module"] = Phrase("in_module", {"path": code(operation.module.path)}) if inside and operation.module else ""
    if lost.of_result:
        return Phrase("needed_result" if facts.name(lost.tensor) is not None else "needed_own_result", values)
    return Phrase("needed_operand", values)


def _writers(facts: Facts, lost: Overwritten) -> Value:
    """Who wrote to the value, and in which line."""
    spans = list(dict.fromkeys(operation.span for operation in lost.culprits if operation.span is not None))
    if not spans:
        return Phrase("unknown_writer", {})
    first = lost.culprits[0]
    if len(spans) == 1:
        values: dict[str, Value] = {"code": _write(facts, first), "where": facts.line(first.span)}
        if first.module is not None and is_module_in_place(first):
            kind = first.module.type.rpartition(".")[2]
            values.update({"path": code(first.module.path), "kind": code(f"{kind}(inplace=True)")})
            return Phrase("written_by_module", values)
        hook = _hook(facts, first.span)
        if hook is not None:
            return Phrase("written_by_hook", {**values, "hook": code(hook)})
        if first.writes[0].tensor != lost.tensor and facts.name(first.writes[0].tensor) and _indexed(facts, lost) is None:
            other = first.writes[0].tensor
            return Phrase(
                "written_by_other", {**values, "other": facts.label(other, 1), "name": facts.label(lost.tensor, 1)}
            )
        return Phrase("written_by", values)
    lines: list[str] = []
    for span in spans[:_WRITES_SHOWN]:
        several = f"{span.cell + 1}:" if len(facts.sources.cells) > 1 else ""
        line = facts.sources.line(span.cell, span.line).strip()
        lines.append(f"{several}{span.line:>3}   {line[:80]}".replace("`", "'"))
    if len(spans) > _WRITES_SHOWN:
        lines.append("  …")
    return Phrase("writers", {"figure": fenced("\n".join(lines))})


def _write(facts: Facts, operation: OperationRecord) -> Value:
    """The source of a write: of an assignment the whole statement, since its expression is only what it assigns to."""
    return code(facts.statement(operation)) if operation.name.endswith("__setitem__") else facts.source(operation)


def _hook(facts: Facts, span: Span | None) -> str | None:
    """How the function in which a span lies was registered as a hook of modules or tensors; None if it was not."""
    if span is None:
        return None
    definition = facts.definitions.around(span)
    name = definition.name if definition is not None else ""
    for hook in facts.definitions.hooks:
        if (hook.target == name and name) or (hook.lambda_span is not None and inside(span, hook.lambda_span)):
            return hook.function
    return None


def _advice(facts: Facts, lost: Overwritten, name: Value) -> Value:
    if not lost.culprits or lost.tensor is None:
        return Phrase("advice_copy", {})
    first = lost.culprits[0]
    if is_module_in_place(first) or _flag(first):
        return Phrase("advice_inplace_false", {})
    if _is_update(facts, lost):
        values: dict[str, Value] = {"step": facts.source(first), "pass": code(facts.text)}
        across = crossing(facts, lost.needing, first)
        if across is not None:
            return Phrase("advice_crossing", {**values, "crossing": facts.label(across, 1)})
        if lost.needing is None:
            return Phrase("advice_before", values)
        return Phrase("advice_order", {**values, "needing": facts.source(lost.needing)})
    base = _indexed(facts, lost)
    if base is not None:
        return Phrase("advice_view", {"name": name, "base": facts.label(base, 1), "code": _write(facts, first)})
    return Phrase("advice_copy", {})


def _is_update(facts: Facts, lost: Overwritten) -> bool:
    """Whether a leaf was written that a gradient is wanted for, as an optimiser does."""
    written = [facts.tensors[write.tensor] for operation in lost.culprits for write in operation.writes]
    return any(tensor.is_leaf and tensor.requires_grad for tensor in written)


def _indexed(facts: Facts, lost: Overwritten) -> Id | None:
    """The tensor that the value is a view of, if that was written through itself."""
    maker = facts.makers.get(lost.tensor or "")
    written = {write.tensor for operation in lost.culprits for write in operation.writes}
    bases = (
        {part.of for part in maker.memory if part.kind == "view" and part.of is not None} if maker is not None else set[Id]()
    )
    found = written & bases
    return found.pop() if len(found) == 1 and facts.name(next(iter(written & bases))) else None


def _flag(operation: OperationRecord) -> bool:
    return any(argument.name == "inplace" and argument.text == "True" for argument in operation.arguments)


def _fix(facts: Facts, lost: Overwritten) -> Edit | None:
    if not lost.culprits or lost.tensor is None or _is_update(facts, lost):
        return None
    first = lost.culprits[0]
    spans = {operation.span for operation in lost.culprits if operation.span is not None}
    if first.module is not None and is_module_in_place(first):
        kind = first.module.type
        if not all(item.module is not None and item.module.type == kind for item in lost.culprits):
            return None
        return None if endangered(facts, spans) else not_in_place(facts, kind.rpartition(".")[2], None)
    if len(spans) == 1 and _flag(first):
        return None if endangered(facts, spans) else not_in_place(facts, first.name.rpartition(".")[2], first.span)
    maker = facts.makers.get(lost.tensor)
    if maker is not None and maker.span is not None and _indexed(facts, lost) is not None:
        if endangered(facts, set(), maker.span):
            return None
        return Edit(after(maker.span), ".clone()", "clone", {})
    if len(spans) > 1 or endangered(facts, spans) or _has_alias(facts, first) or first.recorded is False:
        return None
    return edits.out_of_place(facts, first.span)


def _has_alias(facts: Facts, write: OperationRecord) -> bool:
    """Whether another tensor, or a caller of the function in which it is written, sees what is written."""
    written = write.writes[0].tensor
    record = facts.tensors[written]
    sharing = facts.writes.named_in.get(facts.writes.storage_of(written), ())
    if record.view_of is not None or len(record.names) > 1 or len(sharing) > 1:
        return True
    definition = facts.definitions.around(write.span) if write.span is not None else None
    statement = facts.sources.statement(write.span.line, write.span.cell) if write.span is not None else None
    if definition is None or statement is None:
        return False
    name = statement.tokens[0].text
    if name not in definition.parameters:
        return False
    returned = any([token.text for token in value] == [name] for value in definition.returns)
    return not returned or bool(record.names)


RULES = (needed_value,)
