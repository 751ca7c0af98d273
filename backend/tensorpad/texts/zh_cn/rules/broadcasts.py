"""被广播拉伸的张量。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "outer_broadcast": Message(
        "两个向量变成了矩阵",
        "在 {code} 里，长度为 {count} 的行和长度为 {count} 的列都被拉伸成了矩阵：\n{figure}\n"
        "如果本意是逐元素计算，请先让形状一致。在损失函数里，这个错误很难发现。",
    ),
    "loss_broadcast": Message(
        "损失函数比较的形状不同",
        "预测的形状是 {input}，目标的形状是 {target}。其中一个被广播了，可能是每个预测都与每个目标作了比较。"
        "请让两者形状相同。",
    ),
}
