"""变成 NaN、无穷大或 0 的梯度。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "gradient_not_finite": Message(
        "梯度在 {function} 里变成了 {value}",
        "结果是有限的数，而 {leaf} 的梯度不是。问题出在 {function}，也就是 {of}（{line}）的反向函数{element}。"
        "{reason}{hidden}{cure}",
    ),
}
