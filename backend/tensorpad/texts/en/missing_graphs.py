"""Why there is no graph, in English: phrases of the rule `no_graph`."""

from typing import Final

PHRASES: Final = {
    "cut_by": (
        "It was computed from {name}, which does require one, but by way of {code} ({line}), "
        "which hands on the values and leaves the graph behind."
    ),
    "unrecorded": ("It comes from {name}, which does require one, but {code} ({line}) was not recorded: recording was off."),
    "unrecorded_there": (
        "It comes from {name}, which does require one, but {code} ({line}) was not recorded: "
        "recording was off because of {off} ({where})."
    ),
    "no_derivative": "It comes from {name}, which does require one, but through {code} ({line}), which has no derivative.",
    "gives_places": (
        "It comes from {name}, which does require one, but {code} ({line}) gives positions (`torch.int64`), "
        "and a position has no derivative. Use the values that stand there, or a smooth function such as `softmax`."
    ),
    "gives_truths": (
        "It comes from {name}, which does require one, but {code} ({line}) compares, and its result (`torch.bool`) "
        "has no derivative. Use a smooth function in its place, such as `sigmoid`."
    ),
    "gives_integers": (
        "It comes from {name}, which does require one, but {code} ({line}) gives {dtype}. "
        "Derivatives exist for floating-point numbers only."
    ),
    "copied_values": (
        "It comes from {name}, which does require one, but {code} ({line}) copies the numbers into a new tensor, "
        "which has no graph. `torch.stack` and `clone()` keep the graph."
    ),
    "only_shape": "{code} ({line}) takes only shape and dtype from {name}, no values, so no gradient leads back to it.",
    "required_later": (
        "It comes from {name}, which required none yet when {code} ({line}) ran. "
        "Set `requires_grad` before anything is computed from it."
    ),
    "no_create_graph": (
        "It comes from a gradient, and {code} ({line}) did not record how that was computed. "
        "With `create_graph=True` the gradient has a graph of its own and can be derived again."
    ),
    "constant_derivative": (
        "It comes from the gradient that {code} ({line}) gave, and that is constant{value}: "
        "the function is linear there, so its first derivative does not depend on the input, and its second derivative is 0."
    ),
    "equal_to": " ({value})",
    "checkpoint": (
        "{names} do require one. But a reentrant checkpoint, {code} ({line}), lets a gradient through "
        "only if one of the inputs that it is given requires one. Pass `use_reentrant=False`."
    ),
    "through_numpy": (
        "Its values came out of {name}, which does require one, through NumPy: {code} ({line}). "
        "NumPy keeps no graph, so {back} is a new leaf. Use torch's own functions all the way."
    ),
    "through_numbers": (
        "Its values came out of {name}, which does require one, as plain Python numbers: {code} ({line}). "
        "Numbers have no graph, so {back} is a new leaf. Go on with the tensor itself."
    ),
    "frozen": (
        "It was computed from parameters that are frozen: {names} have `requires_grad=False`. "
        "Let those that are to be trained require a gradient again: `requires_grad_(True)`."
    ),
    "only_integers": (
        "It was computed from {names} ({dtypes}). Only floating-point tensors can require a gradient: "
        "make them with a floating-point dtype and `requires_grad=True`."
    ),
    "none_requires": (
        "None of the tensors that it was computed from requires one: {names}. "
        "Set `requires_grad=True` on those that you want a derivative for."
    ),
    "nothing_requires": (
        "None of the tensors that it was computed from requires one. "
        "Set `requires_grad=True` on those that you want a derivative for."
    ),
    "leaf_requires_none": "It is a leaf, and was made without `requires_grad=True`.",
    "through_numpy_at_once": (
        "Its values came out of {name}, which does require one, through NumPy: {code} ({line}). "
        "NumPy keeps no graph. Use torch's own functions all the way."
    ),
    "through_numbers_at_once": (
        "Its values came out of {name}, which does require one, as plain Python numbers: {code} ({line}). "
        "Numbers have no graph. Go on with the tensor itself."
    ),
}
