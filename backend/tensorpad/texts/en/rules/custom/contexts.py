"""The `ctx` of custom autograd functions, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "function_without_ctx": Message(
        "{method} must take `ctx` first",
        "PyTorch gives {method} ({line}) a context as its first argument, in which `forward` keeps what `backward` needs. "
        "Take it: {parameters}.",
    ),
    "function_arguments": Message(
        "`apply` was given other arguments than `forward` takes",
        "After `ctx`, {method} ({line}) takes {wanted}. `apply` passes its arguments on, and adds `ctx` itself.",
    ),
    "function_backward_arguments": Message(
        "`backward` gets one gradient for each result of `forward`",
        "After `ctx`, {method} ({line}) takes {wanted}. One gradient arrives for each result of `forward`, {count} in all.",
    ),
    "function_forward_called": Message(
        "A custom function is called by `apply`",
        "{method} ({line}) was called itself, without the `ctx` that it needs, and nothing would enter the graph. "
        "Call `apply` with the same arguments.",
    ),
    "function_setup_arguments": Message(
        "`setup_context` takes `ctx, inputs, output`",
        "{method} ({line}) gets the context, a tuple of all arguments of `forward`, and its result. "
        "Unpack the arguments inside: `x, = inputs`.",
    ),
    "function_setup_and_ctx": Message(
        "With `setup_context`, `forward` takes no `ctx`",
        "{class} has a `setup_context`, which alone gets the context. Its `forward` ({line}) gets only the arguments "
        "of `apply`: take {context} out of it.",
    ),
    "function_saved_other": Message(
        "`save_for_backward` keeps tensors only",
        "{name} is a {type}. Keep such a value as an attribute: {code}.",
    ),
    "function_saved_list": Message(
        "`save_for_backward` takes tensors one by one",
        "It was given a {type}. Pass the tensors themselves, as in `ctx.save_for_backward(a, b)`, or `*tensors`.",
    ),
    "function_saved_tuple": Message(
        "`saved_tensors` is a tuple",
        "In the `backward` of {class}, {name} ({line}) is the whole tuple of saved tensors, also if it has only one. "
        "A comma unpacks it: `t, = ctx.saved_tensors`.",
    ),
    "function_saved_count": Message(
        "`backward` unpacks other tensors than were saved",
        "It wants {expected}, and `forward` of {class} saved {saved}. Save in `forward` what `backward` needs: "
        "`ctx.save_for_backward(…)`, in the same order.",
    ),
    "function_context_attribute": Message(
        "Nothing was kept as {name}",
        "`backward` of {class} looks for {name}, which `forward` ({line}) has not set. Keep tensors with "
        "`ctx.save_for_backward(…)`, and other values as attributes of `ctx`.",
    ),
}
