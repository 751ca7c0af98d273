"""Writes in place that autograd forbids, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "leaf_in_place": Message(
        "A leaf that requires a gradient cannot be written in place",
        "{name} is where gradients end. Writing over it would leave its graph without a beginning. "
        "To update a parameter, write under `torch.no_grad()`; to compute with it, make a new tensor.",
    ),
    "leaf_view_in_place": Message(
        "A part of a leaf cannot be written in place",
        "{code} writes into the memory of {name}, a leaf that requires a gradient. "
        "To set its values, write under `torch.no_grad()`; to compute with it, `clone()` first.",
    ),
    "one_of_several_views": Message(
        "This view cannot be written in place",
        "{origin} Autograd cannot follow a write into one of several views. Make a new tensor instead, "
        "or write through an index of {base}, which gives one view at a time.",
    ),
    "custom_view_in_place": Message(
        "The result of {function} cannot be written in place",
        "{function} ({where}) returned {name} as a view of its input, or as the input itself. "
        "A write in place would bypass its `backward`. Make a new tensor instead, or let `forward` return a `clone()`.",
    ),
    "view_from_no_grad": Message(
        "This view was made without gradients and is written with them",
        "{name} ({where}) is a view of {base} that was made under `torch.no_grad()`, and {code} writes to it while autograd "
        "records. Whether the write is to be recorded is unclear: make the view and write to it both inside of "
        "`torch.no_grad()`, or both outside.",
    ),
    "overlapping_write": Message(
        "The write would overwrite what it still has to read",
        "{name} and {read} share memory, and not element by element: each write could change an element that is read later. "
        "Read from a copy: `.clone()`.",
    ),
    "out_with_gradient": Message(
        "`out=` cannot be differentiated",
        "{name} requires a gradient, but with `out=` {function} writes into memory that has no place in a graph. "
        "Assign the result instead.",
    ),
    "resized": Message(
        "{name} cannot be resized in place",
        "{reason} Make a new tensor of the size that you want, by `torch.cat`, an index or `reshape`.",
    ),
    "inference_in_place": Message(
        "A tensor from inference mode cannot be written outside of it",
        "{name} was made under `torch.inference_mode()` and has no version counter, so {code} cannot be counted. "
        "Write to a `clone()`, or use `torch.no_grad()` there.",
    ),
    "stretched_in_place": Message(
        "Several elements are one and the same",
        "{name} is {shape} with strides {stride}: a stride of 0 shows one number many times. "
        "A write would hit the same memory repeatedly. `clone()` gives each element memory of its own.",
    ),
}
