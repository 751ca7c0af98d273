"""The program's own hooks on gradients, as it registers them: on which tensors they are."""

import weakref
from typing import Any

import torch

from tensorpad.protocol.backwards import HookKind
from tensorpad.trace.memory.grad_fns import GradFns
from tensorpad.trace.memory.tensors import Tensors
from tensorpad.trace.memory.tracked import FunctionInfo

_tensor: Any = torch.Tensor
REGISTRATIONS: dict[Any, HookKind] = {
    _tensor.register_hook: "tensor",
    _tensor.register_post_accumulate_grad_hook: "accumulated",
}
"""The functions that register hooks on tensors."""


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
            hooks = self._grad_fns.hooks_of(tensor.grad_fn)
        if not any(hooked.reference is reference for hooked in hooks):
            hooks.append(Hooked(reference, REGISTRATIONS[function], tensor.output_nr))

    def on(self, info: FunctionInfo, leaf: bool) -> list[Hooked]:
        """The hooks on the outputs of a backward function."""
        if leaf:
            return self._on_leaves.get(info.tensor or "", [])
        return info.hooks or []
