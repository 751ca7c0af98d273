"""Values that the backward pass needed, overwritten since, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "needed_value": Message("A value that the backward pass needs was overwritten", "{needed} {writers}\n{advice}"),
}
