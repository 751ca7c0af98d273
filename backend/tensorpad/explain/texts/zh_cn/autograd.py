"""梯度与原地修改。"""

from typing import Final

from tensorpad.explain.texts.catalogue import Message

MESSAGES: Final = {
    "backward_not_scalar": Message(
        "`backward()` 要从一个数出发",
        "{name} 的形状是 {shape}。梯度是某一个数的导数；有好几个数时，torch 不知道各占多少分量。"
        "请用 `sum()` 或 `mean()` 变成一个数，或用 `backward(gradient=…)` 给出各自的权重。",
    ),
    "no_graph": Message(
        "没有可以往回走的计算图",
        "{name} 不要求梯度。{reason}",
    ),
    "backward_twice": Message(
        "这张计算图已经用过了",
        "反向传播会释放图里保存的中间值，而{where}已经对 {name} 的图（或其中一部分）做过一次。"
        "请在第一次传入 `retain_graph=True`；如果是在循环里，多半应当每次都重新计算这个值。",
    ),
    "unused": Message(
        "输出与这个张量无关",
        "计算输出时没有用到 {name}，所以没有梯度可求。也许用到的是它的一个副本。",
    ),
    "gradient_shape": Message(
        "给出的梯度形状不对",
        "`gradient` 表示输出的每个元素各占多少分量，形状应与输出相同，是 {wanted} 而不是 {given}。",
    ),
    "requires_grad_flag": Message(
        "只有叶子张量可以改这个开关",
        "{name} 是由要求梯度的张量算出来的，所以它也要求梯度。`detach()` 可以得到脱离计算图的同样的值。",
    ),
    "inference": Message(
        "推理模式下的张量不能进入计算图",
        "在 `torch.inference_mode()` 里生成的张量没有版本号，永远不能参与自动求导。请改用 `torch.no_grad()`，"
        "或在外面 `clone()` 一份。",
    ),
    "optimised": Message(
        "优化器只能更新叶子张量",
        "{name} 是由别的张量算出来的。请把最初的那些张量交给优化器，或用 `x.detach().requires_grad_()` 另起一个叶子。"
        "（先写 `requires_grad=True` 再 `.to(…)` 或 `* 0.1`，得到的都不是叶子。）",
    ),
    "parameters": Message(
        "优化器要的是张量的列表",
        "哪怕只有一个张量，也要放进列表：`[w]`。模型的参数用 `model.parameters()` 得到。",
    ),
    "no_parameters": Message(
        "没有可以优化的参数",
        "参数列表是空的。放在普通 Python 列表里的层不会被登记（请用 `nn.ModuleList`），而 `model.parameters()` "
        "这样的迭代器只能用一遍。",
    ),
    "deep_copy": Message(
        "算出来的张量不能深拷贝",
        "{name} 连着它的计算图，图没法一起拷贝。`detach().clone()` 只复制数值。",
    ),
    "gradient_not_kept": Message(
        "非叶子张量的梯度没有保留",
        "{name} 不是叶子张量：梯度传过去之后就丢掉了，所以 `.grad` 是 `None`。在反向传播之前调用 `retain_grad()` 就会保留。",
    ),
    "gradient_not_required": Message(
        "`.grad` 是 None：没有要求过梯度",
        "{name} 不要求梯度，所以反向传播不会给它写入。请在创建它时加上 `requires_grad=True`。",
    ),
    "gradient_before_backward": Message(
        "`.grad` 是 None：还没有梯度传到这里",
        "在反向传播到达之前，{name} 的 `.grad` 是空的。请先调用 `backward()`，并确认损失确实依赖于它。",
    ),
    "leaf_in_place": Message(
        "要求梯度的叶子张量不能原地修改",
        "{name} 是梯度的终点，覆盖它就等于抹掉计算图的起点。更新参数请放在 `torch.no_grad()` 里；参与计算请生成新张量。",
    ),
    "leaf_view_in_place": Message(
        "叶子张量的一部分也不能原地修改",
        "{code} 会写进 {name} 的内存，而它是要求梯度的叶子张量。想设置数值，请放在 `torch.no_grad()` 里；"
        "想用来计算，请先 `clone()`。",
    ),
    "one_of_several_views": Message(
        "这个视图不能原地修改",
        "{name} 是 {function} 一次给出的几个视图之一，写进其中一个，自动求导就跟不上了。请改为生成新张量。",
    ),
    "stretched_in_place": Message(
        "好几个元素其实是同一个",
        "{name} 的形状是 {shape}，步长是 {stride}：步长为 0 表示同一个数被显示多次，写入会反复落在同一处内存。"
        "`clone()` 可以让每个元素有自己的内存。",
    ),
    "needed_value": Message(
        "反向传播要用的值被改掉了",
        "为了求梯度，torch 记下了 {name}（形状 {shape}）在版本 {expected} 时的值，"
        "而它现在已是版本 {version}。{needing}{history}\n"
        "请在那里生成新张量而不是原地修改，或事先 `clone()` 一份。",
    ),
}
