"""第二次反向传播。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "carried_state": Message(
        "{name} 带着上一轮的计算图",
        "{where}的反向传播释放了 {name} 背后的计算图。下一轮里 {code}（{line}）接着用 {name} 计算，"
        "于是 {root} 的梯度又要传回那张已经释放的图。"
        "每一轮都应把 {name} 从计算图分离（`detach()`）：数值不变，梯度只在本轮之内传播。{retaining}",
    ),
    "running_sum": Message(
        "{name} 里还包含前几轮的损失",
        "{code}（{line}）在上一轮的 {name} 上继续累加，而那张计算图已被{where}的反向传播释放。"
        "请只对本轮的损失做反向传播，累加时只加数值（`detach()` 或 `item()`）。"
        "如果用 `retain_graph=True`，每一轮都会把前面各轮的梯度再加一遍。",
    ),
    "kept_value": Message(
        "{root} 里包含前一轮的值",
        "{name} 属于前面的一轮，它的计算图已被{where}的反向传播释放。{code}（{line}）除了新的值，又用到了这个旧值。"
        "做过反向传播的值不要再留着（清空列表），或者只保存数值：`detach()` 或 `item()`。",
    ),
    "computed_once": Message(
        "{name} 只算过一次，而且已经做过反向传播",
        "{name}（{made}）的计算图已被{where}的反向传播释放，此后程序又改写了 {changed}。"
        "再做一次反向传播需要新的计算图：每次反向传播之前重新计算 {name}。"
        "`retain_graph=True` 没有用，因为保留下来的图属于旧的数值。",
    ),
    "shared_by_two": Message(
        "两次反向传播的计算图里都有 {name}",
        "{where}的反向传播也经过了 {name}（{made}），并释放了它背后的计算图；现在 {root} 还要用到那张图。"
        "此后只更新了 {updated}，所以第一次反向传播不必越过 {name}：在那里用 `detach()` 就行。",
    ),
    "backward_twice": Message(
        "这张计算图已经释放",
        "反向传播会释放图里保存的中间值，{where}的那一次已经释放了 {name} 的图{way}。"
        "此后图中的值都没有变：可以在第一次传入 `retain_graph=True`，也可以把损失加起来，只做一次反向传播。",
    ),
    "backward_again": Message(
        "这张计算图已经释放",
        "反向传播会释放图里保存的中间值，而{where}已经对 {name} 的图（或其中一部分）做过一次。"
        "请在每次反向传播之前重新计算。如果两次用的是同一张没有变化的图，在第一次传入 `retain_graph=True` 就能保留。",
    ),
    "saved_values_freed": Message(
        "保存的中间值已经释放",
        "{code} 要读取前向计算为反向传播保存的值，而反向传播已经把它们释放了。"
        "请在反向传播之前读取，或者在那次反向传播中传入 `retain_graph=True`。",
    ),
}
