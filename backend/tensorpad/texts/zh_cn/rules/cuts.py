"""被切断的计算图。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "stopped": Message(
        "梯度传不过 {code}",
        "{code} 只交出数值，不带计算图，而从结果回到 {names} 没有别的路："
        "`backward()` 没有把梯度传到那里，`.grad` 仍是 None。"
        "要训练它们，就去掉这一步。",
    ),
    "written_detached": Message(
        "自动求导没有看到这次写入",
        "{cut} 与 {name} 共享内存，却不在计算图里，所以 {code} 悄悄改了 {name}。需要旧值的梯度可能会算错，而且不报错。"
        "请用 `torch.no_grad()`，或先 `clone()`。",
    ),
}
