"""优化器。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
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
        "参数列表是空的。"
        "放在普通 Python 列表里的层不会被登记（请用 `nn.ModuleList`），而 `model.parameters()` 这样的迭代器只能用一遍。",
    ),
}
