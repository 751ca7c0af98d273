"""Programs that ran, but in which parameters are not trained: nobody holds, reaches or sees them."""

from collections.abc import Iterable, Iterator

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import Token, spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.holders import HeldRecord, HolderRecord
from tensorpad.protocol.records import Id, Span

_MOST = 4
"""Names in one sentence."""
_CONTAINERS = {"list": "ModuleList", "dict": "ModuleDict", "tuple": "ModuleList"}


def hidden_layers(facts: Facts) -> Iterator[Finding]:
    """Layers in a plain list of a module, which `parameters()` does not find."""
    for module in facts.training.modules:
        registered = {one.tensor for one in module.held}
        for hidden in module.hidden:
            layers = [one for one in hidden.held if one.tensor not in registered and facts.tensors[one.tensor].requires_grad]
            if not layers or not _is_missed(facts, layers):
                continue
            path, _, attribute = hidden.path.rpartition(".")
            container = _CONTAINERS[hidden.type]
            span, fix = _wrapped(facts, attribute, container)
            values: dict[str, Value] = {
                "path": code(hidden.path),
                "container": code(f"nn.{container}"),
                "type": code(hidden.type),
                "parameters": code(f"{path.partition('.')[0]}.parameters()"),
                "names": _names(layers),
                "rest": len(layers),
            }
            yield Finding("hidden_layers", values, tuple(one.tensor for one in layers), (), span, fix)


def plain_attribute(facts: Facts) -> Iterator[Finding]:
    """A leaf that is a mere attribute of a module: a backward pass reaches it, and no optimiser has it."""
    if not facts.training.optimizers:
        return
    for module in facts.training.modules:
        for one in module.plain:
            tensor = facts.tensors[one.tensor]
            if one.tensor in facts.training.stepped or one.tensor not in facts.training.reached:
                continue
            if facts.training.changed(tensor):
                continue
            span, fix = _wrapped(facts, one.path.rpartition(".")[2], "Parameter")
            values: dict[str, Value] = {"name": code(one.path), "parameters": code(f"{module.name}.parameters()")}
            yield Finding("plain_attribute", values, (one.tensor,), (), span, fix)


def stale_optimizer(facts: Facts) -> Iterator[Finding]:
    """An optimiser that was stepped and holds tensors that no pass reached, while others that nobody holds were reached."""
    missed = _missed(facts) if facts.training.is_whole and facts.training.optimizers else []
    for optimizer in facts.training.optimizers if missed else ():
        held = [one.tensor for one in optimizer.held]
        stale = [tensor for tensor in held if tensor not in facts.training.reached and not facts.tensors[tensor].names]
        if not stale or not _was_stepped(facts, optimizer):
            continue
        made = facts.training.statement_of(optimizer.name)
        values: dict[str, Value] = {
            "optimizer": code(optimizer.name),
            "count": len(stale),
            "names": _names(missed),
            "rest": len(missed),
            "line": facts.line(made[1] if made else None),
        }
        tensors = (*stale, *(one.tensor for one in missed))
        fix = _made_again(facts, optimizer, missed[0])
        yield Finding("stale_optimizer", values, tensors, (), made[1] if made else None, fix)
        return


def unoptimized(facts: Facts) -> Iterator[Finding]:
    """Parameters that got gradients in the passes of others that an optimiser steps, and are in no optimiser."""
    if not facts.training.is_whole or not facts.training.optimizers:
        return
    held = [facts.tensors[tensor] for tensor in facts.training.stepped]
    # Whoever optimises an image has its gradient go through a network that is not to be trained.
    if not all(tensor.is_parameter and tensor.names for tensor in held) or not any(map(facts.training.changed, held)):
        return
    missed = _missed(facts)
    if not missed:
        return
    made = facts.training.statement_of(facts.training.optimizers[0].name)
    values: dict[str, Value] = {
        "names": _names(missed),
        "rest": len(missed),
        "optimizers": tuple(code(optimizer.name) for optimizer in facts.training.optimizers[:_MOST]),
    }
    span = made[1] if made else None
    yield Finding("unoptimized", values, tuple(one.tensor for one in missed), (), span)


def unused_parameters(facts: Facts) -> Iterator[Finding]:
    """Parameters of a module that no operation took, while others of it were trained."""
    if not facts.training.is_whole:
        return
    used = facts.training.used
    for module in facts.training.modules:
        if not any(one.tensor in facts.training.reached for one in module.held):
            continue
        unused = [one for one in module.held if one.tensor not in used and _is_empty(facts, one.tensor)]
        if not unused:
            continue
        left = {one.tensor for one in unused}
        owners = _owners(unused, [one for one in module.held if one.tensor not in left])
        values: dict[str, Value] = {
            "owners": tuple(code(owner) for owner in owners[:_MOST]),
            "first": code(owners[0]),
            "module": code(module.name),
        }
        made = facts.training.statement_of(module.name)
        tensors = tuple(one.tensor for one in unused)
        yield Finding("unused_parameters", values, tensors, (), made[1] if made else None)


