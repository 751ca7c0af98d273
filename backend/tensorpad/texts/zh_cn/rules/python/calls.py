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
    "size_not_whole": Message(
        "大小必须是整数",
        "{code} 得到的是 {kind}。`/` 的结果总是浮点数：整除用 `//`，`int(…)` 舍去小数。",
    ),
}
