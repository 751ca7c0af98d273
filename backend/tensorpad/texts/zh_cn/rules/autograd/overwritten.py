"""反向传播要用、却被改掉的值。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "needed_value": Message("反向传播要用的值被改掉了", "{needed}{writers}\n{advice}"),
}
