"""Messages of the rules about tensors where Python wants a number, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "item": Message(
        "`item()` is for one number",
        "{name} is {shape}, which is {count} elements. "
        "Choose one (`x[0]`), reduce them (`x.sum()`), or take them all with `tolist()`.",
    ),
    "tensors_as_numbers": Message(
        "The list holds tensors, not numbers",
        "{function} makes a tensor of Python's numbers. In {code} the list has {name} of shape {shape}, which is not one. "
        "`torch.stack` puts tensors of one shape together along a new dimension and keeps their graph; `torch.cat` "
        "joins them end to end.",
    ),
    "whole_number": Message(
        "A whole number is needed",
        "{code} needs an integer, and {name} is {dtype}. `int(…)` takes its whole part; "
        "make counts and sizes with an integer dtype.",
    ),
    "list_operand": Message(
        "A list is no tensor",
        "{code} pairs {name} with a Python list, and for a list `*` repeats and `+` joins. Make a tensor of the list.",
    ),
    "python_number": Message(
        "Several elements cannot become one Python number",
        "{code} needs one number, and {name} is {shape}. Choose or reduce first. Functions of `math` take single numbers; "
        "torch has its own, such as `torch.sqrt`, for whole tensors.",
    ),
    "compared_as_numbers": Message(
        "Python compares tensors as if they were numbers",
        "{code} lets Python compare tensors and asks for a yes or no, but the comparison gives one answer for each element, "
        "a tensor of shape {shape}. {cure}",
    ),
    "truth": Message(
        "Yes or no? A tensor of several elements has no single answer",
        "{code} makes Python ask whether {name}, of shape {shape}, is true. "
        "Say what you mean: `.any()`, `.all()`, "
        "or `&` and `|` with brackets instead of `and` and `or`, which also holds for `0 < x < 2`.",
    ),
    "truth_of_empty": Message(
        "An empty tensor is neither true nor false",
        "{code} makes Python ask whether {name}, of shape {shape}, is true. "
        "Ask for `x.numel() > 0` if you want to know whether there is anything in it.",
    ),
    "length": Message(
        "A scalar tensor has no length",
        "{name} has no dimensions: it is one number. `numel()` counts elements (here 1), `dim()` dimensions (here 0).",
    ),
    "iteration": Message(
        "A scalar tensor cannot be looped over",
        "{code} asks for the elements of {name}, which has no dimensions. `range(x.item())` counts up to it; "
        "`x.reshape(1)` makes it a list of one.",
    ),
}
