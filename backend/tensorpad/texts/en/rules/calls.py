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
    "class_called": Message(
        "This is the class, not an object of it",
        "{name} is the class {kind}, so {code} makes a new object and passes it the arguments. "
        "Make the object first, with parentheses: `model = Net()`.",
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
    "layer_as_function": Message(
        "A layer is made first, then called",
        "{code} makes a {kind} and takes the tensor as a setting. Make the layer, then call it with the tensor: {call}.",
    ),
    "layer_as_tensor": Message(
        "This is a layer, not its output",
        "{name} is of type {kind} that has not been called. Call it with a tensor, {call}, and compute with the result.",
    ),
    "misspelt_argument": Message(
        "No such argument: is it a typo?",
        "The function has no argument {name}. {guess} looks alike.",
    ),
    "unknown_argument": Message(
        "No such argument",
        "The function has no argument {name}. Check the spelling, and which function it belongs to.",
    ),
    "arguments_missing": Message(
        "An argument is missing",
        "{code} calls {function}, which needs {names} as well.",
    ),
    "too_many_arguments": Message(
        "There are too many arguments",
        "{code} passes {given} positional arguments, and {function} takes {takes} (`self` is not counted).",
    ),
    "size_not_whole": Message(
        "A size is a whole number",
        "{code} got a value of type {kind}. `/` always gives a float: "
        "`//` divides to a whole number, and `int(…)` cuts off a fraction.",
    ),
}
