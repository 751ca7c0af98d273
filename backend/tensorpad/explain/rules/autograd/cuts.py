"""Programs that ran, with graphs that were cut off from the leaves that they came from."""

from collections.abc import Iterable, Iterator

from tensorpad.explain.evidence.facts import Facts, is_floating
from tensorpad.explain.program.flow import Cut
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.records import Id, TensorRecord

_MOST = 4
"""Names in one sentence."""


def stopped(facts: Facts) -> Iterator[Finding]:
    """Leaves that a loss depends on, but through `detach()`, indices or numbers, so that no pass brought them a gradient."""
    roots = [root.tensor for backward in facts.training.passes for root in backward.roots if root.tensor is not None]
    empty = _empty(facts)
    if not empty:
        return
    visited: set[Id] = set()
    for cut in _cuts(facts, [root for root in roots if not facts.tensors[root].is_leaf]):
        # None of them was behind an earlier cut.
        behind = empty.intersection(facts.flow.behind(cut.inputs, visited))
        if behind:
            leaves = [tensor for tensor in facts.tensors if tensor in behind]
            values: dict[str, Value] = {
                "code": code(cut.source),
                "reason": Phrase(cut.kind, {"code": code(cut.source)}),
                "names": tuple(_leaf(facts, leaf) for leaf in leaves[:_MOST]),
            }
            yield Finding("stopped", values, tuple(leaves), (), cut.operation.span, _fix(facts, cut))
            return


def leaf_root(facts: Facts) -> Iterator[Finding]:
    """A pass from a computed tensor that was made a leaf by `requires_grad_()`: it ended where it began."""
    empty = _empty(facts)
    visited: set[Id] = set()
    for backward in facts.training.passes if empty else ():
        root = _leaf_root(facts, backward)
        if root is None:
            continue
        behind = empty.intersection(facts.flow.behind([root], visited))
        if not behind:
            continue
        leaves = [tensor for tensor in facts.tensors if tensor in behind]
        followed: set[Id] = set()
        cuts = (cut for cut in _cuts(facts, [root]) if not behind.isdisjoint(list(facts.flow.behind(cut.inputs, followed))))
        cut = next(cuts, None)
        reason = Phrase(cut.kind, {"code": code(cut.source)}) if cut is not None else ""
        values: dict[str, Value] = {
            "name": facts.label(root, 1),
            "backward": code(facts.sources.text(backward.span) or "backward()"),
            "names": tuple(_leaf(facts, leaf) for leaf in leaves[:_MOST]),
            "reason": reason,
        }
        yield Finding("leaf_root", values, (root, *leaves), (), backward.span)
        return


def written_detached(facts: Facts) -> Iterator[Finding]:
    """A computed tensor that was written through `detach()`: autograd counts the write."""
    for operation, written in facts.writes.own:
        maker = facts.makers.get(written)
        if maker is None or maker.name != "torch.Tensor.detach" or not maker.inputs or maker.span == operation.span:
            continue
        source = facts.tensors[maker.inputs[0]]
        version = next((write.after for write in operation.writes if write.tensor == written), None)
        if not source.requires_grad or source.is_leaf or not version:
            continue
        values: dict[str, Value] = {
            "code": code(facts.statement(operation)),
            "cut": facts.source(maker),
            "name": facts.label(source.id, 1),
            "version": version,
        }
        yield Finding("written_detached", values, (written, source.id), (), operation.span)
        return


def written_data(facts: Facts) -> Iterator[Finding]:
    """A tensor that was written through `.data`: autograd does not count that, and may compute with the new values."""
    for operation, written in facts.writes.own:
        maker = facts.makers.get(written)
        if maker is None or maker.name != "torch.Tensor.data" or not maker.inputs:
            continue
        source = facts.tensors[maker.inputs[0]]
        wrong = facts.flow.needing(source.id, operation)
        if not source.requires_grad or (wrong is None and source.is_leaf):
            continue
        values: dict[str, Value] = {
            "code": code(facts.statement(operation)),
            "name": facts.label(source.id, 1),
            "version": source.version or 0,
        }
        if wrong is None:
            yield Finding("written_data", values, (written, source.id), (), operation.span)
        else:
            values |= {"needing": facts.source(wrong), "line": facts.line(wrong.span)}
            yield Finding("wrong_gradient", values, (written, source.id, *wrong.outputs[:1]), (), operation.span)
        return


def _empty(facts: Facts) -> set[Id]:
    """The leaves that require a gradient and that no pass brought one, if all passes are on record and went to all leaves.

    Where there are optimisers, what is in none of them, nor in a module that they train, is meant to stay as it is: the
    target of a network, a teacher, or an input.
    """
    passes = facts.trace.backwards
    if not passes or not facts.training.is_whole or any(backward.inputs is not None for backward in passes):
        return set()
    trained = _trained(facts) if facts.training.optimizers else None
    return {
        tensor.id
        for tensor in facts.trace.tensors
        if _has_no_gradient(tensor) and tensor.id not in facts.training.reached and (trained is None or tensor.id in trained)
    }


def _trained(facts: Facts) -> set[Id]:
    """What optimisers hold, and what else is in the modules that they hold parameters of."""
    trained = set(facts.training.stepped)
    for module in facts.training.modules:
        held = {one.tensor for one in module.held}
        if not held.isdisjoint(facts.training.stepped):
            trained |= held
    return trained


def _has_no_gradient(tensor: TensorRecord) -> bool:
    return tensor.is_leaf and tensor.requires_grad and tensor.grad is None and bool(tensor.names) and not tensor.grad_changes


def _leaf(facts: Facts, leaf: Id) -> Value:
    """A leaf by its path in a module, if it has one: `q` may be the last round's name for it in a loop."""
    path = facts.training.paths.get(leaf)
    return facts.label(leaf, 1) if path is None else code(path)


def _leaf_root(facts: Facts, backward: BackwardRecord) -> Id | None:
    """The root of a pass that is a leaf, though it was computed."""
    if len(backward.roots) != 1 or len(backward.runs) != 1:
        return None
    root = backward.roots[0].tensor
    if root is None or not facts.tensors[root].is_leaf or not is_floating(facts.tensors[root].layout.dtype):
        return None
    return root if facts.flow.origins(root) else None


def _cuts(facts: Facts, roots: Iterable[Id]) -> list[Cut]:
    """The operations behind roots that hand on no graph."""
    return [cut for tensor in facts.flow.behind(roots, set()) for cut in facts.flow.cuts_to(tensor)]


def _fix(facts: Facts, cut: Cut) -> Edit | None:
    """`torch.stack` where `torch.tensor` was given a list of scalars."""
    operation, tokens = cut.operation, facts.sources.tokens(cut.operation.span)
    texts = [token.text for token in tokens]
    shapes = operation.input_shapes
    if operation.name != "torch.tensor" or texts[:5] != ["torch", ".", "tensor", "(", "["] or texts[-2:] != ["]", ")"]:
        return None
    names = texts[5:-2]
    plain = all(token.is_name for token in tokens[5:-2:2]) and set(names[1::2]) <= {","}
    if not plain or len(names[::2]) != len(shapes) or any(shapes):
        return None
    return Edit(tokens[2].span, "stack", "stack_instead", {"code": code("torch.stack")})


RULES = (leaf_root, stopped, written_detached, written_data)
