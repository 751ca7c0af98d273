"""Views and reshapes, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "view_of_strided": Message(
        "`view` cannot read these elements in the new order",
        "A view never moves elements. {name} has shape {shape} and strides {stride}; "
        "to be read row by row in one run it would need the strides {contiguous}. "
        "It came from an operation such as `t`, `permute` or slicing, which only changed the strides. "
        "`reshape` copies the elements where it must; `.contiguous().view(…)` says the same in two words.",
    ),
    "reshape_sizes": Message(
        "The new shape holds another number of elements",
        "{name} is {shape} and is to become {wanted}. "
        "{reason} A new shape may arrange elements differently, but must hold all of them. "
        "One size can be `-1`: torch works that one out.",
    ),
    "reshape_inferred": Message(
        "Only one size can be left open",
        "`-1` stands for the size that follows from the others. With two of them there is more than one answer. "
        "Write out all sizes but one.",
    ),
    "expand": Message(
        "Only a dimension of size 1 can be expanded",
        "{name} has {size} elements in a dimension that is to have {wanted}. "
        "`expand` shows one element many times without copying, so it works only from size 1:\n{figure}\n"
        "`repeat` copies several elements over and over.",
    ),
    "expand_dimensions": Message(
        "`expand` cannot take dimensions away",
        "{name} is {shape}, so `expand` needs at least {dims} sizes and was given {given}. New dimensions go in front; "
        "`-1` keeps a size as it is.",
    ),
}
