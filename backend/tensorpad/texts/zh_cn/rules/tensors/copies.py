"""写丢了的值，或一次写入改变了多个元素。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "lost_indexed_write": Message(
        "写入落到了副本里",
        "在 {code} 里，{copy} 从 {name} 中取出元素，得到一个新张量，写入的是它：{name} 没有变。"
        "请在 `=` 左边只用一次下标，例如 `x[mask] = 5` 或 `x[rows, 1] = 9`。",
    ),
    "lost_write": Message(
        "写入落到了副本里",
        "在 {code} 里，{copy} 复制了数据，写入的是那个没有名字的副本：{name} 没有变。请直接写入 {name}，或给副本起个名字。",
    ),
    "repeated_index": Message(
        "重复的下标只算一次",
        "在 {code} 里，下标有 {count} 次指向 {name} 的元素 {element}，却只改了一次：torch 先读出元素、计算、再写回，"
        "以最后一次写入为准。想全部累加，请用 `index_add_`，或 `index_put_(…, accumulate=True)`。",
    ),
    "through_expanded": Message(
        "一次写入改变了 {count} 个元素",
        "{code} 改变了 {name} 的 {count} 个元素，它们在内存里只有 {cells} 个：{indices} 是同一个数。"
        "{name} 是用 `expand` 扩展出来的，在维度 {dims} 上的步幅为 0，那里的所有位置是同一个元素{base}。"
        "`.clone()` 让每个元素各有内存。",
    ),
}
