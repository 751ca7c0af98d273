"""参数。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "class_called": Message(
        "这是类，不是它的对象",
        "{name} 是类 {kind}，所以 {code} 会创建新对象，并把参数传给它。请先带括号创建对象：`model = Net()`。",
    ),
    "layer_as_function": Message(
        "网络层要先创建，再调用",
        "{code} 是在创建 {kind}，却把张量当成了它的设置。应当先创建，再用张量调用：{call}。",
    ),
    "layer_as_tensor": Message(
        "这是网络层，不是它的输出",
        "{name} 是一个还没有调用的 {kind}。请先用张量调用它（{call}），再用结果计算。",
    ),
    "misspelt_argument": Message(
        "没有这个参数，是不是写错了？",
        "这个函数没有参数 {name}，不过有一个很像的 {guess}。",
    ),
    "unknown_argument": Message(
        "没有这个参数",
        "这个函数没有参数 {name}。请检查拼写，以及它属于哪个函数。",
    ),
    "arguments_missing": Message(
        "缺少参数",
        "{code} 调用的 {function} 还需要 {names}。",
    ),
    "too_many_arguments": Message(
        "参数太多",
        "{code} 传了 {given} 个位置参数，而 {function} 只接受 {takes} 个（不算 `self`）。",
    ),
}
