"""Arguments, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "class_called": Message(
        "This is the class, not an object of it",
        "{name} is the class {kind}, so {code} makes a new object and passes it the arguments. "
        "Make the object first, with parentheses: `model = Net()`.",
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
}
