"""复数张量。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "complex_backward": Message(
        "`backward()` 要从实数开始",
        "{name} 是 {dtype}，而梯度说的是怎样让一个实数变小。{first}请由它得到实数，例如 `.real`、`.abs()` 或 "
        "`.abs() ** 2`，"
        "或者用 `gradient=` 给出方向，dtype 要相同。",
    ),
    "complex_gradient_dtype": Message(
        "给出的梯度 dtype 不对",
        "复数张量的梯度是复数，实数张量的梯度是实数。这里给的是 {given}，应当是 {wanted}。",
    ),
    "complex_undefined": Message(
        "复数没有这种运算",
        "{code} 收到的 {name} 是 {dtype}。复数没有大小顺序，也没有正负。请用由它得到的实数：`.abs()`、`.real`、`.imag` "
        "或 `.angle()`。",
    ),
    "complex_part": Message(
        "{name} 是实数",
        "{code} 只用于复数张量，而 {name} 是 {dtype}。如果本来应当是复数，就用 `torch.complex(x, y)` 构造。",
    ),
    "complex_pairs": Message(
        "一个复数由一对数组成",
        "`view_as_complex` 把最后一维当作实部和虚部，所以它的大小必须是 2，而 {name} 的形状是 {shape}。"
        "要由两个张量构造复数，请用 `torch.complex(real, imag)`。",
    ),
    "complex_dtypes": Message(
        "复数的实部和虚部 dtype 要相同",
        "{name} 是 {dtype}，{other} 是 {second}。请转换其中一个。",
    ),
}
