"""使用类别标签的损失函数。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "class_weight_dtype": Message(
        "类别权重与得分的 dtype 不同",
        "{weight} 是 {weight_dtype}，{scores} 是 {dtype}。损失要把两者相乘，"
        "但不会自动转换 dtype。NumPy 的浮点数默认是 64 位，请转换权重；标签的 dtype 没有问题。",
    ),
    "class_weight_size": Message(
        "每个类别要有一个权重",
        "得分共有 {classes} 个类别，而 {weight} 的形状是 {shape}。权重的形状应为 `({classes},)`。",
    ),
    "loss_arguments_swapped": Message(
        "得分和标签的次序反了",
        "{function} 的第一个参数是得分，第二个是标签。这里第一个是 {first}（{first_dtype}），"
        "第二个是 {second}（{second_dtype}）。",
    ),
    "class_target_column": Message(
        "类别标签应是一维的，不是一列",
        "得分的形状是 {shape} 时，标签的形状应为 {wanted}：每个样本一个数。{labels} 的形状却是 {label_shape}，是一列。",
    ),
    "class_target_shape": Message(
        "每个样本只要一个类别标签",
        "{scores} 的形状是 {shape}，所以标签的形状应为 {wanted}，"
        "而 {labels} 的形状是 {label_shape}。（若目标是概率，它的形状应与得分相同。）",
    ),
    "class_scores_vector": Message(
        "得分缺少批次维",
        "{scores} 的形状是 {shape}，这是一个样本在 {classes} 个类别上的得分；"
        "而 {labels} 的形状是 {label_shape}，有 {count} 个标签。多个样本时，"
        "得分的形状是 (批次, 类别)，每个标签对应一行；只有一个样本时，标签是一个没有维度的数。",
    ),
    "one_hot_integers": Message(
        "one-hot 形式的目标必须是浮点数",
        "{labels} 的形状 {shape} 与得分相同，所以其中的数被看作各类别的概率，但它是 {dtype}。"
        "请转换成浮点数，或者直接给出类别编号。",
    ),
    "class_batch": Message(
        "得分与标签的样本数不同",
        "{scores} 有 {samples} 行，{labels} 有 {count} 个标签：\n{figure}\n{reason}",
    ),
    "class_dimension": Message(
        "得分的第 1 维应是类别",
        "{scores} 的形状是 {shape}：第 1 维被看作 {classes} 个类别，其余各维是位置，每个位置一个标签。"
        "所以标签的形状应为 {wanted}，而 {labels} 的形状是 {label_shape}。如果类别在最后一维，"
        "请把它移到第 1 维。",
    ),
    "target_dtype": Message(
        "类别标签必须是 64 位整数",
        "{name} 是 {dtype}。每个样本一个数的目标表示类别编号，必须是 `torch.long`。（若目标是概率，它的形状应与得分相同。）",
    ),
}
