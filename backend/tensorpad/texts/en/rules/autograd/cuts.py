"""Graphs that were cut off, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "stopped": Message(
        "No gradient gets past {code}",
        "{reason} The result depends on {names} in no other way, so `backward()` brought no gradient there: `.grad` is "
        "still None.",
    ),
    "leaf_root": Message(
        "{name} is a leaf: the backward pass ended where it began",
        "{name} had no graph, and `requires_grad=True` does not build one: it made {name} a leaf. {backward} only gave "
        "{name} itself a gradient, 1. {names} got none. {reason}",
    ),
    "written_detached": Message(
        "`detach()` shares memory, and autograd has counted this write",
        "{cut} has the memory of {name} but not its graph, so {code} changed {name} too. The two share a version "
        "counter, which is now {version}: a backward pass that needs the old value of {name} raises an error. Only "
        "`.data` would be silent. If {name} was to stay as it is, write to a copy: `detach().clone()`. If it was to change, "
        "compute a new tensor from it instead.",
    ),
    "written_data": Message(
        "Autograd has not seen this write to {name}",
        "{code} changed {name} through `.data`, which has a version counter of its own: that of {name} is still "
        "{version}. If a backward pass needs the old value, it computes a wrong gradient and raises nothing. Through "
        "`detach()`, autograd would notice; `.data.clone()` would be a copy.",
    ),
    "wrong_gradient": Message(
        "A gradient was computed with values changed through `.data`",
        "{needing} ({line}) saved {name} for its gradient. Then {code} changed {name} through `.data`, which autograd "
        "does not count: the version counter of {name} is {version}. The backward pass used the new values, so its "
        "gradients are wrong, without an error. Write after the backward pass, or to a copy: `.data.clone()`.",
    ),
}
