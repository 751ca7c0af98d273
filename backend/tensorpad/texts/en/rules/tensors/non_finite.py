"""NaN and infinity, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "masked_out": Message(
        "`softmax` of a row without any open position is NaN",
        "In {name}, every element of {rows} is `-inf` when {code} runs. `softmax` divides exp(-inf) = 0 by the sum of "
        "the row, which is 0 too, and 0/0 is NaN.{end} Leave at least one position of each row open, or mask with the "
        "smallest number instead of `-inf`: such a row then gets equal weights.",
    ),
    "not_finite": Message(
        "Where {value} begins",
        "All inputs of {code} were finite, and its result has {value}{place}. {reason}{end}",
    ),
}
