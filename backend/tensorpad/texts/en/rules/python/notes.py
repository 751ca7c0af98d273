"""What was done in another way than the program says, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "loader_processes": Message(
        "The batches were made without worker processes",
        "With {given} a `DataLoader` starts processes that make its batches. None can be started here, so the program made "
        "them itself. They are the same batches in the same order, random ones too.",
    ),
}
