"""Losses that compare element by element, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "binary_shape": Message(
        "Prediction and target have different shapes",
        "{function} compares element by element and does not broadcast, so both must have the same shape. "
        "{prediction} is {shape} and {target} is {target_shape}:\n{figure}\nA model with one output gives a column, "
        "(N, 1). Give the target that dimension, or take it away from the prediction.",
    ),
    "binary_dtype": Message(
        "The targets of this loss must be floats",
        "{function} takes a target as a probability, so it needs the dtype of the prediction. {target} is "
        "{target_dtype} and {prediction} is {dtype}. Convert the labels.",
    ),
    "loss_dtype_in_backward": Message(
        "The loss was given a target of another dtype",
        "{code} in line {line} compared {prediction}, which is {dtype}, with {target}, which is {target_dtype}. "
        "The loss itself could be computed, but its backward function takes one dtype only. Convert the target "
        "before the loss.",
    ),
    "probability_range": Message(
        "This loss takes probabilities, not scores",
        "{function} computes the logarithm of its input, which must lie between 0 and 1. {prediction} has values "
        "outside. `sigmoid` turns scores into probabilities; `BCEWithLogitsLoss` does both in one and is more "
        "accurate.",
    ),
    "target_probability_range": Message(
        "A target of this loss must lie between 0 and 1",
        "{function} takes {target} as probabilities: 0 is no, 1 is yes. It has values outside. Numbers of several "
        "classes (0, 1, 2, …) are for `cross_entropy`, which takes one score for each class.",
    ),
    "loss_reduction": Message(
        "There is no such reduction",
        '`reduction` is `"mean"` (the default), `"sum"` or `"none"`, which keeps one loss for each element. '
        "{name} is none of them.",
    ),
    "divergence_of_integers": Message(
        "`kl_div` compares distributions, which are floats",
        "{name} is {dtype}. The input is the logarithm of a probability and the target a probability, so both "
        "must be floats.",
    ),
    "triplet_dimensions": Message(
        "Anchor, positive and negative need equal numbers of dimensions",
        "{function} measures the distance from each anchor to its positive and to its negative, so all three are "
        "(N, features):\n{figure}\nGive the one that has fewer a batch dimension with `unsqueeze(0)`.",
    ),
    "pair_target": Message(
        "This loss takes one label for each pair",
        "{function} compares the rows of the first two tensors in pairs, and its target has one number (1 or -1) "
        "for each pair, so its shape is (N,):\n{figure}",
    ),
    "ctc_lengths": Message(
        "The lengths do not match the sequences",
        "The scores {scores} are {shape}: {steps} steps for {batch} sequences. So `input_lengths` has {batch} "
        "whole numbers of at most {steps}. `target_lengths` has {batch} too, none larger than the rows of "
        "{targets}, which is {target_shape}.",
    ),
    "loss_not_called": Message(
        "The loss was made, but not called",
        "{kind} is a function that still has to be given tensors; it has no {attribute}. Make it once, "
        "`criterion = {kind_plain}()`, call it, `loss = criterion(prediction, target)`, and use that result.",
    ),
    "loss_constructed": Message(
        "The loss has to be made before it is called",
        "{code} makes a loss and takes the tensors as its settings. Make it first, then call it: {call}.",
    ),
}
