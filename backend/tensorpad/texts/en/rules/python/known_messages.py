"""Errors whose messages are known, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "loaded_model": Message(
        "`load_state_dict` does not return the model",
        "{code} uses what `load_state_dict` returned: the names that did not fit, not a model. It writes into the "
        "model that it is called on, so call it on a line of its own and go on with that model.",
    ),
    "class_not_made": Message(
        "This is the class, not an object of it",
        "{code} calls {method} of the class itself, and no object was made. Make one first, as in `model = "
        "Net()`, and call the method of that.",
    ),
    "schedule_of_model": Message(
        "A scheduler takes an optimiser",
        "{code} passes a {kind}. The learning rate belongs to the optimiser, so pass that: `StepLR(optimizer, …)`.",
    ),
    "one_hot_dtype": Message(
        "`one_hot` takes class numbers as integers",
        "{name} is no `torch.int64`. A class number is an index; convert it with `.long()`.",
    ),
    "one_hot_range": Message(
        "A class number is out of range",
        "{code} got a class number below 0, or not smaller than `num_classes`. With n classes the numbers go from "
        "0 to n - 1.",
    ),
    "einsum_dimensions": Message(
        "The equation has another number of letters",
        "In {code}, the equation gives tensor {operand} (counted from 0) {letters} letters, and {name} has "
        "{count} dimensions. Each dimension needs one letter, or `...` for the rest.",
    ),
    "loader_indexed": Message(
        "A DataLoader has no index",
        "{code} asks a `DataLoader` for one element; it can only be looped over. `next(iter(loader))` is the "
        "first batch, `loader.dataset[i]` a sample.",
    ),
    "loader_next": Message(
        "A DataLoader is not its own iterator",
        "{code} asks the `DataLoader` itself for the next batch. `iter(loader)` starts a round, and `next` of "
        "that gives its batches.",
    ),
    "iterator_next": Message(
        "`next` is a function of Python",
        "{code} is how Python 2 did it. Write `next(iterator)`.",
    ),
    "dataset_sizes": Message(
        "The tensors of a data set differ in length",
        "`TensorDataset` pairs the tensors along dimension 0, so all need the same size there.",
    ),
    "probabilities_invalid": Message(
        "These are no probabilities",
        "{code} draws with weights, and one of them is negative, infinite or NaN. `softmax` makes probabilities "
        "of scores; if NaN came from before, look for where it began.",
    ),
    "distribution_parameter": Message(
        "A parameter of the distribution is out of range",
        "{name} of {kind} has a value that is not allowed, which torch shows at the end of its message. A scale "
        "must be positive, probabilities between 0 and 1; NaN is never allowed, and comes from a computation "
        "before.",
    ),
    "singular_matrix": Message(
        "The matrix has no inverse",
        "{code} needs a matrix of full rank, and this one is singular: its rows depend on one another. "
        "`torch.linalg.pinv` or `torch.linalg.lstsq` work nevertheless, or add a small multiple of the identity.",
    ),
    "not_positive_definite": Message(
        "The matrix is not positive definite",
        "A Cholesky factor exists only for a symmetric matrix whose eigenvalues are all positive. For a "
        "covariance add a little to the diagonal: `A + 1e-6 * torch.eye(n)`.",
    ),
    "not_square": Message(
        "The matrix is not square",
        "{code} needs as many rows as columns, and there are {rows} × {columns}. `torch.linalg.pinv` is for other matrices.",
    ),
    "matrix_needed": Message(
        "{function} takes a matrix",
        "{name} is {shape}, and {function} needs rows and columns: two dimensions or more.",
    ),
    "text_and_tensor": Message(
        "Text and a tensor cannot be joined with `+`",
        '{code} adds a tensor to text. Use an f-string, as in `f"loss: {{loss.item():.4f}}"`, or `str(…)`.',
    ),
    "interpolate_dimensions": Message(
        "`interpolate` expects a batch",
        "Its input is (batch, channels, …), and {name} is {shape}, so one dimension fewer is left for the places "
        "than the size names. `unsqueeze(0)` adds the batch.",
    ),
    "size_of_tensor": Message(
        "A size is made of Python integers",
        "{code} passes {name} where sizes are expected. `tolist()` makes integers of it.",
    ),
    "none_operand": Message(
        "One side is None",
        "In {code}, one side of {sign} is `None`. Functions without `return` give `None`, and `.grad` is None "
        "until a backward pass brings a gradient.",
    ),
    "no_length": Message(
        "{kind} does not say how long it is",
        "{code} needs the length of a {kind}, and its class defines no `__len__`. A `Dataset` has "
        "`__len__` and `__getitem__`; a `DataLoader` needs the length to shuffle and to form batches.",
    ),
    "padding_mask": Message(
        "The padding mask is (batch, keys)",
        "Dimension {dim} of `key_padding_mask` has {size} and must have {wanted}. Without `batch_first=True`, attention "
        "takes its input as (time, batch, features), and the batch is dimension 1.",
    ),
    "array_and_tensor": Message(
        "An array and a tensor do not mix here",
        "In {code}, NumPy would have to turn the tensor into an array, and cannot. Make a tensor of the array first: "
        "`torch.from_numpy(…)`, with `.float()` if the tensor is float32.",
    ),
    "lengths_unsorted": Message(
        "The longest sequence comes first",
        "{code} expects the lengths in decreasing order. `enforce_sorted=False` lets it sort by itself.",
    ),
    "drawn_parameters": Message(
        "`params` of `make_dot` is a dictionary",
        "{code} passes a list of parameters without names. `dict(model.named_parameters())` has their names.",
    ),
    "optimiser_backward": Message(
        "A loss goes backward, an optimiser steps",
        "{kind} has no `backward`. Call `loss.backward()` to compute the gradients, then `optimizer.step()` to use them.",
    ),
    "sparse_undefined": Message(
        "This is not defined for sparse tensors",
        "{function} works on dense memory, and {name} is sparse. `to_dense()` makes it dense; for products there "
        "is `torch.sparse.mm`.",
    ),
    "index_dimensions": Message(
        "The index needs as many dimensions as the tensor",
        "{name} is {name_shape} and {index} is {index_shape}. The index names a place for each element of the "
        "result along one dimension, so it has as many dimensions as the tensor. For one number per row, "
        "`index.unsqueeze(1)` makes it a column.",
    ),
    "scatter_dtype": Message(
        "`scatter` does not convert",
        "What is written must have the dtype of the tensor that it is written to; here they are {dtypes}. Convert "
        "the source first.",
    ),
    "element_no_tensor": Message(
        "The list holds something else than tensors",
        "{code} joins tensors, and element {index} of the list is a {kind}. `torch.tensor(…)` makes a tensor of a "
        "list of numbers.",
    ),
    "torch_argument_missing": Message(
        "An argument is missing",
        "{code} calls {function}, which also needs {names}.",
    ),
    "argument_types": Message(
        "No form of {function} takes these arguments",
        "{code} passes {got}. Compare with the forms that torch's message lists: the number, the order and "
        "the types must fit one of them.",
    ),
}
