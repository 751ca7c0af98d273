"""Shapes, products and layers, in English."""

from typing import Final

from tensorpad.explain.texts.catalogue import Message

MESSAGES: Final = {
    "broadcast": Message(
        "These shapes cannot be broadcast",
        "Element by element, shapes are compared from the right. In each column the sizes must be equal, or one "
        "of them 1, or"
        " missing. Column {place} from the right has {left} and {right}:\n{figure}\n"
        "Give one tensor a dimension of size 1 there (`unsqueeze`, `reshape`), or check which of the two has the "
        "wrong size.",
    ),
    "broadcast_in_place": Message(
        "The result does not fit into the tensor",
        "An in-place operation writes its result into {name}, which keeps its shape {shape}. The result has the shape"
        " {result}:\n{figure}\nOnly the other tensor may be stretched. Make a new tensor instead.",
    ),
    "concatenate": Message(
        "The tensors differ in more than the joined dimension",
        "Joining along dimension {dim} puts the tensors end to end there; every other dimension must have one "
        "size. Here one"
        " has {expected} and another {got}:\n{figure}\nJoin along another dimension, or make the sizes equal first.",
    ),
    "concatenate_dimensions": Message(
        "The tensors have different numbers of dimensions",
        "`cat` joins along a dimension that is there already, so all tensors need the same number of dimensions; "
        "here it is"
        " {first} and {second}:\n{figure}\nA row of a matrix is `(1, n)`, not `(n,)`: `unsqueeze(0)` adds that "
        "dimension.",
    ),
    "concatenate_scalars": Message(
        "A tensor without dimensions cannot be joined",
        "`cat` joins along a dimension, and a scalar tensor has none. `stack` makes a new dimension and puts the "
        "tensors next"
        " to each other in it.",
    ),
    "stack": Message(
        "`stack` needs equal shapes",
        "Stacked tensors become the slices of one new tensor, so they must all have the same shape:\n{figure}\n"
        "Use `cat` to put tensors of different lengths end to end, or pad the shorter ones.",
    ),
    "view_of_strided": Message(
        "`view` cannot read these elements in the new order",
        "A view never moves elements. {name} has shape {shape} and strides {stride}; to be read row by row in "
        "one run it would"
        " need the strides {contiguous}. It came from an operation such as `t`, `permute` or slicing, which only "
        "changed the"
        " strides. `reshape` copies the elements where it must; `.contiguous().view(…)` says the same in two words.",
    ),
    "reshape_sizes": Message(
        "The new shape holds another number of elements",
        "{name} is {shape} and is to become {wanted}. {reason} A new shape may arrange elements differently, but "
        "must hold all"
        " of them. One size can be `-1`: torch works that one out.",
    ),
    "reshape_inferred": Message(
        "Only one size can be left open",
        "`-1` stands for the size that follows from the others. With two of them there is more than one answer. "
        "Write out all"
        " sizes but one.",
    ),
    "expand": Message(
        "Only a dimension of size 1 can be expanded",
        "{name} has {size} elements in a dimension that is to have {wanted}. `expand` shows one element many "
        "times without"
        " copying, so it works only from size 1:\n{figure}\n`repeat` copies several elements over and over.",
    ),
    "expand_dimensions": Message(
        "`expand` cannot take dimensions away",
        "{name} is {shape}, so `expand` needs at least {dims} sizes and was given {given}. New dimensions go in "
        "front; `-1`"
        " keeps a size as it is.",
    ),
    "assigned": Message(
        "The value does not fit the part it is assigned to",
        "{part} takes a value of its own shape, or one that can be stretched to it:\n{figure}",
    ),
    "ragged": Message(
        "The rows differ in length",
        "A tensor is a full grid. In dimension {dim} the first list has {expected} elements, another one {got}. "
        "Fill up the"
        " shorter list, or keep the rows in a Python list of tensors.",
    ),
    "linear": Message(
        "The layer expects another number of features",
        "{layer} turns {features} features into {outputs}. Its input is {shape}, whose last dimension has {got}. "
        "Change the"
        " layer's `in_features` to {got}, or the input's last dimension to {features}.",
    ),
    "matrix_product": Message(
        "The inner sizes of the matrix product differ",
        "Rows of {left} meet columns of {right}, so the sizes in the middle must be equal. Here they are {inner_left} and"
        " {inner_right}:\n{figure}\nOften one factor has to be transposed; for a product element by element use `*`.",
    ),
    "batched_product": Message(
        "The batches of the product do not match",
        "The last two dimensions are the matrices; those before them, {left} and {right}, count matrices and must agree"
        " (`@` also stretches a 1, `bmm` does not):\n{figure}",
    ),
    "product_dimensions": Message(
        "This product needs another number of dimensions",
        "{function} takes a tensor of {first} and one of {second} dimensions:\n{figure}\n`@` (`torch.matmul`) "
        "takes vectors,"
        " matrices and batches of them.",
    ),
    "einsum": Message(
        "One letter stands for two sizes",
        "In an `einsum` a letter is one size wherever it stands. {letter} is {first} in one tensor and {second} in"
        " another:\n{figure}",
    ),
    "channels": Message(
        "The convolution expects another number of channels",
        "Its kernels look at {expected} channels. The input is {shape}, with {got} in dimension {dim}. Images are"
        " (batch, channels, height, width): check the order with `permute`, or change `in_channels` to {got}.",
    ),
    "layer_dimensions": Message(
        "The input has the wrong number of dimensions",
        "{function} takes {unbatched} dimensions, or {batched} with a batch in front. The input is {shape}, "
        "which is {dims}."
        " `unsqueeze` adds a dimension of size 1 for a batch or for a single channel.",
    ),
}
