"""该用张量却用了数或列表。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "item_before_backward": Message(
        "`item()` 只取出了数，没有带上计算图",
        "{name} 是 Python 的 {kind}：第 {line} 行的 `item()` 从张量里取出了数，"
        "计算图没有跟着出来。请去掉那里的 `.item()`，只在打印或保存数值时才用它。",
    ),
    "number_backward": Message(
        "Python 数没有计算图",
        "{name} 是 {kind}，没有 {attribute}。梯度只能经过张量传播：请一直用 torch 对张量计算，"
        "中间不要用 `item()`、`float()` 或 `numpy()`。（用这个数新建的张量同样没有计算图。）",
    ),
    "list_backward": Message(
        "{kind} 没有梯度",
        "{name} 是 {kind}，没有 {attribute}。如果函数把损失和别的值一起返回，请先解包：`loss, out = step()`；"
        "多个损失要先加起来：`sum(losses)` 或 `torch.stack(losses).mean()`。",
    ),
    "number_for_tensor": Message(
        "这个函数的参数必须是张量",
        "{code} 把 Python 的 {kind} 传给了 {function}。请先变成张量；单个数也可以用 `math` 里的函数。",
    ),
    "other_for_tensor": Message(
        "这个函数的参数必须是张量",
        '{code} 把 {kind} 传给了 {function}。请传入张量本身；如果是字典，就传其中的一个值：`batch["x"]`。',
    ),
    "array_for_tensor": Message(
        "torch 要的是张量，不是 NumPy 数组",
        "{code} 把 NumPy 数组传给了 {function}。`torch.from_numpy` 可以得到与它共享内存的张量；网络层还需要 `.float()`。",
    ),
    "list_for_tensor": Message(
        "这个函数的参数是张量，不是列表",
        "{code} 把 {kind} 传给了 {function}。数的列表用 `torch.tensor(…)` 变成张量，形状相同的张量用 `torch.stack(…)`。",
    ),
    "tensors_in_list": Message(
        "张量的列表不是一个张量",
        "{name} 是张量的列表，而 {function} 要一个张量。`torch.stack` 把形状相同的张量放进一个新张量，并保留计算图。",
    ),
    "tensors_not_in_list": Message(
        "这些张量要放进一个列表",
        "{function} 的第一个参数是张量的列表（或元组），而 {code} 传的是张量。",
    ),
    "tensor_format": Message(
        "格式只能用于一个数",
        "{name} 的形状是 {shape}，而 {format} 只能用于一个数。"
        "请格式化某个元素或平均值（`x.mean().item()`），或直接打印张量；"
        "`torch.set_printoptions(precision=4)` 可以设置位数。",
    ),
    "number_indexed": Message(
        "Python 数没有元素",
        "{name} 是 {kind}，而 {code} 要取它的元素。",
    ),
}
