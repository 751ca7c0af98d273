"""Results that nobody got, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "result_lost": Message(
        "The result was not kept",
        "{code} returns a new tensor and leaves {name} as it was; on a line of its own, the result is lost. {cure}",
    ),
}
