"""`torch.Tensor` called with sizes, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "constructor": Message(
        "`torch.Tensor` with sizes gives an uninitialised tensor",
        "{code} makes a tensor of shape {shape} with arbitrary values, not a tensor of those numbers. "
        "{from_name}`torch.tensor`, in lower case, takes values: {instead}. For that shape, filled: {zeros}.",
    ),
    "inclusive_range": Message(
        "`torch.range` includes its end",
        "{code} gave {count} numbers, the end {last} among them, unlike Python's `range`. torch has deprecated it: "
        "`torch.arange` leaves the end out.",
    ),
}
