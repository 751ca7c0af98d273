"""The private names of torch 2.13 that tracing rests on, in one place; a test pins them.

They are untyped on purpose: none of them has a public type.
"""

import contextlib
import sys
from typing import Any

import torch
import torch.autograd.graph
import torch.overrides

_sys: Any = sys
_torch: Any = torch
_C: Any = _torch._C
_overrides: Any = torch.overrides

DisableTorchFunction: Any = _C.DisableTorchFunction
"""Context: neither function modes nor `__torch_function__` of subclasses are called."""
DisableTorchDispatch: Any = _C._DisableTorchDispatch
"""Guard object: dispatch modes are off for as long as it lives."""
dispatch_modes: Any = _C._len_torch_dispatch_stack
"""How many dispatch modes are active."""
use_count: Any = _torch.Tensor._use_count
"""How many references there are to the C++ half of a tensor; if there are others than the Python half, that half is kept."""
tracing_state: Any = _C._get_tracing_state
"""Not None inside `torch.jit.trace`."""
is_wrapped: Any = _C._functorch.is_functorch_wrapped_tensor
"""Whether a tensor is only a wrapper that such a transform made."""
plain_dispatch: Any = _C._disabled_torch_dispatch_impl
"""`__torch_dispatch__` of a class that has none of its own."""
optimizer_hooks: dict[Any, Any] = _sys.modules["torch.optim.optimizer"]._global_optimizer_post_hooks
"""What is called after each step of any optimiser, by ids; torch keeps the one object."""
printing_options: dict[str, Any] = _torch._tensor_str.PRINT_OPTS.__dict__
"""What `torch.set_printoptions` changes; torch keeps the one object."""
function_modes: Any = _overrides._get_current_function_mode_stack
"""The active function modes, outermost first."""
push_function_mode: Any = _overrides._push_mode
pop_function_mode: Any = _overrides._pop_mode


def function_names() -> dict[Any, str]:
    """Every overridable function with a name for it.

    `torch.overrides.resolve_name` reads the same table, but goes through `warnings.catch_warnings` each time, after which
    Python forgets which warnings it has shown already.
    """
    return _overrides._get_overridable_functions()[1]


handle_torch_function_code: Any = torch.overrides.handle_torch_function.__code__
"""The frame between a library function written in Python and a mode."""
engine_modules: tuple[Any, ...] = (torch.autograd, torch.autograd.graph)
"""The modules that have a name for the engine's entry, `_engine_run_backward`."""
engine_callers: frozenset[str | None] = frozenset(
    module.__file__ for module in (_torch._tensor, _overrides, contextlib, *engine_modules)
)
"""The files of the functions between a call of `backward` or `grad` and the engine."""
calling_frame: Any = _sys._getframe
"""A frame of the call stack; 0 is the caller of this function."""
current_frames: Any = _sys._current_frames
"""The innermost frame of each thread, by its number."""
ENGINE = "_engine_run_backward"
COMPILER = "torch._dynamo.eval_frame"
"""The module of the compiler's entry and exit, `EVALUATION`; loaded with the first use of `torch._dynamo`."""
EVALUATION = "_maybe_set_eval_frame"
COMPILER_READERS = ("torch._dynamo.bytecode_transformation", "torch._dynamo.symbolic_convert")
"""The compiler's modules that have a name for the function `INSTRUCTIONS`, which returns a function's instructions."""
INSTRUCTIONS = "cleaned_instructions"
typed_storage_of: Any = _torch.Tensor.storage
hook_mixin: Any = _torch.autograd.function._HookMixin
"""The class whose static method REGISTER puts a hook on a backward function into the function's dictionary of hooks."""
REGISTER = "_register_hook"
dispatch_keys: Any = _C._dispatch_keys
"""The set of keys that decides which kernels a tensor's operations run: dense or not, real memory or not, wrapped or not."""
module_call_code: Any = _torch.nn.Module._wrapped_call_impl.__code__
"""The frame of every call of a module; its locals are the module and the call's arguments."""
function_apply_code: Any = _torch.autograd.Function.apply.__func__.__code__
"""The frame of every call of a program's own autograd function."""
schemas_of: Any = _C._jit_get_schemas_for_operator
"""Every overload of an operator with its parameters."""
COMPOSITE: Any = _C.DispatchKey.CompositeImplicitAutograd
"""The key of the kernels that are made of other operators."""
has_kernel: Any = _C._dispatch_has_kernel_for_dispatch_key
"""Whether an operator, by its name, has a kernel of its own under a key."""
