"""Broadcasting, joining and nested lists, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "broadcast": Message(
        "These shapes cannot be broadcast",
        "Element by element, shapes are compared from the right. "
        "In each column the sizes must be equal, or one of them 1, or missing. "
        "Column {column} from the right has {left} and {right}:\n{figure}\n"
        "Give one tensor a dimension of size 1 there (`unsqueeze`, `reshape`), "
        "or check which of the two has the wrong size.",
    ),
    "broadcast_in_place": Message(
        "The result does not fit into the tensor",
        "An in-place operation writes its result into {name}, which keeps its shape {shape}. "
        "The result has the shape {result}:\n{figure}\n"
        "Only the other tensor may be stretched. Make a new tensor instead.",
    ),
    "concatenate": Message(
        "The tensors differ in more than the joined dimension",
        "Joining along dimension {dim} puts the tensors end to end there; every other dimension must have one size. "
        "Here one has {expected} and another {got}:\n{figure}\n"
        "Join along another dimension, or make the sizes equal first.",
    ),
    "concatenate_dimensions": Message(
        "The tensors have different numbers of dimensions",
        "`cat` joins along a dimension that is there already, so all tensors need the same number of dimensions; "
        "here it is {first} and {second}:\n{figure}\n"
        "A row of a matrix is `(1, n)`, not `(n,)`: `unsqueeze(0)` adds that dimension.",
    ),
    "concatenate_scalars": Message(
        "A tensor without dimensions cannot be joined",
        "`cat` joins along a dimension, and a scalar tensor has none. "
        "`stack` makes a new dimension and puts the tensors next to each other in it.",
    ),
    "stack": Message(
        "`stack` needs equal shapes",
        "Stacked tensors become the slices of one new tensor, so they must all have the same shape:\n{figure}\n"
        "Use `cat` to put tensors of different lengths end to end, or pad the shorter ones.",
    ),
    "assigned": Message(
        "The value does not fit the part it is assigned to",
        "{part} takes a value of its own shape, or one that can be stretched to it:\n{figure}",
    ),
    "ragged": Message(
        "The rows differ in length",
        "A tensor is a full grid. In dimension {dim} the first list has {expected} elements, another one {got}. "
        "Fill up the shorter list, or keep the rows in a Python list of tensors.",
    ),
}
