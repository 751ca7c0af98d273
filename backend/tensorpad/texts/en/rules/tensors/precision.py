"""Numbers that a dtype cannot tell apart, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "coarse": Message(
        "A whole number was rounded",
        "{code} was to hold {number}, and holds {got}: {dtype} has all whole numbers only up to 2**{power} = {exact}. "
        "Keep such numbers (ids, times, counts) as integers, or in float64.",
    ),
    "absorbed": Message(
        "An addition changed nothing",
        "In {code}, {sum}: beyond {exact}, {dtype} no longer has every whole number, and the result is rounded back to "
        "where it was. Count in integers, or in a wider dtype.",
    ),
    "float_equality": Message(
        "Compared exactly, and different by a rounding",
        "{code} compares {left} with {right}{place}: they differ only in the last digits that {dtype} has. Results of "
        "arithmetic are rounded, so compare them within a tolerance: `torch.isclose`, or `torch.allclose` for all.",
    ),
}
