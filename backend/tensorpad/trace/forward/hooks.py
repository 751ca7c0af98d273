"""The program's own hooks on gradients: on which tensors they are, and what each of them did to a gradient."""

import weakref
from collections.abc import Callable
from typing import Any

import torch

from tensorpad.protocol.backwards import HookKind
from tensorpad.protocol.records import Span
from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.memory.grad_fns import GradFns
from tensorpad.trace.memory.gradients import Keeper, Kept
from tensorpad.trace.memory.tensors import Tensors
from tensorpad.trace.memory.tracked import NodeInfo

_tensor: Any = torch.Tensor
REGISTRATIONS: dict[Any, HookKind] = {
    _tensor.register_hook: "tensor",
    _tensor.register_post_accumulate_grad_hook: "accumulated",
}
"""The functions that register hooks on tensors."""


class Fired:
    """One call of one of the program's hooks: the gradients before and after it."""

    __slots__ = ("after", "before", "kind", "name", "raised", "slot", "span")

    def __init__(self, kind: HookKind, name: str, span: Span | None, slot: int | None) -> None:
        self.kind: HookKind = kind
        self.name = name
        self.span = span
        self.slot = slot
        self.before: tuple[Kept | None, ...] = ()
        self.after: tuple[Kept | None, ...] = ()
        self.raised = False


class Hooked:
    """Hooks on one tensor: a weak reference to their dictionary, and to which of its function's outputs they belong."""

    __slots__ = ("kind", "reference", "slot")

    def __init__(self, reference: "weakref.ref[dict[Any, Any]]", kind: HookKind, slot: int) -> None:
        self.reference = reference
        self.kind: HookKind = kind
        self.slot = slot


class Hooks:
    """The hooks on tensors in a run.

    The dictionary of a tensor's hooks is found when a hook is registered, which the mode sees; it is kept by a weak
    reference, so the hooks live as long as they would. That of a function is found when we register our own there.
    """

    def __init__(self, tensors: Tensors, grad_fns: GradFns) -> None:
        self._tensors = tensors
        self._grad_fns = grad_fns
        self._on_leaves: dict[str, list[Hooked]] = {}

    def registered(self, function: Any, tensor: Any, handle: Any) -> None:
        """Note that the program registered a hook: `function` returned `handle`. Call it with function modes off."""
        reference = handle.hooks_dict_ref
        if tensor.grad_fn is None:
            hooks = self._on_leaves.setdefault(self._tensors.of(tensor).id, [])
        else:
            node = self._grad_fns.of(tensor.grad_fn)
            hooks = node.hooks = node.hooks or []
        if not any(hooked.reference is reference for hooked in hooks):
            hooks.append(Hooked(reference, REGISTRATIONS[function], tensor.output_nr))

    def on(self, node: NodeInfo, leaf: bool) -> list[Hooked]:
        """The hooks on the outputs of a backward function."""
        if leaf:
            return self._on_leaves.get(node.tensor or "", [])
        return node.hooks or []


class Key:
    """One of our own keys in a dictionary of hooks."""


class Probes:
    """The probes of one pass.

    NOTE [Probes between hooks]
    1. torch calls the hooks in a dictionary in order, each with what the one before it made of the gradient. The calls come
       from the engine itself, so a wrapper around a hook would be seen: in tracebacks, in the frame that `warnings` names.
    2. Instead, for the length of a pass, probes of ours are in the dictionary before, between and after the program's hooks:
       {hook, hook} becomes {probe, hook, probe, hook, probe}. They read the gradient and change nothing. The program's hooks
       keep their keys and their order, and whatever the program adds or removes meanwhile stays added or removed.
    """

    def __init__(self, keeper: Keeper, active: Callable[[], bool], define: Callable[[Any], tuple[str, Span | None]]) -> None:
        self._keeper = keeper
        self._active = active
        self._define = define
        self._probed: dict[int, tuple[dict[Any, Any], list[Key]]] = {}
        self._open: Fired | None = None
        self._fired: list[Fired] | None = None

    def insert(self, hooks: dict[Any, Any], kind: HookKind, fired: list[Fired], slot: int | None = None) -> None:
        """Put probes around the program's hooks in a dictionary; what they see is added to `fired`."""
        own = [(key, hook) for key, hook in hooks.items() if isinstance(key, Key)]
        theirs = [(key, hook) for key, hook in hooks.items() if not isinstance(key, Key)]
        if not theirs or id(hooks) in self._probed:
            return
        keys = [Key() for _ in range(len(theirs) + 1)]
        self._probed[id(hooks)] = (hooks, keys)
        calls = [Fired(kind, *self._define(hook), slot) for _, hook in theirs]
        hooks.clear()
        for key, call, (their_key, hook) in zip(keys, calls, theirs, strict=False):
            hooks[key] = self._probe(kind, call, fired)
            hooks[their_key] = hook
        hooks[keys[-1]] = self._probe(kind, None, fired)
        hooks.update(own)

    def remove(self) -> list[Fired] | None:
        """Remove all probes. A hook that did not return must have raised; returns the list that has its call."""
        for hooks, keys in self._probed.values():
            for key in keys:
                hooks.pop(key, None)
        self._probed.clear()
        if self._open is None:
            return None
        self._open.raised = True
        self._open = None
        return self._fired

    def _probe(self, kind: HookKind, following: Fired | None, fired: list[Fired]) -> Callable[..., None]:
        def probe(argument: Any, *_: Any) -> None:
            if self._active():
                self._note(kind, argument, following, fired)

        return probe

    def _note(self, kind: HookKind, argument: Any, following: Fired | None, fired: list[Fired]) -> None:
        try:
            if kind == "accumulated":
                argument = (_grad(argument),)
            elif kind == "tensor":
                argument = (argument,)
            kept = self._keeper.keep_all(argument)
        except Exception:  # the program must not fail because its trace does
            kept = ()
        if self._open is not None:
            self._open.after = kept
        self._open = following and Fired(following.kind, following.name, following.span, following.slot)
        if self._open is not None:
            self._open.before = kept
            self._fired = fired
            fired.append(self._open)


def _grad(tensor: Any) -> Any:
    with DisableTorchFunction():
        return tensor.grad
