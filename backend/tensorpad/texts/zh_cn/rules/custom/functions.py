"""自定义的自动求导函数。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "function_gradient_count": Message(
        "`backward` 要为 `forward` 的每个参数各返回一个梯度",
        "{class} 的 `backward`（{backward}）返回了 {given} 个，而 `forward` 在 `ctx` 之后有 {expected} 个参数："
        "{arguments}。"
        "请按同样的顺序返回同样多个，不需要梯度的写 `None`。",
    ),
    "function_gradient_shape": Message(
        "`backward` 返回的梯度形状不对",
        "{class} 的 `backward`（{backward}）为 {argument} 返回的梯度形状是 {given}，而它本身的形状是 {wanted}。"
        "输入的梯度与输入形状相同；如果 `forward` 里发生过广播，就沿那些维度求和：`g.sum_to_size(…)`。",
    ),
    "function_gradient_type": Message(
        "`backward` 只能返回张量",
        "{class} 的 `backward`（{backward}）返回了 {type}。梯度应当是与输入形状相同的张量，不需要时返回 `None`。",
    ),
    "function_dirty_leaf": Message(
        "自定义函数改写了叶子张量",
        "`mark_dirty` 表示 `forward` 改写了输入，而 {name} 是要求梯度的叶子张量，改写后计算图就没有了起点。"
        "请传入算出来的张量，或者让函数返回新张量。",
    ),
    "function_dirty_lost": Message(
        "标记为已改写的张量必须返回",
        "`mark_dirty` 表示 `forward` 原地改写了输入。计算图要从改写后的张量继续，所以 `forward` 必须返回这个张量本身。"
        "没有原地改写，就不要调用 `mark_dirty`。",
    ),
    "function_once_differentiable": Message(
        "这个函数只能求一次导",
        "{class} 的 `backward`（{backward}）带有装饰器 `@once_differentiable`：它的计算不被记录，所以没有二阶导数。"
        "如果 `backward` 由 PyTorch 的张量运算组成，就去掉这个装饰器。",
    ),
    "function_returned_nothing": Message(
        "{class} 的 `backward` 什么也没有返回",
        "{class} 的 `backward`（{backward}）没有 `return`，梯度到此为止，它前面的张量的 `.grad` 是 None。"
        "请返回 `forward` 每个参数的梯度。",
    ),
}
