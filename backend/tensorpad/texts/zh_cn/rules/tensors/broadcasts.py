"""被广播拉伸的张量。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "outer_broadcast": Message(
        "两个向量变成了矩阵",
        "在 {code} 里，长度为 {count} 的行和长度为 {count} 的列都被拉伸成了矩阵：\n{figure}\n如果本意是逐元素计算，请先"
        "让形状一致。在损失函数里这个错误很难发现：每个预测都会与每个目标比较。",
    ),
    "loss_broadcast": Message(
        "损失函数比较的形状不同",
        "预测 {prediction} 的形状是 {input}，目标 {target} 的形状是 {expected}。在 {code} 里，它们被广播成 {result}，"
        "损失算的是 {count} 对，多数预测比较的不是自己的目标：\n{figure}\n请让两者形状一致。",
    ),
}
