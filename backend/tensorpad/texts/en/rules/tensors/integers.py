"""Integers that wrapped around or lost a fraction, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "integer_overflow": Message(
        "An integer wrapped around",
        "{code} computes {calculation}{place}, but {dtype} holds only {low} to {high}. Integers that leave that range "
        "wrap around without a warning: the result is {got}. Convert to a wider dtype first.",
    ),
    "truncated": Message(
        "The fraction was cut off",
        "{code} writes {value} into {name}, which holds integers ({dtype}): it became {got}, without a warning. A write "
        "keeps the dtype of the tensor that is written; start from floats to keep fractions.",
    ),
    "wrapped_cast": Message(
        "A number did not fit",
        "{code} converts {number} to {dtype}, which holds only {low} to {high}{became}. torch does not warn of it. Bring "
        "the numbers into the range first.",
    ),
}
