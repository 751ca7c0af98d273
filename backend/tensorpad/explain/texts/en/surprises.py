"""Surprises, in English."""

from typing import Final

from tensorpad.explain.texts.catalogue import Message

MESSAGES: Final = {
    "non_leaf_gradient": Message(
        "`.grad` of {name} is None",
        "{name} is not a leaf: it was computed. Its gradient did pass through, but is kept for leaves only. "
        "`retain_grad()`"
        " before the backward pass keeps it too.",
    ),
    "accumulated": Message(
        "Gradients have been added up",
        "{count} backward passes reached {name}, and each one adds to `.grad`. If they were meant one by one, clear it in"
        " between: `x.grad = None` or `optimizer.zero_grad()`.",
    ),
    "cut_off": Message(
        "{name} has lost its gradient",
        "{source} requires a gradient, but {code} was computed with recording off (`torch.no_grad()`), so no "
        "gradient will flow"
        " back through {name}.",
    ),
    "stopped": Message(
        "No gradient gets past {code}",
        "{code} hands on the values and leaves the graph behind, and there is no other way from the result back to {names}: "
        "`backward()` brought no gradient there, and `.grad` is still None. To train them, leave this step out.",
    ),
    "written_detached": Message(
        "Autograd has not seen this write",
        "{cut} shares the memory of {name} but not its graph, so {code} changed {name} unnoticed. A gradient "
        "that needs the old"
        " value may be wrong without an error. Prefer `torch.no_grad()`, or `clone()`.",
    ),
    "uninitialised": Message(
        "The values of {name} are left over",
        "{code} takes memory and writes nothing to it: its values are whatever was there, and differ from run to "
        "run. Fill it"
        " before use, or take `zeros`.",
    ),
    "constructor": Message(
        "`torch.Tensor` with sizes gives an empty shell",
        "{code} makes a tensor of shape {shape} with arbitrary values, not a tensor of those numbers. "
        "`torch.tensor`, in lower"
        " case, takes values: {instead}.",
    ),
    "changed_view": Message(
        "One write, several names",
        "{code} wrote through {name}, and changed {others} too: they are views of the same memory. `clone()` "
        "gives one its own.",
    ),
    "shared_array": Message(
        "The tensor and the array are one memory",
        "{name} and the NumPy array {array} share their elements, so a write to one showed in the other. "
        "`.clone()` or `.copy()`"
        " parts them.",
    ),
    "copied": Message(
        "{function} made a copy this time",
        "{source} has strides {stride}, which the new shape cannot be read with, so {code} copied. The write "
        "{write} therefore"
        " reaches only one of the two. `view` never copies: it fails instead.",
    ),
    "not_finite": Message(
        "{value} appears here first",
        "All inputs of {code} were finite, and its result has {value}. {reason} From here it spreads through "
        "everything that is"
        " computed from it.",
    ),
    "mixed_precision": Message(
        "float32 and float64 met",
        "{single} is float32 and {double} is float64, so {code} was computed in float64: twice the memory, and a "
        "matrix product"
        " would refuse. NumPy makes float64 by default.",
    ),
    "integer_division": Message(
        "Dividing integers gave floats",
        "{code} divides {dtype}, and `/` always divides exactly, so the result is {result}. `//` stays with integers.",
    ),
    "floor_division": Message(
        "`//` rounds down",
        "{code} divides {dtype} and rounds towards minus infinity: `-7 // 2` is `-4`, and remainders are gone. `/` keeps"
        " fractions.",
    ),
    "outer_broadcast": Message(
        "Two vectors became a matrix",
        "A row of {count} and a column of {count} were both stretched in {code}, each to a matrix:\n{figure}\nIf "
        "they were to"
        " be taken element by element, give them one shape first. In a loss this mistake is hard to see.",
    ),
    "stretched_write": Message(
        "The written value was stretched",
        "In {code}, {other} is smaller than {name} and was repeated to fit:\n{figure}",
    ),
    "unseeded": Message(
        "The random numbers differ in each run",
        "{code} draws random numbers and no seed was set. `torch.manual_seed(0)` makes a run repeatable.",
    ),
    "tensor_of_tensor": Message(
        "A tensor made from a tensor",
        "`torch.tensor` of a tensor copies its values and cuts it off from its graph. Say so in words: "
        "`x.detach().clone()`; or"
        " `x.clone()`, to stay in the graph.",
    ),
    "loss_broadcast": Message(
        "The loss compares different shapes",
        "The prediction is {input} and the target {target}. One was stretched, so every prediction may have been "
        "compared with"
        " every target. Give both the same shape.",
    ),
}
