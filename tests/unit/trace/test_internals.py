"""The private parts of torch that tracing rests on are there and do what is expected of them."""

from typing import Any

import torch
from tensorpad.trace import internals
from tensorpad.trace.operations import public_name
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


def test_the_library_asks_for_overrides_in_the_frame_that_is_known() -> None:
    assert internals.handle_torch_function_code.co_name == "handle_torch_function"
