"""Classes of layers, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "super_init": Message(
        "`super().__init__()` has to come first",
        "{code} needs what `nn.Module.__init__` makes: the lists of parameters and layers. {reason}",
    ),
    "init_misspelt": Message(
        "The method is called `__init__`, with two underscores on each side",
        "{kind} defines {method} (line {line}), which Python does not call when an object is made. So nothing in "
        "it has run.",
    ),
    "forward_misspelt": Message(
        "The method is called `forward`",
        "Calling a model runs its `forward`. {kind} has none; it defines {method} (line {line}).",
    ),
    "forward_nested": Message(
        "`forward` is inside another method",
        "Calling a model runs its `forward`. The one in line {line} is indented so far that it is a function "
        "inside another method of {kind}. Move it to the left.",
    ),
    "forward_outside": Message(
        "`forward` is outside the class",
        "Calling a model runs its `forward`. The one in line {line} is not indented, so it is no method of "
        "{kind}. Indent it as far as the other methods.",
    ),
    "forward_missing": Message(
        "The model has no `forward`",
        "Calling a model runs its method `forward`, which says how the output is computed. {kind} defines none.",
    ),
    "method_without_self": Message(
        "The first parameter of a method is `self`",
        "Python passes the object itself as the first argument of {method} (line {line}), which has no parameter for it.",
    ),
    "local_layer": Message(
        "The layer was given to a local name, not to `self`",
        "In line {line} {name} is a variable of `__init__` and is gone after it. Only what is assigned to `self` "
        "belongs to the {kind}: {whole}.",
    ),
    "parameter_assigned": Message(
        "A parameter cannot be replaced by a plain tensor",
        "{code} is a parameter, and stays one: an optimiser holds it. Write new values into it with `copy_` under "
        "`torch.no_grad()`, or assign an `nn.Parameter`.",
    ),
    "super_arguments": Message(
        "`nn.Module.__init__` takes no arguments",
        "{code} passes {given} on. Keep it on `self` instead, and write `super().__init__()`.",
    ),
}
