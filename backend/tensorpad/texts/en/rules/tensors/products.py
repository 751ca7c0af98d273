"""Products and layers, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "linear": Message(
        "The layer expects another number of features",
        "{layer} turns {features} features into {outputs}. Its input is {shape}, whose last dimension has {got}. "
        "Change the layer's `in_features` to {got}, or the input's last dimension to {features}.",
    ),
    "matrix_product": Message(
        "The inner sizes of the matrix product differ",
        "Rows of {left} meet columns of {right}, so the sizes in the middle must be equal. "
        "Here they are {inner_left} and {inner_right}:\n{figure}\n"
        "Often one factor has to be transposed; for a product element by element use `*`.",
    ),
    "batched_product": Message(
        "The batches of the product do not match",
        "The last two dimensions are the matrices; "
        "those before them, {left} and {right}, count matrices and must agree "
        "(`@` also stretches a 1, `bmm` does not):\n{figure}",
    ),
    "product_dimensions": Message(
        "This product needs another number of dimensions",
        "{function} takes a tensor of {first} and one of {second} dimensions:\n{figure}\n"
        "`@` (`torch.matmul`) takes vectors, matrices and batches of them.",
    ),
    "einsum": Message(
        "One letter stands for two sizes",
        "In an `einsum` a letter is one size wherever it stands. "
        "{letter} is {first} in one tensor and {second} in another:\n{figure}",
    ),
}
