"""Gradients and writes in place, in English."""

from typing import Final

from tensorpad.explain.texts.catalogue import Message

MESSAGES: Final = {
    "backward_not_scalar": Message(
        "`backward()` starts from one number",
        "{name} has the shape {shape}. A gradient is the derivative of one number; for several, torch would not "
        "know how much"
        " each counts. Make it one with `sum()` or `mean()`, or say the weights: `backward(gradient=…)`.",
    ),
    "no_graph": Message(
        "There is no graph to go back through",
        "{name} does not require a gradient. {reason}",
    ),
    "backward_twice": Message(
        "This graph has been used up",
        "A backward pass frees what the graph had kept, and {where} has done so already for a part of the graph "
        "of {name}. Pass"
        " `retain_graph=True` to the first pass, or compute the value anew before each pass (in a loop that is "
        "nearly always"
        " what is meant).",
    ),
    "unused": Message(
        "The output does not depend on this tensor",
        "{name} was never used on the way to the output, so there is no gradient. Perhaps a copy of it was used.",
    ),
    "gradient_shape": Message(
        "The given gradient has the wrong shape",
        "`gradient` says how much each element of the output counts, so it has the output's shape {wanted}, not {given}.",
    ),
    "requires_grad_flag": Message(
        "Only leaves can be switched",
        "{name} was computed from tensors that require gradients, so it requires one too. `detach()` gives the "
        "same values"
        " outside of the graph.",
    ),
    "inference": Message(
        "A tensor from inference mode cannot enter a graph",
        "What is made under `torch.inference_mode()` has no version counter and can never be part of autograd. Use"
        " `torch.no_grad()` there, or take a `clone()` outside.",
    ),
    "optimised": Message(
        "An optimiser changes leaves only",
        "{name} was computed from other tensors. Give the optimiser those that it was computed from, or begin a "
        "new leaf with"
        " `x.detach().requires_grad_()`. (`.to(…)`, `* 0.1` and the like after `requires_grad=True` make "
        "computed tensors.)",
    ),
    "parameters": Message(
        "The optimiser takes a list of tensors",
        "Even a single tensor goes into a list: `[w]`. A model gives its own with `model.parameters()`.",
    ),
    "no_parameters": Message(
        "There is nothing to optimise",
        "The list of parameters is empty. Layers kept in a Python list are not seen (use `nn.ModuleList`), and "
        "an iterator such"
        " as `model.parameters()` can be used up only once.",
    ),
    "deep_copy": Message(
        "A computed tensor cannot be deep-copied",
        "{name} hangs on its graph, which cannot be copied with it. `detach().clone()` copies the values alone.",
    ),
    "gradient_not_kept": Message(
        "The gradient of a computed tensor is not kept",
        "{name} is not a leaf: its gradient is passed on and then let go, so `.grad` is `None`. `retain_grad()` "
        "before the"
        " backward pass keeps it.",
    ),
    "gradient_not_required": Message(
        "`.grad` is None: no gradient was asked for",
        "{name} does not require a gradient, so no pass writes one. Set `requires_grad=True` where it is made.",
    ),
    "gradient_before_backward": Message(
        "`.grad` is None: no gradient has arrived",
        "`.grad` of {name} is empty until a backward pass reaches it. Call `backward()` first; the loss must depend on it.",
    ),
    "leaf_in_place": Message(
        "A leaf that requires a gradient cannot be written in place",
        "{name} is where gradients end. Writing over it would leave its graph without a beginning. To update a "
        "parameter, write"
        " under `torch.no_grad()`; to compute with it, make a new tensor.",
    ),
    "leaf_view_in_place": Message(
        "A part of a leaf cannot be written in place",
        "{code} writes into the memory of {name}, a leaf that requires a gradient. To set its values, write under"
        " `torch.no_grad()`; to compute with it, `clone()` first.",
    ),
    "one_of_several_views": Message(
        "This view cannot be written in place",
        "{name} is one of the views that {function} gave together, and autograd cannot follow a write into one "
        "of several."
        " Make a new tensor instead.",
    ),
    "stretched_in_place": Message(
        "Several elements are one and the same",
        "{name} is {shape} with strides {stride}: a stride of 0 shows one number many times. A write would hit "
        "the same memory"
        " repeatedly. `clone()` gives each element memory of its own.",
    ),
    "needed_value": Message(
        "A value that the backward pass needs was overwritten",
        "To find the gradient, torch kept {name} {shape} as it was at version {expected}."
        " It is at version {version} now.{needing}"
        " {history}\nMake a new tensor there instead of writing in place, or `clone()` the value before.",
    ),
}
