"""函数和网络层的返回值。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "named_tuple": Message(
        "{function} 返回的是几个张量",
        "{name} 是命名元组 {fields}，不是单个张量。请按名字取出需要的那个，或把它们解包。",
    ),
    "module_tuple": Message(
        "{kind} 返回的不只一项",
        "{code} 返回的是 {fields}。请先取出输出：`output, … = …`，或用 `[0]`。",
    ),
    "no_return": Message(
        "函数没有返回值",
        "{function}（第 {line} 行）没有 `return`，调用它得到的是 `None`。",
    ),
    "shape_unpacked": Message(
        "形状里的大小个数不同",
        "{code} 是 {shape}，有 {count} 个大小，却要赋给 {names} 个名字。",
    ),
    "values_unpacked": Message(
        "值的个数与名字的个数不同",
        "{code} 给出 {count} 个张量，而左边有 {names} 个名字。请让名字与值一样多，或改变拆分的份数。",
    ),
    "module_unpacked": Message(
        "{kind} 返回输出和状态",
        "{code} 返回 {fields}，左边的名字也要按同样的结构来写。",
    ),
    "enumerate_unpacked": Message(
        "`enumerate` 每次给出一对",
        "{code} 每次给出编号和一个元素，其余的都在这个元素里。请用括号把它的名字括起来：{pair}。",
    ),
    "tensor_unpacked": Message(
        "单个张量会沿第 0 维拆开",
        "{code} 给出的是一个形状为 {shape} 的张量。解包会沿第 0 维把它拆成 {count} 份，而名字有 {names} 个。",
    ),
}
