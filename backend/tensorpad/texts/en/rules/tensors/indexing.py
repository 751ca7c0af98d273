"""Indices and masks, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "index_out_of_range": Message(
        "The index is beyond the end",
        "{name} is {shape}; dimension {dim} has {size} elements, numbered 0 to {last} (or {lowest} to -1 from the end). "
        "There is no {index}.",
    ),
    "index_into_empty": Message(
        "There is nothing to index",
        "{name} is {shape}: dimension {dim} has no elements, so index {index} cannot be there. "
        "Look for the step that left it empty.",
    ),
    "embedding_range": Message(
        "An index points at a row that does not exist",
        "The table has {rows} rows, numbered 0 to {last}; {indices} holds {wrong}. "
        "Negative numbers do not count from the end here. Make the table larger (`num_embeddings`), "
        "or check how the indices are made.",
    ),
    "target_range": Message(
        "A label is not one of the classes",
        "There are scores for {classes} classes, so labels run from 0 to {last}; {target} holds {label}. "
        "If the labels count from 1, subtract 1; otherwise the model needs more outputs.",
    ),
    "too_many_indices": Message(
        "More indices than dimensions",
        "{name} is {shape}: it has {dims} dimensions, and each takes one index. {code} gives it more.",
    ),
    "mask_shape": Message(
        "The mask has another shape than the tensor",
        "A boolean mask says yes or no to each element, "
        "so it needs the shape of what it selects from (or of its first dimensions):\n{figure}",
    ),
    "index_shapes": Message(
        "The index tensors do not match each other",
        "Index tensors side by side are read in pairs: first row with first column, and so on. "
        "Their shapes must be equal or broadcast:\n{figure}\n"
        "To take every row with every column, index in two steps or add a dimension to one of them.",
    ),
    "index_kind": Message(
        "An index must be whole numbers",
        "{name} is {dtype}. An index says which element, so it has to be integers (`torch.long`) or a boolean mask.",
    ),
    "plain_index_kind": Message(
        "This cannot be an index",
        "A {kind} does not say which element: {code}. "
        "Indices are integers, slices, `...`, `None`, or tensors of integers or booleans. `int(…)` makes a whole number; "
        "`//` divides to one.",
    ),
    "index_of_scalar": Message(
        "A scalar tensor has no elements to choose from",
        "{name} has no dimensions: it is one number. Remove the index; `.item()` gives the number itself.",
    ),
    "negative_step": Message(
        "Slices cannot go backwards in torch",
        "NumPy and lists allow a step of -1, tensors do not, since their strides are never negative. "
        "`flip` reverses a dimension.",
    ),
}
