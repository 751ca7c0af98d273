"""求导时给出的东西，以及没有的导数。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "grad_outputs_count": Message(
        "每个输出都要有自己的梯度",
        "输出有 {outputs} 个，梯度有 {given} 个。请按同样的顺序各给一个；只有一个数的输出可以给 `None`。",
    ),
    "gradient_no_tensor": Message(
        "这里只能是张量",
        "这里收到了 {type}。梯度是与输出形状相同的张量，例如 `torch.tensor(1.)`；输入也得是张量。",
    ),
    "inputs_empty": Message(
        "没有指定任何张量",
        "`inputs` 说明 {function} 要为哪些张量求梯度，而它是空的。也许是生成器（例如 `parameters()`）已经用完："
        "请先转成列表。",
    ),
    "inputs_unneeded": Message(
        "{name} 不需要梯度",
        "这里要对 {name} 求梯度，而它不要求梯度，计算图到不了那里。请在用它计算之前设置 `requires_grad=True`。",
    ),
    "gradients_batched": Message(
        "批次里的每个梯度都要与输出形状相同",
        "用了 `is_grads_batched=True`，第一维就是梯度的编号。这里每个梯度的形状是 {each}，而输出的形状是 {wanted}。",
    ),
    "grad_assigned_shape": Message(
        "`.grad` 与它的张量形状相同",
        "张量的每个元素各有一个梯度元素，形状是 {wanted}，而给出的是 {given}。",
    ),
    "grad_assigned_dtype": Message(
        "`.grad` 与它的张量 dtype 相同",
        "张量是 {wanted}，给出的是 {given}。请转换梯度：`g.to(x.dtype)`。",
    ),
    "grad_assigned_type": Message(
        "`.grad` 只能是张量或 None",
        "给出的是 {type}。清空梯度用 `x.grad = None`，填零用 `x.grad = torch.zeros_like(x)`。",
    ),
    "gradcheck_mismatch": Message(
        "梯度与函数不符",
        "对第 {output} 个输出和第 {input} 个输入，`gradcheck` "
        "比较了自动求导的结果（analytical）和输入微小变化的结果（numerical），"
        "两者不同。请检查函数的 `backward`；也可能是在不可导的点上（例如 `relu` 在 0 处），或者用了每次都不同的随机数。",
    ),
    "gradcheck_precision": Message(
        "`gradcheck` 要用 float64",
        "对第 {output} 个输出和第 {input} 个输入，由微小变化得到的梯度（numerical）与自动求导的（analytical）不同。"
        "在 float32 里，微小的变化会被舍入误差淹没，正确的梯度也通不过。请用 `dtype=torch.float64` 创建输入。",
    ),
    "gradcheck_nothing": Message(
        "没有梯度可以检查",
        "没有一个输入要求梯度。请给要检查的输入设置 `requires_grad=True` 和 `dtype=torch.float64`。",
    ),
    "second_derivative_missing": Message(
        "{function} 只能求一次导",
        "PyTorch 有 {function} 的梯度，却没有这个梯度的梯度，而沿着 `create_graph=True` 得到的计算图反向传播需要它。"
        "请不要用二阶导数，或者用更简单的运算来计算 {function}。",
    ),
    "derivative_missing": Message(
        "{function} 在这里没有导数",
        "PyTorch 没有它的求导公式。如果梯度不必经过那个输入，就先把它 `detach()`，或者用别的运算来算。",
    ),
    "forward_mode_missing": Message(
        "{function} 没有前向模式的导数",
        "`jvp`、`jacfwd` 和 `hessian` 把导数往前传，而 {function} 没有这样的公式。请改用 `vjp`、`jacrev` 或 "
        "`jacrev(jacrev(f))`。",
    ),
}
