"""The private parts of torch that tracing rests on are there and do what is expected of them."""

import sys
from typing import Any

import torch
from tensorpad.trace.base import internals
from tensorpad.trace.forward.torch_functions import public_name
from torch.overrides import TorchFunctionMode


def test_modes_can_be_counted_pushed_and_popped() -> None:
    mode = TorchFunctionMode()
    internals.push_function_mode(mode)
    assert internals.function_modes() == [mode]
    assert internals.pop_function_mode() is mode
    assert internals.function_modes() == []
    assert internals.dispatch_modes() == 0
    assert internals.tracing_state() is None


def test_functions_have_their_public_names() -> None:
    tensor: Any = torch.Tensor
    functions: list[Any] = [
        torch.add,
        tensor.add,
        tensor.T.__get__,
        torch.einsum,
        vars(torch.linalg)["inv"],
        torch.nn.functional.relu,
    ]
    assert [public_name(function) for function in functions] == [
        "torch.add",
        "torch.Tensor.add",
        "torch.Tensor.T",
        "torch.einsum",
        "torch.linalg.inv",
        "torch.nn.functional.relu",
    ]


def test_metadata_of_a_function_outlives_its_python_object() -> None:
    y: Any = torch.ones(1, requires_grad=True) * 2
    y.grad_fn.metadata["key"] = "value"
    assert y.grad_fn.metadata == {"key": "value"}


def test_a_hook_of_all_optimisers_is_called_after_a_step_and_counts_up_no_ids() -> None:
    seen: list[Any] = []
    optimiser: Any = torch.optim.SGD([torch.ones(1, requires_grad=True)])
    before = optimiser.register_step_post_hook(print).id
    optimiser._optimizer_step_post_hooks.clear()

    def stepped(*arguments: object) -> None:
        seen.append(arguments[0])

    internals.optimizer_hooks["own"] = stepped
    try:
        optimiser.step()
    finally:
        del internals.optimizer_hooks["own"]
    assert seen == [optimiser]
    assert optimiser.register_step_post_hook(print).id == before + 1


def test_the_library_asks_for_overrides_in_the_frame_that_is_known() -> None:
    assert internals.handle_torch_function_code.co_name == "handle_torch_function"


def test_hooks_on_functions_go_through_one_method_that_gets_and_gives_their_dictionary() -> None:
    y: Any = torch.ones(1, requires_grad=True) * 2
    original: Any = internals.hook_mixin.__dict__[internals.REGISTER]

    def nothing(*_: Any) -> None:
        pass

    seen: list[Any] = []

    def register(hooks: Any, hook: Any) -> Any:
        seen.append(hooks)
        return original.__func__(hooks, hook)

    setattr(internals.hook_mixin, internals.REGISTER, staticmethod(register))
    try:
        first = y.grad_fn.register_prehook(nothing)
        y.grad_fn.register_prehook(nothing)
        y.grad_fn.register_hook(nothing)
    finally:
        setattr(internals.hook_mixin, internals.REGISTER, original)
    assert [hooks is None for hooks in seen] == [True, False, True]
    assert seen[1] is first.hooks_dict_ref()


def test_the_python_half_of_a_tensor_is_held_where_the_other_half_is_held_by_more() -> None:
    tensor = torch.ones(2, requires_grad=True) * 2
    assert internals.use_count(tensor) == 1
    alone = sys.getrefcount(tensor)
    product = tensor * tensor
    assert internals.use_count(tensor) > 1
    assert sys.getrefcount(tensor) == alone + 1
    assert product.grad_fn is not None


def test_keys_of_dispatch_tell_plain_tensors_from_others() -> None:
    def keys(tensor: Any) -> int:
        return internals.dispatch_keys(tensor).raw_repr()

    plain = torch.ones(2)
    assert keys(plain) == keys(torch.zeros(3, 4, dtype=torch.int64))
    others = [plain.to_sparse(), torch.empty(2, device="meta"), torch.ones(2, dtype=torch.complex64).conj()]
    assert all(keys(other) != keys(plain) for other in others)
