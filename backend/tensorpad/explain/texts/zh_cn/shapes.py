"""形状、乘法与网络层。"""

from typing import Final

from tensorpad.explain.texts.catalogue import Message

MESSAGES: Final = {
    "broadcast": Message(
        "这两个形状无法广播",
        "逐元素运算时，形状从右往左逐列对齐：每一列的大小要么相等，要么有一个是 1，要么其中一方没有这一列。"
        "从右数第 {place} 列是 {left} 和 {right}：\n{figure}\n"
        "可以用 `unsqueeze` 或 `reshape` 在这一列补一个大小为 1 的维度，或者检查哪个张量的大小不对。",
    ),
    "broadcast_in_place": Message(
        "结果放不进原来的张量",
        "原地运算要把结果写回 {name}，而它的形状 {shape} 不会改变；结果的形状却是 {result}：\n{figure}\n"
        "只有另一个张量可以被拉伸。请改为生成一个新张量。",
    ),
    "concatenate": Message(
        "除拼接的维度外，其余维度也不一致",
        "沿维度 {dim} 拼接，就是在这一维上首尾相接，其他每一维的大小都必须相同。这里一个是 {expected}，另一个是 "
        "{got}：\n{figure}\n"
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
    "view_of_strided": Message(
        "`view` 没法按新的次序读这些元素",
        "视图从不移动元素。{name} 的形状是 {shape}，步长是 {stride}；要能一行接一行地连续读取，步长得是 {contiguous}。"
        "它来自 `t`、`permute` 或切片这类只改步长的操作。`reshape` 会在必要时复制元素，与 "
        "`.contiguous().view(…)` 效果相同。",
    ),
    "reshape_sizes": Message(
        "新形状的元素个数对不上",
        "{name} 的形状是 {shape}，要变成 {wanted}。{reason}"
        "改变形状只是重新排列，元素一个不能多，一个不能少。可以有一个大小写成 `-1`，由 torch 推算。",
    ),
    "reshape_inferred": Message(
        "只能有一个大小留给 torch 推算",
        "`-1` 表示“由其他大小推出来”。写了两个 `-1` 答案就不唯一了，请至多保留一个。",
    ),
    "expand": Message(
        "只有大小为 1 的维度才能扩展",
        "{name} 在这一维有 {size} 个元素，却要变成 {wanted} 个。`expand` 不复制数据，只是把同一个元素显示多次，"
        "所以只能从 1 开始：\n{figure}\n要把多个元素反复复制，请用 `repeat`。",
    ),
    "expand_dimensions": Message(
        "`expand` 不能减少维度",
        "{name} 的形状是 {shape}，`expand` 至少要给 {dims} 个大小，这里只给了 {given} 个。新维度加在最前面，`-1` "
        "表示大小不变。",
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
    "linear": Message(
        "线性层的输入特征数不对",
        "{layer} 把 {features} 个特征变成 {outputs} 个。输入的形状是 {shape}，最后一维是 {got}。"
        "请把这一层的 `in_features` 改成 {got}，或把输入的最后一维改成 {features}。",
    ),
    "matrix_product": Message(
        "矩阵乘法中间的两个大小不相等",
        "{left} 的行要与 {right} 的列相乘，所以中间两个大小必须相等，这里是 {inner_left} 和 {inner_right}：\n{figure}\n"
        "多半是其中一个需要转置；如果想逐元素相乘，请用 `*`。",
    ),
    "batched_product": Message(
        "批量矩阵乘法的批次对不上",
        "最后两维是矩阵，前面的 {left} 和 {right} 是批次，必须一致（`@` 还能把 1 广播开，`bmm` 不能）：\n{figure}",
    ),
    "product_dimensions": Message(
        "维数不符合这种乘法的要求",
        "{function} 的两个参数应分别是 {first} 维和 {second} 维：\n{figure}\n`@`（即 `torch.matmul`）"
        "可以处理向量、矩阵以及成批的矩阵。",
    ),
    "einsum": Message(
        "同一个字母代表了两种大小",
        "在 `einsum` 里，同一个字母无论出现在哪里大小都相同。{letter} 在一个张量里是 {first}，在另一个里是 "
        "{second}：\n{figure}",
    ),
    "channels": Message(
        "卷积层的输入通道数不对",
        "卷积核需要 {expected} 个通道。输入的形状是 {shape}，第 {dim} 维是 {got}。图像的次序是（批次、通道、高、宽）："
        "请用 `permute` 调整次序，或把 `in_channels` 改成 {got}。",
    ),
    "layer_dimensions": Message(
        "输入的维数不对",
        "{function} 的输入应是 {unbatched} 维，前面带批次时是 {batched} 维。现在的形状是 {shape}，共 {dims} 维。"
        "可以用 `unsqueeze` 补上大小为 1 的批次维或通道维。",
    ),
}
