"""留住不放的计算图。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "kept_graphs": Message(
        "{name} 留住了 {count} 轮的计算图",
        "{code} 把 {loss} 连同计算图一起加了进去，于是 {name} 一直占着全部 {count} 轮的计算图，每轮内存都会增加。没有反"
        "向传播从 {name} 出发，只要数值就够了：请加上 `.item()` 或 `.detach()`。",
    ),
    "kept_losses": Message(
        "{name} 留住了 {count} 个计算图",
        "{name} 里的每个损失都是带着计算图的张量，于是全部 {count} 轮的计算图都留在内存里。只想留数值，请追加 `loss.item"
        "()` 或 `loss.detach()`。",
    ),
}
