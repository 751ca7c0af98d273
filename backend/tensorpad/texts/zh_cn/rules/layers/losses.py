"""逐元素比较的损失函数。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "binary_shape": Message(
        "预测与目标的形状不同",
        "{function} 逐元素比较，而且不做广播，所以两者形状必须相同。{prediction} 的形状是 {shape}，"
        "{target} 的形状是 {target_shape}：\n{figure}\n只有一个输出的模型给出的是一列，"
        "即 (N, 1)。请给目标补上这一维，或从预测中去掉它。",
    ),
    "binary_dtype": Message(
        "这个损失的目标必须是浮点数",
        "{function} 把目标看作概率，所以它的 dtype 要与预测相同。{target} 是 {target_dtype}，"
        "而 {prediction} 是 {dtype}。请转换标签。",
    ),
    "loss_dtype_in_backward": Message(
        "损失的目标是另一种 dtype",
        "第 {line} 行的 {code} 比较了 {prediction}（{dtype}）和 {target}（{target_dtype}）。"
        "损失本身可以计算，但它的反向函数只接受同一种 dtype。请在计算损失之前转换目标。",
    ),
    "probability_range": Message(
        "这个损失要的是概率，不是得分",
        "{function} 要对输入取对数，所以输入必须在 0 和 1 之间，而 {prediction} 里有超出范围的值。"
        "`sigmoid` 可以把得分变成概率；`BCEWithLogitsLoss` 一步完成，而且更精确。",
    ),
    "target_probability_range": Message(
        "这个损失的目标必须在 0 和 1 之间",
        "{function} 把 {target} 看作概率：0 表示否，1 表示是，而其中有超出范围的值。多个类别的编号（0、1、"
        "2……）应使用 `cross_entropy`，它对每个类别要一个得分。",
    ),
    "loss_reduction": Message(
        "没有这种归约方式",
        '`reduction` 只能是 `"mean"`（默认）、`"sum"` 或 `"none"`（每个元素保留一个损失），{name} 不在其中。',
    ),
    "divergence_of_integers": Message(
        "`kl_div` 比较的是概率分布，必须是浮点数",
        "{name} 是 {dtype}。输入是概率的对数，目标是概率，两者都必须是浮点数。",
    ),
    "triplet_dimensions": Message(
        "三个输入的维数必须相同",
        "{function} 要计算每个锚点到正样本、到负样本的距离，所以三者的形状都是 (N, 特征数)："
        "\n{figure}\n维数较少的那个可以用 `unsqueeze(0)` 补上批次维。",
    ),
    "pair_target": Message(
        "这个损失对每一对输入只要一个标签",
        "{function} 把前两个张量逐行配对，目标对每一对给一个数（1 或 -1），形状应为 (N,)：\n{figure}",
    ),
    "ctc_lengths": Message(
        "长度与序列对不上",
        "得分 {scores} 的形状是 {shape}：{batch} 个序列，各 {steps} 步。"
        "所以 `input_lengths` 应有 {batch} 个整数，且都不超过 {steps}。"
        "`target_lengths` 也应有 {batch} 个，且不能超过 {targets} 的行长，"
        "后者的形状是 {target_shape}。",
    ),
    "loss_not_called": Message(
        "损失函数创建了，但没有调用",
        "{kind} 是一个还没有传入张量的函数，没有 {attribute}。"
        "先创建 `criterion = {kind_plain}()`，"
        "再调用 `loss = criterion(prediction, target)`，然后使用它的结果。",
    ),
    "loss_constructed": Message(
        "损失要先创建，再调用",
        "{code} 是在创建损失对象，却把张量当成了它的设置。应当先创建再调用：{call}。",
    ),
}
