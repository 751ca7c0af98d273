"""给大小调用的 `torch.Tensor`。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "constructor": Message(
        "给 `torch.Tensor` 传大小，得到的是未初始化的张量",
        "{code} 生成的是形状为 {shape}、数值不定的张量，而不是由这几个数组成的张量。"
        "{from_name}小写的 `torch.tensor` 才接受数值：{instead}。想要这个形状并填好数值：{zeros}。",
    ),
    "inclusive_range": Message(
        "`torch.range` 包含终点",
        "{code} 给出 {count} 个数，终点 {last} 也在其中，与 Python 的 `range` 不同。"
        "torch 已弃用它：`torch.arange` 不含终点。",
    ),
}
