"""调用与参数。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "method_not_called": Message(
        "方法没有被调用",
        "{code} 后面没有括号，得到的是方法本身，不是它的结果。",
    ),
    "method_held": Message(
        "方法没有被调用",
        "{name} 得到的是没有括号的 {code}，也就是方法本身，不是它的结果。",
    ),
    "size_not_called": Message(
        "`size` 是一个方法",
        "{code} 后面没有括号，得到的是方法本身。`size(0)` 或 `shape[0]` 是第一个大小，"
        "`numel()` 是元素个数；它的形状是 {shape}。",
    ),
    "size_as_number": Message(
        "形状不是一个数",
        "{code} 需要一个数，而 {name} 的形状是 {shape}。`shape[0]` 是第一个大小，`numel()` 是元素个数。",
    ),
    "not_callable": Message(
        "这是一个值，不是方法",
        "{callee} 是 {kind}，而 {code} 调用了它。使用它时不加括号。",
    ),
    "class_called": Message(
        "这是类，不是它的对象",
        "{name} 是类 {kind}，所以 {code} 会创建新对象，并把参数传给它。请先带括号创建对象：`model = Net()`。",
    ),
    "value_called": Message(
        "它不能像函数那样调用",
        "{callee} 是 {kind}，而 {code} 把它当作函数调用。相乘要写 `*`，取元素要用方括号。",
    ),
    "builtin_hidden": Message(
        "变量遮住了 Python 的函数",
        "{callee} 本来是 Python 的函数，但第 {line} 行把这个名字赋给了一个 {kind}。请给变量换个名字。",
    ),
    "list_called": Message(
        "网络层的列表不是网络层",
        "{callee} 是列表，而 {code} 调用了它。`nn.Sequential(…)` 会依次调用各层，而且它的参数属于模型；放在列表里的不属于。",
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
    "size_not_whole": Message(
        "大小必须是整数",
        "{code} 得到的是 {kind}。`/` 的结果总是浮点数：整除用 `//`，`int(…)` 舍去小数。",
    ),
}
