"""怎样调用自定义的自动求导函数。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "function_not_static": Message(
        "`forward` 和 `backward` 必须是静态方法",
        "{class} 被当作对象来调用，而它的 `forward`（{forward}）没有 `@staticmethod`。PyTorch 不保留对象，"
        "而是把 `ctx` 作为第一个参数交给这两个方法。请在它们上面都加上 `@staticmethod`，并用 {code} 调用。",
    ),
    "function_not_applied": Message(
        "自定义函数要用 `apply` 调用",
        "不需要创建 {class} 的对象。{code} 会带着 `ctx` 运行 `forward`，并把 `backward` 放进计算图。",
    ),
    "function_constructed": Message(
        "自定义函数要用 `apply` 调用",
        "{class} 被当作构造函数调用，只得到一个对象，什么也没有算。{code} 才会运行 `forward` 并返回结果。",
    ),
    "function_without_forward": Message(
        "{class} 没有 {method}",
        "自定义函数在静态方法 `forward(ctx, …)` 里计算结果，请在 {class} 里写上它。",
    ),
    "function_without_backward": Message(
        "{class} 没有 {method}",
        "自动求导看不到 {class} 的 `forward` 内部。要求梯度，就需要静态方法 `backward(ctx, grad)`，"
        "它为 `forward` 的每个参数各返回一个梯度。",
    ),
    "function_without_setup": Message(
        "{class} 还不能用在 `torch.func` 里",
        "`torch.func` 的变换调用 `forward` 时不给 `ctx`。请把 {class} 的 `forward`（{forward}）拆开："
        "`forward(…)` 只管计算，静态方法 `setup_context(ctx, inputs, output)` 负责保存。",
    ),
    "function_without_vmap": Message(
        "{class} 没有 `vmap` 规则",
        "`vmap` 需要知道 {class} 怎样处理一批数据。在类里写上 `generate_vmap_rule = True`，"
        "它就会对 `forward` 和 `backward` 自己做映射（前提是它们由 PyTorch 的运算组成）；也可以写静态方法 `vmap`。",
    ),
}
