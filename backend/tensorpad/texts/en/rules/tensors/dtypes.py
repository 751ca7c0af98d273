"""Types of elements, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "product_dtype": Message(
        "The factors have different dtypes",
        "{left} is {left_dtype} and {right} is {right_dtype}. Element by element torch would convert one of them; "
        "a matrix product or layer does not. Convert one side first. NumPy arrays and `torch.arange` are frequent sources.",
    ),
    "cast_in_place": Message(
        "The tensor cannot hold the result",
        "The result is {result}, but in place it would have to go into {name}, which stays {dtype}. "
        "Arithmetic in place raises an error then. "
        "(Assigning does not: `x[0] = 2.7`, `fill_` and `copy_` convert silently, and cut off a fraction.) "
        "Make a new tensor, or start from floats.",
    ),
    "gradient_of_integers": Message(
        "Integers cannot have a gradient",
        "A derivative asks what a tiny change does, and {dtype} has no tiny changes. "
        "Only floating-point (and complex) tensors can require gradients. "
        "`1.` instead of `1`, or `dtype=torch.float32`, makes floats.",
    ),
    "integers": Message(
        "This function needs floats",
        "{function} does not work with {dtype}, which {name} has: its result would hardly ever be a whole number. "
        "Convert first, with `.float()`.",
    ),
    "booleans": Message(
        "`-` is not defined for booleans",
        "A mask is true or false, and torch does not guess whether minus means not or subtract. "
        "`~mask` negates it, `a ^ b` is where two masks differ, `.int()` makes numbers.",
    ),
    "mask_dtype": Message(
        "A condition must be booleans",
        "{name} is {dtype}. "
        "A condition says yes or no for each element: a comparison such as `x > 0` gives one, "
        "and `.bool()` turns every number but 0 into yes.",
    ),
    "strings": Message(
        "A tensor holds numbers only",
        "Text (or objects) cannot be elements of a tensor. "
        "Turn it into numbers first, such as a class number for each word.",
    ),
    "no_number": Message(
        "One of the values is no number",
        "torch cannot tell what dtype {kind} should become. A function that forgets its `return` gives `None`; "
        "that is the usual cause.",
    ),
}
