"""Hooks, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "hook_without_gradient": Message(
        "No gradient comes to {name}",
        "{code} asks for the gradient of {name}, which does not require one. {reason}",
    ),
    "hook_removed": Message(
        "A hook is removed by its handle",
        "{type} has no {method}. What `register_hook` returned is a handle: keep it, and call its `remove()`.",
    ),
    "hook_on_sequence": Message(
        "Hooks belong to single tensors and modules",
        "A {type} has no {method}. Register the hook on each of its members.",
    ),
    "hook_of_modules": Message(
        "This hook belongs to modules",
        "{method} is a method of `nn.Module`. A tensor has `register_hook`, whose function is called with its gradient "
        "alone.",
    ),
    "hook_of_tensors": Message(
        "This hook belongs to tensors",
        "{method} is a method of tensors, and this is a {type}. A module has `register_full_backward_hook` for "
        "gradients and "
        "`register_forward_hook` for values; the gradient of a parameter has its own: `module.weight.register_hook(…)`.",
    ),
    "hook_arguments": Message(
        "The hook takes other arguments than it is given",
        "What {hook} registers is called with {count}: {wanted}. The function here ({line}) takes {taken}.",
    ),
    "hook_tuple": Message(
        "A hook of a module gets tuples",
        "{name} is a tuple, also where it has one tensor only. In a function given to {hook}, take that out: {code}.",
    ),
    "hook_no_input_gradient": Message(
        "The module's input needs no gradient",
        "{name} is None: nobody asked for the gradient of what the module was given, such as the first input of a network. "
        "Check for None, take the gradient of the output (the third argument), or set `requires_grad=True` on the input.",
    ),
    "hook_mixed": Message(
        "One module, two kinds of backward hooks",
        "`register_backward_hook` is the old kind, whose gradients may belong to a part of the module only. "
        "It cannot stand beside `register_full_backward_hook`: use that for both.",
    ),
    "hook_leaves_only": Message(
        "This hook belongs to leaves",
        "{name} was computed, so nothing is accumulated in its `.grad`. `register_hook` is called with the gradient that "
        "passes through it.",
    ),
    "hook_not_callable": Message(
        "A value was registered as a hook",
        "{code} was called at once, and {hook} got its result, a {type}. Pass the function itself, without parentheses, "
        "or a `lambda`.",
    ),
}
