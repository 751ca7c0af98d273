"""`softmax` over an unexpected dimension, or twice, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "one_class": Message(
        "{function} over one class says nothing",
        "{name} is {shape}: one class for each sample. With one class its probability is always 1, so {code} gives {result} "
        "whatever the numbers are, and its gradient is 0. For yes or no use one output with "
        "`BCEWithLogitsLoss`, or two classes.",
    ),
    "not_logarithms": Message(
        "{function} takes logarithms of probabilities",
        "The first argument of {code} is {name}, which holds {number}. "
        "The logarithm of a probability is never above 0, so these are none. "
        "Apply `log_softmax` to scores first, or `.log()` to probabilities.",
    ),
    "softmax_implicit": Message(
        "`softmax` without a dimension",
        "{code} does not say along which dimension the results are to sum to 1. For an input of shape {shape}, "
        "{function} took dimension {picked}; torch warns of this and will require it one day. Say which: {argument}.",
    ),
    "softmax_over_batch": Message(
        "`softmax` over the batch",
        "{code} takes {function} along dimension 0 of a tensor of shape {shape}: each column sums to 1 over the {rows} "
        "samples, and no row over its {columns} values, so every sample depends on the others. For probabilities of each "
        "sample, take `dim=1`.",
    ),
    "softmax_twice": Message(
        "`softmax` was taken twice",
        "{code} gets what {first} ({line}) gave, and {function} takes softmax itself. Twice makes the probabilities "
        "nearly equal, and the gradients small. Hand over the values before softmax (logits).",
    ),
    "nll_of_probabilities": Message(
        "`nll_loss` got no logarithms",
        "{code} gets the probabilities of {first} ({line}), and {function} wants their logarithms: it only negates and "
        "averages them. Take `log_softmax` instead of `softmax`, or `cross_entropy` on the values before it.",
    ),
    "sigmoid_twice": Message(
        "`sigmoid` was taken twice",
        "{code} gets what {first} ({line}) gave, and {function} takes sigmoid itself. Hand over the values before it "
        "(logits), or use `binary_cross_entropy`.",
    ),
}
