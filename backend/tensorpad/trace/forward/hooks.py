"""The program's own hooks on gradients: where they are, and what each of them did to a gradient.

NOTE [Probes between hooks]
1. torch calls the hooks in a dictionary in order, each with what the one before it made of the gradient. The calls come
   from the engine itself, so a wrapper around a hook would be seen: in tracebacks, in the frame that `warnings` names.
2. Instead, for the length of a pass, probes of ours stand in the dictionary before, between and after the program's hooks.
   They look at the gradient and change nothing. The program's hooks keep their keys and their order, and whatever the
   program adds or removes meanwhile stays added or removed.
3. The dictionary of a tensor's hooks is found when a hook is registered, which the mode sees; it is kept by a weak
   reference, so the hooks live as long as they would. That of a function is found when we register our own there.
"""

import weakref
from collections.abc import Callable
from typing import Any, Literal

import torch

from tensorpad.protocol.records import Span
from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.memory.functions import Mark, mark_of
from tensorpad.trace.memory.gradients import Keeper, Kept
from tensorpad.trace.memory.tensors import Sightings

Kind = Literal["tensor", "prehook", "posthook", "accumulated"]
_tensor: Any = torch.Tensor
REGISTRATIONS: dict[Any, Kind] = {
    _tensor.register_hook: "tensor",
    _tensor.register_post_accumulate_grad_hook: "accumulated",
}
"""The functions that register hooks on tensors."""


class Fired:
    """One call of a hook of the program's."""

    __slots__ = ("after", "before", "kind", "name", "raised", "slot", "span")

    def __init__(self, kind: Kind, name: str, span: Span | None, slot: int | None) -> None:
        self.kind: Kind = kind
        self.name = name
        self.span = span
        self.slot = slot
        self.before: tuple[Kept | None, ...] = ()
        self.after: tuple[Kept | None, ...] = ()
        self.raised = False


class Hooked:
    """Hooks on one tensor: a weak reference to their dictionary, and to which of its function's outputs they belong."""

    __slots__ = ("kind", "reference", "slot")

    def __init__(self, reference: "weakref.ref[dict[Any, Any]]", kind: Kind, slot: int) -> None:
        self.reference = reference
        self.kind: Kind = kind
        self.slot = slot


class Hooks:
    """The hooks on tensors in a run."""

    def __init__(self, sightings: Sightings) -> None:
        self._sightings = sightings
        self._on_leaves: dict[str, list[Hooked]] = {}

    def registered(self, function: Any, tensor: Any, handle: Any) -> None:
        """Take in that the program registered a hook: `function` gave `handle`. Call it with function modes off."""
        reference = handle.hooks_dict_ref
        if tensor.grad_fn is None:
            place = self._on_leaves.setdefault(self._sightings.of(tensor).id, [])
        else:
            mark = mark_of(tensor.grad_fn, self._sightings)
            place = mark.hooks = mark.hooks or []
        if not any(hooked.reference is reference for hooked in place):
            place.append(Hooked(reference, REGISTRATIONS[function], tensor.output_nr))

    def at(self, mark: Mark, leaf: bool) -> list[Hooked]:
        """The hooks on the outputs of a function."""
        if leaf:
            return self._on_leaves.get(mark.tensor or "", [])
        return mark.hooks or []


class Key:
    """A key of ours in a dictionary of hooks."""


class Probes:
    """The probes of one pass."""

    def __init__(self, keeper: Keeper, active: Callable[[], bool], define: Callable[[Any], tuple[str, Span | None]]) -> None:
        self._keeper = keeper
        self._active = active
        self._define = define
        self._placed: dict[int, tuple[dict[Any, Any], list[Key]]] = {}
        self._open: Fired | None = None
        self._fired: list[Fired] | None = None

    def place(self, hooks: dict[Any, Any], kind: Kind, fired: list[Fired], slot: int | None = None) -> None:
        """Put probes around the program's hooks in a dictionary; what they see is added to `fired`."""
        own = [(key, hook) for key, hook in hooks.items() if isinstance(key, Key)]
        theirs = [(key, hook) for key, hook in hooks.items() if not isinstance(key, Key)]
        if not theirs or id(hooks) in self._placed:
            return
        keys = [Key() for _ in range(len(theirs) + 1)]
        self._placed[id(hooks)] = (hooks, keys)
        calls = [Fired(kind, *self._define(hook), slot) for _, hook in theirs]
        hooks.clear()
        for key, call, (their_key, hook) in zip(keys, calls, theirs, strict=False):
            hooks[key] = self._probe(kind, call, fired)
            hooks[their_key] = hook
        hooks[keys[-1]] = self._probe(kind, None, fired)
        hooks.update(own)

    def remove(self) -> list[Fired] | None:
        """Take all probes away. A hook that did not come back must have raised; gives the list that it stands in."""
        for hooks, keys in self._placed.values():
            for key in keys:
                hooks.pop(key, None)
        self._placed.clear()
        if self._open is None:
            return None
        self._open.raised = True
        self._open = None
        return self._fired

    def _probe(self, kind: Kind, following: Fired | None, fired: list[Fired]) -> Callable[..., None]:
        def probe(argument: Any, *_: Any) -> None:
            if self._active():
                self._note(kind, argument, following, fired)

        return probe

    def _note(self, kind: Kind, argument: Any, following: Fired | None, fired: list[Fired]) -> None:
        try:
            if kind == "accumulated":
                argument = (_grad(argument),)
            elif kind == "tensor":
                argument = (argument,)
            seen = self._keeper.keep_all(argument)
        except Exception:  # the program must not fail because its trace does
            seen = ()
        if self._open is not None:
            self._open.after = seen
        self._open = following and Fired(following.kind, following.name, following.span, following.slot)
        if self._open is not None:
            self._open.before = seen
            self._fired = fired
            fired.append(self._open)


def _grad(tensor: Any) -> Any:
    with DisableTorchFunction():
        return tensor.grad
