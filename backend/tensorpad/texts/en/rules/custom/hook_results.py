"""What hooks returned and wrote, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "hook_size": Message(
        "The hook returned a gradient of another shape",
        "The hook on {name} ({line}) was given a gradient of shape {wanted} and returned one{returned}. What a hook "
        "returns takes "
        "the place of the gradient, so it has the same shape. To only look at it, return nothing.",
    ),
    "hook_module_size": Message(
        "The hook returned a gradient of another shape",
        "A full backward hook may return new gradients for the inputs of its module, here of shape {wanted}: a tuple, "
        "in the order and with the shapes of `grad_input` (the second argument). To only look at them, return nothing.",
    ),
    "hook_dtype": Message(
        "The hook returned a gradient of another dtype",
        "The hook ({line}) was given a {before} and returned a {after}. A gradient keeps the dtype of its tensor. "
        "Convert the result back: `.to(grad.dtype)`.",
    ),
    "hook_returned": Message(
        "A hook returns a tensor or nothing",
        "The hook ({line}) returned a {type}. What it returns takes the place of the gradient, so it is a tensor of "
        "the same shape. "
        "To only look at the gradient, return nothing.",
    ),
    "hook_returned_no_tuple": Message(
        "This hook returns a tuple",
        "A hook on a function of the graph ({line}) deals with all of its gradients, so it returns a tuple of them, or "
        "nothing. "
        "It returned a {type}.",
    ),
    "hook_grad_input_count": Message(
        "The hook must return one gradient for each input",
        "The full backward hook returned {given}, and its module has {wanted} input(s). Return a tuple, also for one "
        "input: "
        "`(new,)`. A tensor in its place counts as one gradient for each of its rows. To only look, return nothing.",
    ),
    "hook_no_result": Message(
        "This hook returns nothing",
        "A hook that runs after `.grad` was accumulated cannot replace the gradient by what it returns. "
        "Change `param.grad` itself, and return nothing.",
    ),
    "hook_writes": Message(
        "A hook returns a new gradient and leaves the old one alone",
        "{code} writes to {name}, which arrives at {tensor}. It is {shape} with strides {stride}: one number that is "
        "shown many "
        "times, and that others may use. Return a new tensor instead.",
    ),
    "hook_view_written": Message(
        "A full backward hook and a write in place do not go together",
        "{path} has a full backward hook, so its tensors are handed on as views by which the hook gets its gradients. "
        "{writer} would write into such a view. {advice}",
    ),
}
