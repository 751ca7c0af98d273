"""Python 数值、NumPy 与设备。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "numpy_of_gradient": Message(
        "NumPy 不认识梯度",
        "{name} 要求梯度，而 NumPy 对数组做的事，自动求导并不知道。`detach()` 表示你明白这一点。",
    ),
    "numpy_of_device": Message(
        "NumPy 只能读 CPU 的内存",
        "{name} 在 {device} 上，请先用 `.cpu()` 复制过来。（`meta` 上根本没有数值。）",
    ),
    "devices": Message(
        "张量不在同一个设备上",
        "{left} 在 {left_device}，{right} 在 {right_device}。一次运算只能在一处进行，请用 `.to(…)` 移动其中一个。"
        "模型和数据也要在同一个设备上。",
    ),
    "no_cuda": Message(
        "这里没有 CUDA",
        "程序所在的机器没有 CUDA 设备。让程序在运行时自己选择设备，有没有都能运行。",
    ),
    "device_name": Message(
        "torch 没有这个名字的设备",
        "{name} 不是设备名。常用的是 `cpu` 和 `cuda`（多块显卡时，第一块是 `cuda:0`）。",
    ),
    "from_numpy": Message(
        "`from_numpy` 要的是 NumPy 数组",
        "它与数组共享内存，而这里给的是 {kind}。`torch.tensor` 可以从任何列表复制数值。",
    ),
    "negative_strides": Message(
        "torch 不能倒着读数组",
        "`[::-1]` 这样的切片在内存里是倒着走的，张量做不到。先用 `.copy()` 把元素按新次序放好。",
    ),
}
