"""本想保留的梯度。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "lost_retain": Message(
        "对 {base} 的写入使 {name} 的 `retain_grad()` 失效了",
        "{name} 是 {base} 的视图。{code}（{line}）写入了它们的内存，自动求导于是给 {name} 换了新的 `grad_fn`，而 {retain"
        "} 针对的是旧的那个。没有梯度经过那里，`.grad` 是 None。请先写入，再取视图并调用 `retain_grad()`。",
    ),
}
