"""共享的内存。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "uninitialised": Message(
        "{name} 里的数值没有设置过",
        "{code} 只占用内存，不写入数值：里面是内存中原有的内容，每次运行都可能不同。使用前请先填好，或改用 `zeros`。",
    ),
    "changed_view": Message(
        "改了一个名字，另一个也变了",
        "{code} 通过 {name} 写入，{others} 也跟着变了：它们是同一块内存的视图。`clone()` 可以得到独立的一份。",
    ),
    "shared_array": Message(
        "张量与数组是同一块内存",
        "{name} 与 NumPy 数组 {array} 共享元素，改一个，另一个也跟着变。用 `.clone()` 或 `.copy()` 可以分开。",
    ),
    "copied": Message(
        "这一次 {function} 复制了数据",
        "{source} 的步幅是 {stride}，没法按新形状读取，所以 {code} 复制了一份，{write} 只写到了其中一个。"
        "`view` 从不复制，做不到时会报错。",
    ),
    "tensor_of_tensor": Message(
        "用张量创建张量",
        "对张量调用 `torch.tensor` 会复制数值并脱离计算图。不如直接写明：`x.detach().clone()`；想留在图里就用 `x.clone()`。",
    ),
}
