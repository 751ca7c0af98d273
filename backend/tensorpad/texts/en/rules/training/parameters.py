"""Parameters that are not trained, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "hidden_layers": Message(
        "{parameters} does not find the layers in {path}",
        "{path} is a plain {type} of modules, and a module registers only attributes that are modules themselves. "
        "{names} (tensors in all: {rest}) are in no optimiser made from {parameters}, nor in `state_dict()`, and "
        "`.to()` does not move them. {container} registers them.",
    ),
    "plain_attribute": Message(
        "{name} is not a parameter",
        "A backward pass brings {name} a gradient, but it is a plain tensor and no `nn.Parameter`, so {parameters} does "
        "not have it, no optimiser steps it, and it has not changed. `state_dict()` leaves it out too.",
    ),
    "stale_optimizer": Message(
        "{optimizer} holds parameters of a model that is gone",
        "{optimizer} ({line}) was made before the model was replaced: {count} of the tensors that it steps are in no "
        "variable any more, and no backward pass reached them. The gradients went to {names}, which no optimiser holds, "
        "so {optimizer} does not train them. Make the optimiser after the model.",
    ),
    "unoptimized": Message(
        "No optimiser holds {names}",
        "Backward passes computed gradients for {names} (parameters in all: {rest}), but neither {optimizers} nor "
        "anything else uses them, so they stay as they are. If they are to be trained, give them to the optimiser; if "
        "not, `requires_grad_(False)` saves the work.",
    ),
    "unused_parameters": Message(
        "{owners} was not used",
        "No operation took the parameters in {owners}, so the backward pass through {module} could not reach them: "
        "their `.grad` is None, and an optimiser skips them. Check whether `forward` leaves out {first}.",
    ),
}
