"""Python 数值、NumPy 与设备。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "item": Message(
        "`item()` 只能取一个数",
        "{name} 的形状是 {shape}，共 {count} 个元素。"
        "可以取其中一个（`x[0]`），可以归约（`x.sum()`），也可以用 `tolist()` 全部取出。",
    ),
    "python_number": Message(
        "多个元素不能变成一个 Python 数",
        "{code} 需要一个数，而 {name} 的形状是 {shape}。请先取一个或做归约。"
        "`math` 里的函数只处理单个数，整个张量请用 `torch.sqrt` 这样的 torch 函数。",
    ),
    "truth": Message(
        "真还是假？多个元素没有唯一的答案",
        "{code} 让 Python 判断形状为 {shape} 的 {name} 是真是假。请说清楚：`.any()` 表示有一个即可，`.all()` 表示全部；"
        "逐元素的“与、或”用带括号的 `&`、`|`，不用 `and`、`or`，`0 < x < 2` 也是如此。",
    ),
    "truth_of_empty": Message(
        "空张量没有真假",
        "{code} 让 Python 判断形状为 {shape} 的 {name} 是真是假。想知道里面有没有元素，请用 `x.numel() > 0`。",
    ),
    "length": Message(
        "标量张量没有长度",
        "{name} 没有维度，它就是一个数。`numel()` 是元素个数（这里是 1），`dim()` 是维数（这里是 0）。",
    ),
    "iteration": Message(
        "标量张量不能遍历",
        "{code} 要逐个取出 {name} 的元素，而它没有维度。"
        "想数到这个数用 `range(x.item())`，想当作只有一个元素的序列用 `x.reshape(1)`。",
    ),
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
