"""为 0 的梯度。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "flat": Message(
        "{name} 的梯度处处为 0",
        "{code} 是阶梯函数，在可导的地方斜率都是 0，所以它的反向函数把所有梯度乘以 0，什么也传不到 {name}，"
        "优化器无法穿过它训练。若仍想训练，可以让梯度当作 {function} 不存在直接通过（直通估计）：{instead}。",
    ),
    "saturated": Message(
        "{name} 的梯度处处为 0",
        "在 {code} 里，{function} 得到的每个数都落在它平的那一段（`relu` 是 0 以下，`clamp` 是界限之外）。那里的导数为 0，"
        "所以什么也传不到 {name}；只要一直如此，训练就改变不了它。"
        "请换别的初始值，或换成在那里有斜率的函数，例如 `leaky_relu`。",
    ),
}
