"""What functions and layers return, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "named_tuple": Message(
        "{function} gives several tensors",
        "{name} is a named tuple {fields}, not one tensor. Take the one that you need by its name, or unpack them.",
    ),
    "module_tuple": Message(
        "{kind} gives several things",
        "{code} returns {fields}. Take the output out of it first: `output, … = …`, or `[0]`.",
    ),
    "no_return": Message(
        "The function returns nothing",
        "{function} (line {line}) has no `return`, so a call of it gives `None`.",
    ),
    "shape_unpacked": Message(
        "The shape has another number of sizes",
        "{code} is {shape}, which is {count} sizes, and there are {names} names for them.",
    ),
    "values_unpacked": Message(
        "Another number of values than names",
        "{code} gives {count} tensors, and there are {names} names on the left. Write as many names as there are values, or "
        "change what the call splits into.",
    ),
    "module_unpacked": Message(
        "{kind} gives an output and its state",
        "{code} returns {fields}. The names on the left have to be put together in the same way.",
    ),
    "enumerate_unpacked": Message(
        "`enumerate` gives pairs",
        "{code} gives the number and one item each time, and the item holds the rest. Put its names in brackets: {pair}.",
    ),
    "tensor_unpacked": Message(
        "One tensor is unpacked along its first dimension",
        "{code} gives one tensor of shape {shape}. Unpacking takes it apart along dimension 0, into {count}; "
        "there are {names} names.",
    ),
}
