"""What `torch.vmap` cannot map, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "vmap_control_flow": Message(
        "`vmap` cannot decide by a value",
        "`vmap` runs the function once for the whole batch, so {code} ({line}) would be true for some of it and false "
        "for the rest. "
        "Compute both and choose: `torch.where(condition, a, b)`; for the larger one `torch.maximum`.",
    ),
    "vmap_number": Message(
        "`vmap` cannot take a number out of a tensor",
        "{code} ({line}) wants Python values, but under `vmap` this tensor stands for a whole batch and has none of "
        "its own. "
        "Stay with tensors, and call `item()`, `float()`, `tolist()` or `numpy()` on the result, outside of `vmap`.",
    ),
    "vmap_random": Message(
        "`vmap` must be told what random numbers to take",
        '{code} draws random numbers in a mapped function. `randomness="different"` draws anew for each part of the '
        "batch, "
        '`randomness="same"` once for all.',
    ),
    "vmap_write": Message(
        "A mapped value does not fit into a plain tensor",
        "{code} writes {value}, which stands for a whole batch, to {name}, which has room for one. "
        "Make it from a mapped tensor, as in `v.new_zeros(3)` or `torch.zeros_like(v)`, or build the result by "
        "`torch.stack`.",
    ),
    "vmap_sizes": Message(
        "The mapped dimensions differ in size",
        "`vmap` takes one part of each input at a time, and they have {sizes} parts. Give all the same number, "
        "or exempt an input with `None` in `in_dims`.",
    ),
    "vmap_dims_structure": Message(
        "{argument} does not fit",
        "{argument} is one number for all, or a tuple with one entry for each argument or result: a dimension, or `None`.",
    ),
    "vmap_dim_range": Message(
        "An input does not have the dimension to map",
        "`vmap` was to map dimension {dim} of an input that has {dims}. {advice}",
    ),
    "vmap_nothing": Message(
        "There is nothing to map",
        "`vmap` needs at least one tensor whose parts it gives to the function. In `in_dims`, `None` exempts an input; "
        "at least one must have a dimension.",
    ),
    "vmap_no_tensor": Message(
        "`vmap` maps tensors only",
        "An input is a {type}, which has no parts. Exempt it with `None` at its place in `in_dims`, as in "
        "`in_dims=(0, None)`.",
    ),
    "vmap_result": Message(
        "A mapped function must return tensors",
        "It returned a {type}. `vmap` stacks the results of all parts, so each must be a tensor. "
        "What does not depend on the input can be returned as it is with `out_dims=None`.",
    ),
    "vmap_no_result": Message(
        "The mapped function returns nothing",
        "`vmap` stacks what the function returns for each part, and it returned `None`. Is a `return` missing?",
    ),
    "vmap_dynamic": Message(
        "Under `vmap`, sizes cannot depend on values",
        "How many elements {code} gives depends on the values, and would differ within the batch. "
        "Keep the size: `torch.where(mask, x, 0)` in place of `x[mask]`, a product with a mask, or `topk`.",
    ),
}
