"""自己编写的模型类。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "super_init": Message(
        "要先调用 `super().__init__()`",
        "{code} 要用到 `nn.Module.__init__` 创建的参数表和子模块表。{reason}",
    ),
    "init_misspelt": Message(
        "方法名应是 `__init__`，左右各两条下划线",
        "{kind} 定义的是 {method}（第 {line} 行），创建对象时 Python 不会调用它，所以里面的代码都没有运行。",
    ),
    "forward_misspelt": Message(
        "方法名应是 `forward`",
        "调用模型会运行它的 `forward`，而 {kind} 没有这个方法，只定义了 {method}（第 {line} 行）。",
    ),
    "forward_nested": Message(
        "`forward` 写到另一个方法里面去了",
        "调用模型会运行它的 `forward`。第 {line} 行的 `forward` 缩进太深，成了 {kind} 另一个方法里的函数。请减少它的缩进。",
    ),
    "forward_outside": Message(
        "`forward` 写到类外面去了",
        "调用模型会运行它的 `forward`。第 {line} 行的 `forward` 没有缩进，不是 {kind} 的方法。请把它缩进到与其他方法对齐。",
    ),
    "forward_missing": Message(
        "模型没有 `forward`",
        "调用模型会运行它的 `forward` 方法，由它规定怎样计算输出，而 {kind} 没有定义。",
    ),
    "method_without_self": Message(
        "方法的第一个参数是 `self`",
        "Python 会把对象自己作为第一个参数传给 {method}（第 {line} 行），而它没有对应的参数。",
    ),
    "local_layer": Message(
        "网络层赋给了局部变量，而不是 `self`",
        "第 {line} 行的 {name} 是 `__init__` 的局部变量，函数结束就没有了。只有赋给 `self` 的才属于 {kind}：{whole}。",
    ),
    "parameter_assigned": Message(
        "参数不能换成普通张量",
        "{code} 是参数，优化器也引用着它，所以只能仍是参数。"
        "请在 `torch.no_grad()` 下用 `copy_` 写入新值，或者赋一个 `nn.Parameter`。",
    ),
    "super_arguments": Message(
        "`nn.Module.__init__` 不接受参数",
        "{code} 把 {given} 传了上去。请把它保存到 `self`，并写成 `super().__init__()`。",
    ),
}
