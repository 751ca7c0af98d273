"""元素类型。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "product_dtype": Message(
        "相乘的两个张量 dtype 不同",
        "{left} 是 {left_dtype}，{right} 是 {right_dtype}。"
        "逐元素运算会自动转换 dtype，矩阵乘法和网络层则不会，请先转换其中一个。"
        "这种差别常常来自 NumPy 数组或 `torch.arange`。",
    ),
    "cast_in_place": Message(
        "原来的张量装不下这个结果",
        "结果是 {result}，而原地操作要把它写进 {name}，后者始终是 {dtype}。原地的算术运算遇到这种情况会报错"
        "（赋值则不会：`x[0] = 2.7`、`fill_`、`copy_` 会直接转换 dtype，舍去小数）。"
        "请生成新张量，或一开始就用浮点数。",
    ),
    "gradient_of_integers": Message(
        "整数没有梯度",
        "导数问的是“变化一点点会怎样”，而 {dtype} 没有“一点点”。只有浮点（和复数）张量可以要求梯度。"
        "把 `1` 写成 `1.`，或加上 `dtype=torch.float32`。",
    ),
    "integers": Message(
        "这个函数需要浮点数",
        "{function} 不支持 {name} 的 dtype（{dtype}），因为结果几乎不会是整数。请先用 `.float()` 转换。",
    ),
    "booleans": Message(
        "布尔张量不能用 `-`",
        "掩码只有真和假，torch 不会去猜减号表示“取反”还是“相减”。"
        "取反用 `~mask`，找出两个掩码的不同之处用 `a ^ b`，要变成数用 `.int()`。",
    ),
    "mask_dtype": Message(
        "条件必须是布尔张量",
        "{name} 是 {dtype}。"
        "条件要对每个元素给出“是”或“否”：`x > 0` 这样的比较就会得到布尔张量，`.bool()` 把非 0 的数都当作“是”。",
    ),
    "strings": Message(
        "张量里只能放数",
        "文字（或其他对象）不能作为张量的元素。请先把它们变成数，例如给每个词一个编号。",
    ),
    "no_number": Message(
        "有一个值不是数",
        "torch 不知道 {kind} 该变成什么 dtype。最常见的原因是函数忘了写 `return`，于是得到了 `None`。",
    ),
}
