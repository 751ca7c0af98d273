"""沿着意外的维度计算，或计算了两次的 `softmax`。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "one_class": Message(
        "只有一个类别，{function} 没有意义",
        "{name} 的形状是 {shape}，每个样本只有一个类别。只有一个类别时概率总是 1，"
        "所以无论数值是多少，{code} 都得到 {result}，梯度是 0。二分类请用一个输出加 `BCEWithLogitsLoss`，或用两个类别。",
    ),
    "not_logarithms": Message(
        "{function} 的输入是概率的对数",
        "{code} 的第一个参数 {name} 里有 {number}，而概率的对数不会大于 0，所以它不是对数概率。"
        "请先对得分用 `log_softmax`，或对概率取 `.log()`。",
    ),
    "softmax_implicit": Message(
        "`softmax` 没有指定维度",
        "{code} 没有说明沿哪个维度求和为 1。输入形状是 {shape} 时，{function} 用的是维度 {picked}；torch 已对此发出警告，"
        "将来会要求写明。请写明：{argument}。",
    ),
    "softmax_over_batch": Message(
        "`softmax` 算到了批次维度上",
        "{code} 在形状为 {shape} 的张量上沿维度 0 计算 {function}：每一列对 {rows} 个样本求和为 1，"
        "而每一行的 {columns} 个值之和不是 1，样本之间互相影响。想得到每个样本的概率，请用 `dim=1`。",
    ),
    "softmax_twice": Message(
        "`softmax` 算了两次",
        "{code} 的输入是 {first}（{line}）的结果，而 {function} 自己还会计算 softmax。算两次会使各个概率几乎相等，"
        "梯度变小。请传入 softmax 之前的值（logits）。",
    ),
    "nll_of_probabilities": Message(
        "`nll_loss` 的输入不是对数",
        "{code} 的输入是 {first}（{line}）给出的概率，而 {function} 要的是概率的对数：它只取负并求平均。"
        "请把 `softmax` 换成 `log_softmax`，或对之前的值用 `cross_entropy`。",
    ),
    "sigmoid_twice": Message(
        "`sigmoid` 算了两次",
        "{code} 的输入是 {first}（{line}）的结果，而 {function} 自己还会计算 sigmoid。请传入之前的值（logits），"
        "或改用 `binary_cross_entropy`。",
    ),
}
