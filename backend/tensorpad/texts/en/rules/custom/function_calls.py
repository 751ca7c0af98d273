"""How custom autograd functions are called, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "function_not_static": Message(
        "`forward` and `backward` must be static methods",
        "{class} was called as an object, and its `forward` ({forward}) has no `@staticmethod`. PyTorch keeps no "
        "object: it gives "
        "both methods a `ctx` as first argument. Put `@staticmethod` above each of them, and call {code}.",
    ),
    "function_not_applied": Message(
        "A custom function is called by `apply`",
        "{class} is not made into an object. {code} runs its `forward` with a `ctx` and puts its `backward` into the graph.",
    ),
    "function_constructed": Message(
        "A custom function is called by `apply`",
        "{class} was called like a constructor, which makes an object and computes nothing. {code} runs its `forward` "
        "and returns the result.",
    ),
    "function_without_forward": Message(
        "{class} has no {method}",
        "A custom function computes its result in a static method `forward(ctx, …)`. Write one in {class}.",
    ),
    "function_without_backward": Message(
        "{class} has no {method}",
        "Autograd cannot look into the `forward` of {class}. To find a gradient it needs a static method "
        "`backward(ctx, grad)` "
        "that returns one gradient for each argument of `forward`.",
    ),
    "function_without_setup": Message(
        "{class} cannot be used in `torch.func` yet",
        "A transform of `torch.func` calls `forward` without a `ctx`. Split the `forward` of {class} ({forward}): "
        "`forward(…)` computes, and a static method `setup_context(ctx, inputs, output)` saves.",
    ),
    "function_without_vmap": Message(
        "{class} has no rule for `vmap`",
        "`vmap` must know what {class} does with a batch. With `generate_vmap_rule = True` in the class it maps "
        "`forward` and "
        "`backward` themselves, if they are made of PyTorch's operations; or write a static method `vmap`.",
    ),
}
