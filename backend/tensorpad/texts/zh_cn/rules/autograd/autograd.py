"""求不到的梯度。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "backward_not_scalar": Message(
        "`backward()` 要从一个数出发",
        "{name} 的形状是 {shape}。梯度是某一个数的导数；有好几个数时，torch 不知道各占多少分量。"
        "请用 `sum()` 或 `mean()` 变成一个数，或用 `backward(gradient=…)` 给出各自的权重。",
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
        "只有叶子张量能修改 `requires_grad`",
        "{name} 是由要求梯度的张量算出来的，所以它也要求梯度。`detach()` 得到的值相同，但脱离了计算图。",
    ),
    "inference": Message(
        "推理模式下的张量不能进入计算图",
        "在 `torch.inference_mode()` 里生成的张量没有版本计数器，永远不能参与自动求导。"
        "请改用 `torch.no_grad()`，或在外面 `clone()` 一份。",
    ),
    "deep_copy": Message(
        "算出来的张量不能用 `deepcopy` 复制",
        "{name} 在计算图里，而计算图不能一起复制。`detach().clone()` 只复制数值。",
    ),
}
