"""出乎意料的梯度。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "non_leaf_gradient": Message(
        "{name} 的 `.grad` 是 None",
        "{name} 是算出来的，不是叶子张量。梯度确实经过了它，但默认只为叶子张量保留。"
        "在反向传播之前调用 `retain_grad()` 就能留下。",
    ),
    "accumulated": Message(
        "梯度累加起来了",
        "共有 {count} 次反向传播，到达 {name} 的每一次都会加到 `.grad` 上。"
        "如果想分别求，请在两次之间清空：`x.grad = None` 或 `optimizer.zero_grad()`。",
    ),
    "cut_off": Message(
        "{name} 没有了梯度",
        "{source} 要求梯度，但计算 {code} 时没有记录（处在 {mode} 里），所以梯度不会经过 {name} 往回传。",
    ),
}
