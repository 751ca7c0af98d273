"""The other transforms of `torch.func`, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "transform_scalar": Message(
        "The function must give one number",
        "{transform} is the derivative of one number, and the function gave {dims}. Reduce it in the function, "
        "as by `.sum()` or `.mean()`. For the derivative of each element use `jacrev`, for each sample `vmap(grad(f))`.",
    ),
    "transform_result": Message(
        "The function must return a tensor",
        "It returned a {type}, which has no way back to the input. Do not use `item()`, `float()` and `tolist()` in it.",
    ),
    "transform_pair": Message(
        "The function returns more than what is differentiated",
        "It returned a {type}. With `has_aux=True` the first of two results is differentiated, and the second handed on.",
    ),
    "transform_input": Message(
        "The function is differentiated by tensors",
        "It was given a {type}. {reason}",
    ),
    "transform_argnums": Message(
        "There is no such argument",
        "`argnums` {given} was asked for, and the function was given {count} arguments, counted from 0.",
    ),
    "transform_aux": Message(
        "With `has_aux=True`, the function returns a pair",
        "The first is what is differentiated, the second anything to hand on: `return loss, aux`. Without a second, "
        "leave `has_aux` out.",
    ),
    "transform_backward": Message(
        "`backward()` does not work in a transformed function",
        "{code} runs inside of a function that `torch.func` transforms, which keeps its own graph. "
        "Return the value and let `torch.func.grad` find the gradient.",
    ),
    "transform_integers": Message(
        "Integers cannot have a derivative",
        "{transform} was asked for the derivative by a tensor of {dtype}. A derivative asks what a tiny change does: "
        "give it "
        "floats, as by `x.float()` or `torch.arange(3.)`.",
    ),
    "transform_integer_result": Message(
        "The function gives integers, which have no derivative",
        "Its result is {dtype}. Comparisons, `argmax` and conversions such as `.long()` cut the way back to the input.",
    ),
    "transform_tangent": Message(
        "The tangent has the wrong shape",
        "A tangent says how the input moves, element by element, so it has the input's shape {wanted}, not {given}.",
    ),
    "transform_primals": Message(
        "{argument} is a tuple",
        "`jvp(f, primals, tangents)` takes one tuple with all arguments and one with their tangents: `jvp(f, (x,), (v,))`.",
    ),
    "transform_parameters": Message(
        "The parameters must be in a dict by their names",
        "`functional_call` puts each tensor in the place of the parameter of that name: `dict(module.named_parameters())`.",
    ),
}
