"""乘法与网络层。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
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
        "最后两维是矩阵，前面的 {left} 和 {right} 是批次，必须一致（`@` 还能广播大小为 1 的维度，`bmm` 不能）：\n{figure}",
    ),
    "product_dimensions": Message(
        "维数不符合这种乘法的要求",
        "{function} 的两个参数应分别是 {first} 维和 {second} 维：\n{figure}\n"
        "`@`（即 `torch.matmul`）可以处理向量、矩阵以及成批的矩阵。",
    ),
    "einsum": Message(
        "同一个字母代表了两种大小",
        "在 `einsum` 里，同一个字母无论出现在哪里大小都相同。"
        "{letter} 在一个张量里是 {first}，在另一个里是 {second}：\n{figure}",
    ),
}