def _is_missed(facts: Facts, layers: list[HeldRecord]) -> bool:
    """Whether layers were used, and are in no optimiser and did not change."""
    if all(one.tensor in facts.training.stepped for one in layers):
        return False
    reached = any(one.tensor in facts.training.reached for one in layers)
    if any(facts.training.changed(facts.tensors[one.tensor]) for one in layers if one.tensor in facts.training.reached):
        return False
    return reached or (
        len(layers) > _MOST and not facts.training.passes and any(one.tensor in facts.training.used for one in layers)
    )


def _missed(facts: Facts) -> list[HeldRecord]:
    """The parameters that passes reached, and that no optimiser holds and nothing changed; of no hidden layer."""
    registered = {one.tensor: one for module in facts.training.modules for one in module.held}
    return [
        one
        for tensor, one in registered.items()
        if tensor in facts.training.reached
        and tensor not in facts.training.stepped
        and facts.tensors[tensor].requires_grad
        and not facts.training.changed(facts.tensors[tensor])
    ]


def _is_empty(facts: Facts, tensor: Id) -> bool:
    record = facts.tensors[tensor]
    return record.requires_grad and record.grad is None and not record.grad_changes and tensor not in facts.training.reached


def _was_stepped(facts: Facts, optimizer: HolderRecord) -> bool:
    return any(event.kind == "step" and event.name == optimizer.name for event in facts.training.events)


def _owners(unused: Iterable[HeldRecord], used: Iterable[HeldRecord]) -> list[str]:
    """Paths of what is unused: of whole modules, where they have nothing that is used."""
    owners = {prefix for one in used for prefix in _prefixes(one.path)}
    return list(dict.fromkeys(next(prefix for prefix in _prefixes(one.path) if prefix not in owners) for one in unused))


def _prefixes(path: str) -> list[str]:
    """A path and those that it begins with, the shortest first."""
    parts = path.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _names(held: list[HeldRecord]) -> tuple[Value, ...]:
    return tuple(code(one.path) for one in held[:_MOST])


def _wrapped(facts: Facts, attribute: str, wrapper: str) -> tuple[Span | None, Edit | None]:
    """The statement `self.x = …` that made an attribute, and the edit that puts its value into `nn.ModuleList` or so."""
    for step in facts.trace.steps:
        if step.kind != "statement" or step.span is None or "self" not in facts.sources.line(step.span.cell, step.span.line):
            continue
        tokens = facts.sources.tokens(step.span) if step.span.end_line > step.span.line else facts.training.words(step.span)
        texts = [token.text for token in tokens[:5]]
        if texts[:4] != ["self", ".", attribute, "="] or len(texts) < 5:
            continue
        value = tokens[4:]
        prefix = _module_prefix(facts)
        if prefix is None or not _is_display(value, wrapper):
            return step.span, None
        whole = spanning(value[0].span, value[-1].span)
        replacement = f"{prefix}.{wrapper}({facts.sources.text(whole)})"
        return step.span, Edit(whole, replacement, "wrap", {"code": code(f"{prefix}.{wrapper}(…)")})
    return None, None


def _is_display(value: list[Token], wrapper: str) -> bool:
    """Whether a value can be given to the wrapper as it stands in the source."""
    brackets = {"ModuleList": ("[", "]"), "ModuleDict": ("{", "}")}.get(wrapper)
    if brackets is None:
        return all(token.text not in (",", "if", "lambda") for token in value) or value[-1].text == ")"
    depth = 0
    for index, token in enumerate(value):
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if depth == 0 and index < len(value) - 1:
            return False
    return (value[0].text, value[-1].text) == brackets


def _module_prefix(facts: Facts) -> str | None:
    """How the program calls `torch.nn`."""
    bound = facts.training.statement_of("nn")
    if bound is not None and "import" in facts.sources.text(bound[1]):
        return "nn"
    return "torch.nn" if facts.training.statement_of("torch") is not None else None


def _made_again(facts: Facts, optimizer: HolderRecord, missed: HeldRecord) -> Edit | None:
    """Make the optimiser again behind the statement that made the model anew."""
    name = missed.path.partition(".")[0]
    made, model = facts.training.statement_of(optimizer.name), facts.training.statement_of(name)
    if made is None or model is None or made[0] > model[0]:
        return None
    line = facts.sources.text(made[1])
    if not any(token.text == name for token in facts.training.words(made[1])):
        return None
    return edits.line_after(facts, model[1], line, "make_again", name=code(optimizer.name))


RULES = (hidden_layers, plain_attribute, stale_optimizer, unoptimized, unused_parameters)
