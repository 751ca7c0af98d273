"""自定义函数的 `ctx`。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "function_without_ctx": Message(
        "{method} 的第一个参数必须是 `ctx`",
        "PyTorch 会把上下文作为第一个参数交给 {method}（{line}），`forward` 用它保存 `backward` 需要的东西。请接收它："
        "{parameters}。",
    ),
    "function_arguments": Message(
        "`apply` 收到的参数与 `forward` 的不一致",
        "除了 `ctx`，{method}（{line}）的参数是 {wanted}。`apply` 原样转交参数，`ctx` 由它自己加上。",
    ),
    "function_backward_arguments": Message(
        "`forward` 有几个结果，`backward` 就收到几个梯度",
        "除了 `ctx`，{method}（{line}）的参数是 {wanted}。`forward` 的每个结果各传来一个梯度，一共 {count} 个。",
    ),
    "function_forward_called": Message(
        "自定义函数要用 `apply` 调用",
        "这里直接调用了 {method}（{line}），缺少它需要的 `ctx`，也不会进入计算图。请用同样的参数调用 `apply`。",
    ),
    "function_setup_arguments": Message(
        "`setup_context` 的参数是 `ctx, inputs, output`",
        "{method}（{line}）会收到上下文、由 `forward` 全部参数组成的元组以及它的结果。请在里面解包参数：`x, = inputs`。",
    ),
    "function_setup_and_ctx": Message(
        "有了 `setup_context`，`forward` 就不再接收 `ctx`",
        "{class} 有 `setup_context`，上下文只交给它。`forward`（{line}）只收到 `apply` 的参数：请去掉 {context}。",
    ),
    "function_saved_other": Message(
        "`save_for_backward` 只能保存张量",
        "{name} 是 {type}。这样的值请存成属性：{code}。",
    ),
    "function_saved_list": Message(
        "`save_for_backward` 要逐个接收张量",
        "它收到了 {type}。请直接传入张量，例如 `ctx.save_for_backward(a, b)`，或者 `*tensors`。",
    ),
    "function_saved_tuple": Message(
        "`saved_tensors` 是元组",
        "在 {class} 的 `backward` 里，{name}（{line}）是保存的全部张量组成的元组，哪怕只有一个。用逗号解包："
        "`t, = ctx.saved_tensors`。",
    ),
    "function_saved_count": Message(
        "`backward` 取出的张量与保存的不一致",
        "它要 {expected} 个，而 {class} 的 `forward` 保存了 {saved} 个。请在 `forward` 里按同样的顺序保存 `backward` "
        "需要的张量："
        "`ctx.save_for_backward(…)`。",
    ),
    "function_context_attribute": Message(
        "没有保存过 {name}",
        "{class} 的 `backward` 要用 {name}，而 `forward`（{line}）没有设置它。张量用 `ctx.save_for_backward(…)` 保存，"
        "其他值存成 `ctx` 的属性。",
    ),
}
