"""没有人接收的结果。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "result_lost": Message(
        "结果没有保留",
        "{code} 返回一个新张量，{name} 保持不变；单独写成一行，结果就丢了。{cure}",
    ),
}
