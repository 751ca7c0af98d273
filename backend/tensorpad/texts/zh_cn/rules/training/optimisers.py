"""优化器。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "optimised": Message(
        "优化器只能更新叶子张量",
        "{name} 是由别的张量算出来的。请把最初的那些张量交给优化器，或用 `x.detach().requires_grad_()` 另建一个叶子张量。"
        "（先写 `requires_grad=True` 再 `.to(…)` 或 `* 0.1`，得到的都不是叶子张量。）",
    ),
    "parameters": Message(
        "优化器要的是张量的列表",
        "哪怕只有一个张量，也要放进列表：`[w]`。模型的参数用 `model.parameters()` 得到。",
    ),
    "no_parameters": Message(
        "没有可以优化的参数",
        "参数列表是空的。"
        "放在普通 Python 列表里的层不会被注册（请用 `nn.ModuleList`），而 `model.parameters()` 这样的迭代器只能用一遍。",
    ),
    "sparse_gradient": Message(
        "这个优化器不支持稀疏梯度",
        "`sparse=True` 的嵌入层给出的梯度只含用到的行，而 {optimiser} 不能使用。"
        "请去掉 `sparse=True`，或改用不带 `weight_decay` 的 `SGD`、`Adagrad` 或 `SparseAdam`。",
    ),
    "dense_gradient": Message(
        "`SparseAdam` 只接受稀疏梯度",
        "稀疏梯度来自 `sparse=True` 的嵌入层，而这里的梯度是稠密的。请改用 `Adam`。",
    ),
    "optimiser_of_model": Message(
        "优化器要的是参数，不是模型",
        "优化器会逐个取出给它的张量，而这里给的是 {kind}。`model.parameters()` 会列出模型的参数。",
    ),
    "learning_rate": Message(
        "学习率不能是负数",
        "优化器本来就沿梯度的反方向走，所以 `lr` 不能小于 0，这里是 {rate}。想让目标变大，请用 `maximize=True`。",
    ),
    "parameters_nested": Message(
        "列表里放的是迭代器，不是张量",
        "`parameters()` 会依次给出所有张量，外面再套 `[…]`，列表里就只有一个迭代器。"
        "请去掉方括号，或展开它：`[*model.parameters()]`。",
    ),
    "parameters_repeated": Message(
        "同一个参数出现在两个参数组里",
        "每个参数只能属于一个参数组，否则每一步会被更新两次。请只在一个组里保留它；共享权重的层会把同一个参数给出两次。",
    ),
    "closure_missing": Message(
        "这个优化器在一步里要多次计算损失",
        "{optimiser} 在一步之内会反复计算损失，所以 {code} 需要传入一个函数："
        "它清空梯度、计算损失、调用 `backward()`，并返回损失。",
    ),
}
