"""广播、拼接与嵌套列表。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "broadcast": Message(
        "这两个形状无法广播",
        "逐元素运算时，形状从右往左逐列对齐：每一列的大小要么相等，要么有一个是 1，要么其中一方没有这一列。"
        "从右数第 {column} 列是 {left} 和 {right}：\n{figure}\n"
        "可以用 `unsqueeze` 或 `reshape` 在这一列补一个大小为 1 的维度，或者检查哪个张量的大小不对。",
    ),
    "broadcast_in_place": Message(
        "结果放不进原来的张量",
        "原地操作要把结果写回 {name}，而它的形状 {shape} 不会改变；结果的形状却是 {result}：\n{figure}\n"
        "只有另一个张量可以被拉伸。请改为生成一个新张量。",
    ),
    "concatenate": Message(
        "除拼接的维度外，其余维度也不一致",
        "沿维度 {dim} 拼接，就是在这一维上首尾相接，其他每一维的大小都必须相同。"
        "这里一个是 {expected}，另一个是 {got}：\n{figure}\n"
        "请换一个维度拼接，或先让大小一致。",
    ),
    "concatenate_dimensions": Message(
        "张量的维数不同",
        "`cat` 沿已有的维度拼接，所以各张量的维数必须相同；这里是 {first} 维和 {second} 维：\n{figure}\n"
        "矩阵的一行形状是 `(1, n)` 而不是 `(n,)`，`unsqueeze(0)` 可以补上这一维。",
    ),
    "concatenate_scalars": Message(
        "没有维度的张量不能拼接",
        "`cat` 沿某个维度拼接，而标量张量没有维度。`stack` 会新建一个维度，把它们并排放进去。",
    ),
    "stack": Message(
        "`stack` 要求形状相同",
        "堆叠后每个张量成为新张量的一层，所以形状必须完全相同：\n{figure}\n"
        "长度不同的张量可以用 `cat` 首尾相接，或者先把短的补齐。",
    ),
    "assigned": Message(
        "右边的值放不进左边的位置",
        "{part} 只接受形状相同、或能广播成这个形状的值：\n{figure}",
    ),
    "ragged": Message(
        "各行的长度不一样",
        "张量必须是填满的格子。在第 {dim} 维上，第一个列表有 {expected} 个元素，另一个却有 {got} 个。"
        "请把短的补齐，或者用 Python 列表分别保存各行张量。",
    ),
}
