"""指定的维度。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "dimension": Message(
        "没有这个维度",
        "传给 {function} 的维度是 {got}。{name} 的形状是 {shape}，这里的维度只能是 {low} 到 {high}，负数表示从末尾数。",
    ),
    "permute": Message(
        "`permute` 要把每个维度各写一次",
        "{name} 的形状是 {shape}，共 {dims} 维。新的次序里，{all} 每个都要出现，且只出现一次。",
    ),
    "transpose": Message(
        "`t()` 只用于矩阵",
        "{name} 的形状是 {shape}，共 {dims} 维。请用 `transpose(a, b)` 说明交换哪两维；`.mT` 交换最后两维。",
    ),
}
