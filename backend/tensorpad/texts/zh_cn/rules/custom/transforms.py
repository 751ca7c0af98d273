"""`torch.func` 的其他变换。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "transform_scalar": Message(
        "函数必须给出一个数",
        "{transform} 求的是一个数的导数，而函数给出了{dims}。请在函数里把它归约，例如 `.sum()` 或 `.mean()`。"
        "要逐个元素求导用 `jacrev`，要逐个样本求导用 `vmap(grad(f))`。",
    ),
    "transform_result": Message(
        "函数必须返回张量",
        "它返回了 {type}，从那里回不到输入。请不要在里面用 `item()`、`float()` 和 `tolist()`。",
    ),
    "transform_pair": Message(
        "函数返回的不只是要求导的量",
        "它返回了 {type}。加上 `has_aux=True`，就只对两个结果中的第一个求导，第二个原样交出。",
    ),
    "transform_input": Message(
        "只能对张量求导",
        "函数收到了 {type}。{reason}",
    ),
    "transform_argnums": Message(
        "没有这个参数",
        "`argnums` 要的是第 {given} 个参数，而函数只收到 {count} 个，编号从 0 开始。",
    ),
    "transform_aux": Message(
        "用了 `has_aux=True`，函数就要返回一对结果",
        "第一个是要求导的量，第二个原样交出：`return loss, aux`。没有第二个，就去掉 `has_aux`。",
    ),
    "transform_backward": Message(
        "在被变换的函数里不能用 `backward()`",
        "{code} 运行在 `torch.func` 变换的函数里，那里有它自己的计算图。请返回数值，让 `torch.func.grad` 去求梯度。",
    ),
    "transform_integers": Message(
        "整数没有导数",
        "{transform} 要对 {dtype} 的张量求导。导数问的是微小的变化会怎样：请给它浮点数，例如 `x.float()` 或 "
        "`torch.arange(3.)`。",
    ),
    "transform_integer_result": Message(
        "函数给出的是整数，没有导数",
        "结果是 {dtype}。比较、`argmax` 以及 `.long()` 这样的转换，都会切断回到输入的路。",
    ),
    "transform_tangent": Message(
        "切向量的形状不对",
        "切向量说明输入的每个元素怎样变化，所以形状应与输入相同，是 {wanted}，而不是 {given}。",
    ),
    "transform_primals": Message(
        "{argument} 是元组",
        "`jvp(f, primals, tangents)` 接收两个元组，一个是全部参数，一个是它们的切向量：`jvp(f, (x,), (v,))`。",
    ),
    "transform_parameters": Message(
        "参数要按名字放进字典",
        "`functional_call` 用字典里的张量替换同名的参数：`dict(module.named_parameters())`。",
    ),
}
