"""Calls and arguments, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "method_not_called": Message(
        "The method is not called",
        "{code} without parentheses is the method itself, not its result.",
    ),
    "method_held": Message(
        "The method was not called",
        "{name} was given {code} without parentheses: the method itself, not its result.",
    ),
    "size_not_called": Message(
        "`size` is a method",
        "{code} without parentheses is the method itself. `size(0)`, or `shape[0]`, is the first size, and "
        "`numel()` the number of elements; the shape is {shape}.",
    ),
    "size_as_number": Message(
        "A shape is not one number",
        "{code} needs one number, and the shape of {name} is {shape}. `shape[0]` is the first size, `numel()` the "
        "number of elements.",
    ),
    "not_callable": Message(
        "This is a value, not a method",
        "{callee} is of type {kind}, and {code} calls it. It is used without parentheses.",
    ),
    "value_called": Message(
        "This cannot be called",
        "{callee} is of type {kind}, and {code} calls it like a function. Write `*` to multiply, and square brackets "
        "to take an element.",
    ),
    "builtin_hidden": Message(
        "A variable hides a function of Python",
        "{callee} is a function of Python, but the program gave this name a value of type {kind} in line {line}. Call the "
        "variable something else.",
    ),
    "list_called": Message(
        "A list of layers is not a layer",
        "{callee} is a list, and {code} calls it. `nn.Sequential(…)` calls its layers in order, and its "
        "parameters belong to the model; those of a list do not.",
    ),
    "size_not_whole": Message(
        "A size is a whole number",
        "{code} got a value of type {kind}. `/` always gives a float: "
        "`//` divides to a whole number, and `int(…)` cuts off a fraction.",
    ),
}
