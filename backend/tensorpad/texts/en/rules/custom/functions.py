"""Custom autograd functions, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "function_gradient_count": Message(
        "`backward` must return one gradient for each argument of `forward`",
        "The `backward` of {class} ({backward}) returned {given}, and `forward` takes {expected} after `ctx`: {arguments}. "
        "Return as many, in this order, with `None` for each that needs no gradient.",
    ),
    "function_gradient_shape": Message(
        "`backward` returned a gradient of the wrong shape",
        "The `backward` of {class} ({backward}) returned a gradient of shape {given} for {argument}, whose shape is "
        "{wanted}. "
        "The gradient of an input has the input's shape. Where `forward` stretched it, sum over those dimensions: "
        "`g.sum_to_size(…)`.",
    ),
    "function_gradient_type": Message(
        "`backward` must return tensors",
        "The `backward` of {class} ({backward}) returned a {type}. A gradient is a tensor of the input's shape, "
        "or `None` where none is needed.",
    ),
    "function_dirty_leaf": Message(
        "A custom function wrote to a leaf",
        "`mark_dirty` says that `forward` has changed its input, and {name} is a leaf that requires a gradient: its "
        "graph would "
        "have no beginning. Give the function a computed tensor, or let it return a new one.",
    ),
    "function_dirty_lost": Message(
        "What is marked as dirty must be returned",
        "`mark_dirty` says that `forward` has changed an input in place. The graph goes on from the changed tensor, so "
        "`forward` "
        "must return that very tensor. Without a write in place, leave `mark_dirty` out.",
    ),
    "function_once_differentiable": Message(
        "This function can be differentiated only once",
        "The `backward` of {class} ({backward}) has the decorator `@once_differentiable`: what it computes is not "
        "recorded, so there "
        "is no second derivative. Remove the decorator if `backward` is made of PyTorch's operations on tensors.",
    ),
    "function_returned_nothing": Message(
        "`backward` of {class} returns nothing",
        "The `backward` of {class} ({backward}) has no `return`, so no gradient got past it, and `.grad` of what lies "
        "before it is "
        "None. Return the gradient of each argument of `forward`.",
    ),
}
