"""Messages of the rules about tensors where Python wants a number, in Chinese."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "item": Message(
        "`item()` 只能取一个数",
        "{name} 的形状是 {shape}，共 {count} 个元素。"
        "可以取其中一个（`x[0]`），可以归约（`x.sum()`），也可以用 `tolist()` 全部取出。",
    ),
    "tensors_as_numbers": Message(
        "列表里是张量，不是数",
        "{function} 由 Python 的数创建张量，而 {code} 的列表里有形状为 {shape} 的 {name}，它不是一个数。"
        "`torch.stack` 沿新的一维堆叠形状相同的张量，并保留计算图；首尾相接用 `torch.cat`。",
    ),
    "whole_number": Message(
        "这里需要整数",
        "{code} 需要整数，而 {name} 是 {dtype}。`int(…)` 取它的整数部分；个数和大小请一开始就用整数 dtype。",
    ),
    "list_operand": Message(
        "列表不是张量",
        "{code} 把 {name} 与 Python 列表放在一起运算，而列表的 `*` 是重复，`+` 是拼接。请先把列表变成张量。",
    ),
    "python_number": Message(
        "多个元素不能变成一个 Python 数",
        "{code} 需要一个数，而 {name} 的形状是 {shape}。请先取一个或做归约。"
        "`math` 里的函数只处理单个数，整个张量请用 `torch.sqrt` 这样的 torch 函数。",
    ),
    "compared_as_numbers": Message(
        "Python 把张量当作数来比较",
        "{code} 让 Python 自己比较张量，并要求回答是或否；可是比较的结果是每个元素一个答案，即形状为 {shape} 的张量。{cure}",
    ),
    "truth": Message(
        "真还是假？多个元素没有唯一的答案",
        "{code} 让 Python 判断形状为 {shape} 的 {name} 是真是假。请说清楚：`.any()` 表示有一个即可，`.all()` 表示全部；"
        "逐元素的“与、或”用带括号的 `&`、`|`，不用 `and`、`or`，`0 < x < 2` 也是如此。",
    ),
    "truth_of_empty": Message(
        "空张量没有真假",
        "{code} 让 Python 判断形状为 {shape} 的 {name} 是真是假。想知道里面有没有元素，请用 `x.numel() > 0`。",
    ),
    "length": Message(
        "标量张量没有长度",
        "{name} 没有维度，它就是一个数。`numel()` 是元素个数（这里是 1），`dim()` 是维数（这里是 0）。",
    ),
    "iteration": Message(
        "标量张量不能遍历",
        "{code} 要逐个取出 {name} 的元素，而它没有维度。"
        "想数到这个数用 `range(x.item())`，想当作只有一个元素的序列用 `x.reshape(1)`。",
    ),
}
