"""Numbers and lists instead of tensors, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "item_before_backward": Message(
        "`item()` left the graph behind",
        "{name} is a Python {kind}: `item()` in line {line} took the number out of the tensor, and with it "
        "nothing of the computation graph. Remove `.item()` there, and use it only where a number is printed "
        "or stored.",
    ),
    "number_backward": Message(
        "A Python number has no graph",
        "{name} is of type {kind}, which has no {attribute}. Gradients flow through tensors only: compute it from "
        "tensors with torch, without `item()`, `float()` or `numpy()` on the way. (A new tensor made of the "
        "number has no graph either.)",
    ),
    "list_backward": Message(
        "A {kind} has no gradient",
        "{name} is of type {kind}, which has no {attribute}. A function that returns the loss with "
        "other values is unpacked: `loss, out = step()`. Several losses are added up first: `sum(losses)`, or "
        "`torch.stack(losses).mean()`.",
    ),
    "number_for_tensor": Message(
        "This function takes a tensor",
        "{code} passes a Python {kind} to {function}. Make a tensor of it, or use `math` for a single number.",
    ),
    "other_for_tensor": Message(
        "This function takes a tensor",
        '{code} passes a {kind} to {function}. Pass the tensor itself; of a dictionary, one of its values: `batch["x"]`.',
    ),
    "array_for_tensor": Message(
        "torch takes tensors, not arrays",
        "{code} passes a NumPy array to {function}. `torch.from_numpy` makes a tensor that shares its memory; the "
        "layers of torch need `.float()` as well.",
    ),
    "list_for_tensor": Message(
        "This function takes a tensor, not a list",
        "{code} passes a {kind} to {function}. `torch.tensor(…)` makes a tensor of numbers, `torch.stack(…)` of "
        "tensors of one shape.",
    ),
    "tensors_in_list": Message(
        "A list of tensors is not one tensor",
        "{name} is a list of tensors, and {function} takes one. `torch.stack` puts tensors of one shape into a "
        "new tensor, and keeps their graph.",
    ),
    "tensors_not_in_list": Message(
        "The tensors belong into one list",
        "{function} takes a list (or tuple) of tensors as its first argument. {code} passes a tensor.",
    ),
    "tensor_format": Message(
        "A format is for one number",
        "{name} is {shape}, and {format} can only be applied to one number. Format an element or a mean "
        "(`x.mean().item()`), or print the tensor as it is; `torch.set_printoptions(precision=4)` sets its digits.",
    ),
    "number_indexed": Message(
        "A Python number has no elements",
        "{name} is of type {kind}, and {code} asks for an element of it.",
    ),
}
