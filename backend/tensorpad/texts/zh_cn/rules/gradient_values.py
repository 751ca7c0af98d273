"""变成 NaN、无穷大或 0 的梯度。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "gradient_not_finite": Message(
        "梯度在 {function} 里变成了{value}",
        "结果是有限的数，而 {leaf} 的梯度不是。问题出在 {function}，也就是 {of}（{line}）的反向函数{element}。"
        "{reason}{hidden}{cure}",
    ),
    "flat": Message(
        "{name} 的梯度处处为 0",
        "{code} 是阶梯函数，凡可导处都是平的，所以它的反向函数把所有梯度乘以 0，什么也传不到 {name}，"
        "优化器无法穿过它训练。若仍想训练，可以让梯度当作 {function} 不存在直接通过（直通估计）：{instead}。",
    ),
}
