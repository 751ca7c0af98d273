"""钩子。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "hook_without_gradient": Message(
        "没有梯度会传到 {name}",
        "{code} 想要 {name} 的梯度，而它不要求梯度。{reason}",
    ),
    "hook_removed": Message(
        "移除钩子要用句柄",
        "{type} 没有 {method}。`register_hook` 返回的是句柄：保存它，再调用它的 `remove()`。",
    ),
    "hook_on_sequence": Message(
        "钩子只能注册在单个张量或模块上",
        "{type} 没有 {method}。请在它的每个成员上分别注册。",
    ),
    "hook_of_modules": Message(
        "这种钩子属于模块",
        "{method} 是 `nn.Module` 的方法。张量用 `register_hook`，它的函数只收到梯度。",
    ),
    "hook_of_tensors": Message(
        "这种钩子属于张量",
        "{method} 是张量的方法，而这里是 {type}。模块用 `register_full_backward_hook` 看梯度，用 "
        "`register_forward_hook` 看数值；"
        "参数的梯度另有自己的钩子：`module.weight.register_hook(…)`。",
    ),
    "hook_arguments": Message(
        "钩子的参数与调用时给的不一致",
        "用 {hook} 注册的函数会收到 {count} 个参数：{wanted}。这里的函数（{line}）接收 {taken} 个。",
    ),
    "hook_tuple": Message(
        "模块的钩子收到的是元组",
        "{name} 是元组，哪怕里面只有一个张量。在交给 {hook} 的函数里请把它取出来：{code}。",
    ),
    "hook_no_input_gradient": Message(
        "模块的输入不需要梯度",
        "{name} 是 None：没有谁需要模块输入的梯度，网络的第一个输入就是这样。"
        "请先判断是否为 None，或者改用输出的梯度（第三个参数），或者给输入设置 `requires_grad=True`。",
    ),
    "hook_mixed": Message(
        "同一个模块上有两种反向钩子",
        "`register_backward_hook` 是旧的，它给出的梯度可能只属于模块的一部分，不能与 `register_full_backward_hook` 并用。"
        "请都改用后者。",
    ),
    "hook_leaves_only": Message(
        "这种钩子属于叶子张量",
        "{name} 是算出来的，不会有梯度累加到它的 `.grad`。`register_hook` 会收到经过它的梯度。",
    ),
    "hook_not_callable": Message(
        "注册成钩子的是一个值",
        "{code} 当场就被调用了，{hook} 收到的是它的结果，类型为 {type}。请直接传入函数（不加括号），或者用 `lambda`。",
    ),
}
