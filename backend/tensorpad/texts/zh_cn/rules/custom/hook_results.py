"""钩子返回和改写的东西。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "hook_size": Message(
        "钩子返回的梯度形状变了",
        "{name} 上的钩子（{line}）收到形状为 {wanted} 的梯度，返回的却是另一种形状{returned}。"
        "钩子的返回值会取代梯度，所以形状必须相同。只想看一看，就什么也不要返回。",
    ),
    "hook_module_size": Message(
        "钩子返回的梯度形状变了",
        "完整反向钩子可以为模块的输入返回新的梯度，这里的形状是 {wanted}：返回元组，顺序和形状都与 "
        "`grad_input`（第二个参数）相同。"
        "只想看一看，就什么也不要返回。",
    ),
    "hook_dtype": Message(
        "钩子返回的梯度 dtype 变了",
        "钩子（{line}）收到 {before}，返回的是 {after}。梯度的 dtype 要与张量一致，请转换回来：`.to(grad.dtype)`。",
    ),
    "hook_returned": Message(
        "钩子要么返回张量，要么什么也不返回",
        "钩子（{line}）返回了 {type}。返回值会取代梯度，所以必须是形状相同的张量。只想看一看，就什么也不要返回。",
    ),
    "hook_returned_no_tuple": Message(
        "这种钩子要返回元组",
        "计算图中函数上的钩子（{line}）处理它的全部梯度，所以要返回由它们组成的元组，或者什么也不返回。它返回的是 {type}。",
    ),
    "hook_grad_input_count": Message(
        "钩子要为每个输入各返回一个梯度",
        "完整反向钩子返回了 {given} 个，而模块有 {wanted} 个输入。哪怕只有一个输入也要返回元组：`(new,)`；"
        "如果返回张量，它的每一行会算作一个梯度。只想看一看，就什么也不要返回。",
    ),
    "hook_no_result": Message(
        "这种钩子不能有返回值",
        "`.grad` 累加之后才运行的钩子，不能用返回值取代梯度。请直接修改 `param.grad`，什么也不要返回。",
    ),
    "hook_writes": Message(
        "钩子应当返回新的梯度，而不要改写原来的",
        "{code} 改写了 {name}，也就是传到 {tensor} 的梯度。它的形状是 {shape}，步幅是 {stride}：同一个数被显示多次，"
        "而且别处可能还要用。"
        "请返回新张量。",
    ),
    "hook_view_written": Message(
        "完整反向钩子不能与原地修改并用",
        "{path} 有完整反向钩子，所以它的张量以视图的形式传递，钩子靠这些视图得到梯度。{writer} 会写进这样的视图。{advice}",
    ),
}
