"""`.grad` that is None, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "replaced_by_update": Message(
        "{name} is no longer the tensor that was trained",
        "{code} ({line}) did not change {name}: it made a new tensor and gave it that name. {why} "
        "Write the update into the leaf itself, under `torch.no_grad()`, and clear its gradient before the next pass.",
    ),
    "leaf_without_name": Message(
        "{name} is not the leaf: it was computed from it",
        "In {code} ({line}), `requires_grad=True` made a leaf, and {name} is what was computed from that leaf. "
        "The gradient goes to the leaf, which has no name. Compute first, then call `requires_grad_()` on the result.",
    ),
    "leaf_renamed": Message(
        "{name} is no longer the leaf",
        "{code} ({line}) gave the name {name} to a tensor computed from the leaf that had it before. "
        "The gradient goes to that leaf, and the `.grad` of the new {name} stays None. "
        "`detach().requires_grad_()` makes the result a leaf of its own.",
    ),
    "gradient_not_kept": Message(
        "The gradient of a computed tensor is not kept",
        "{name} is not a leaf: its gradient is passed on and then dropped, so `.grad` is `None`. "
        "`retain_grad()` before the backward pass keeps it.",
    ),
    "computed_not_reached": Message(
        "`.grad` is None: {name} is computed, and no pass has gone through it",
        "{name} is not a leaf, and no backward pass started from anything that was computed from it. "
        "Start a pass from what depends on it, and call {name}`.retain_grad()` before.",
    ),
    "gradient_not_required": Message(
        "`.grad` is None: no gradient was asked for",
        "{name} does not require a gradient, so no pass writes one. Set `requires_grad=True` where it is made.",
    ),
    "gradient_frozen": Message(
        "`.grad` is None: {name} is frozen",
        "{name} is a parameter with `requires_grad=False`, so no pass writes a gradient to it. "
        "`requires_grad_(True)` before the forward pass lets it be trained again.",
    ),
    "gradient_before_backward": Message(
        "`.grad` is None: no gradient has arrived",
        "No backward pass has run yet, and until one reaches {name}, its `.grad` is None. "
        "Call `backward()` on a loss that was computed from it.",
    ),
    "gradient_cleared": Message(
        "`.grad` is None: it has been cleared",
        "The pass in {where} gave {name} a gradient, and {code} ({line}) has set it to None. "
        "Clear gradients before the pass, and use them behind it.",
    ),
    "leaf_after_pass": Message(
        "`.grad` is None: {name} is newer than the pass",
        "{name} is a leaf that was made after the pass in {where}. That pass went to the tensors "
        "that {root} was computed from, and this one was not among them. Compute the loss from it, and call `backward()`.",
    ),
    "gradient_returned": Message(
        "`torch.autograd.grad` returns gradients, and writes no `.grad`",
        "The only pass was that of `torch.autograd.grad` ({where}): it returned its gradients. "
        "Only `backward()` adds to `.grad`. Use what it returned, or call `backward()`.",
    ),
    "gradient_excluded": Message(
        "`.grad` is None: the pass was limited to other tensors",
        "The pass in {where} was given `inputs=…`, and {name} was not among them. Add it there, or leave `inputs` out.",
    ),
    "gradient_not_reached": Message(
        "`.grad` is None: the loss does not depend on {name}",
        "The pass in {where} went back from {root}, and {name} was not used on the way to it. "
        "Use it in the computation, or check whether a copy of it was used.",
    ),
    "gradient_cut_off": Message(
        "`.grad` is None: the way back to {name} is cut",
        "The pass in {where} went back from {root} and did not get to {name}, which requires a gradient. {reason}",
    ),
    "gradient_missing": Message(
        "`.grad` of {name} is None",
        "A backward pass writes to the `.grad` of leaves that require a gradient and that its root was computed from. "
        "{name} has had no such pass, or its gradient has been cleared since.",
    ),
}
