"""钩子。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "written_gradient": Message(
        "钩子 {hook} 原地修改了梯度",
        "{code} 直接写入了自动求导交给 {name} 的钩子的梯度。计算图里的其他函数可能用着同一块内存，也会看到这次修改。钩子"
        "应当返回一个新张量。",
    ),
    "unreturned_gradient": Message(
        "钩子 {hook} 没有返回值",
        "{code} 只是让 {argument} 这个名字指向新的张量。钩子返回的是 None，所以 {name} 的梯度没有变。请把新的梯度返回。",
    ),
}
