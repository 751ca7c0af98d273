"""没有计算图的反向传播。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "no_graph": Message(
        "没有计算图，无法反向传播",
        "{name} 不要求梯度。{reason}",
    ),
    "replaced_parameter": Message(
        "{parameter} 已经换成另一个张量，不再要求梯度",
        "{code}（{line}）生成了一个不要求梯度的新张量，并占用了 {parameter} 这个名字。"
        "原来要求梯度的那个参数没有名字了，于是计算 {name} 用到的张量都不要求梯度。"
        "请把更新原地写进参数本身，并在下一次反向传播之前清空梯度。",
    ),
}
