"""出乎意料的结果。"""

from typing import Final

from tensorpad.explain.texts.catalogue import Message

MESSAGES: Final = {
    "non_leaf_gradient": Message(
        "{name} 的 `.grad` 是 None",
        "{name} 是算出来的，不是叶子张量。梯度确实经过了它，但默认只为叶子张量保留。在反向传播之前调用 "
        "`retain_grad()` 就能留下。",
    ),
    "accumulated": Message(
        "梯度累加起来了",
        "共有 {count} 次反向传播，到达 {name} 的每一次都会加到 `.grad` 上。如果想分别求，请在两次之间清掉："
        "`x.grad = None` 或 `optimizer.zero_grad()`。",
    ),
    "cut_off": Message(
        "{name} 没有了梯度",
        "{source} 要求梯度，但计算 {code} 时没有记录（处在 `torch.no_grad()` 里），所以梯度不会经过 {name} 往回传。",
    ),
    "stopped": Message(
        "梯度传不过 {code}",
        "{code} 只交出数值，不带计算图，而从结果回到 {names} 没有别的路：`backward()` 没有把梯度传到那里，`.grad` "
        "仍是 None。要训练它们，就去掉这一步。",
    ),
    "written_detached": Message(
        "自动求导没有看到这次写入",
        "{cut} 与 {name} 共享内存，却不在计算图里，所以 {code} 悄悄改了 {name}。需要旧值的梯度可能会算错，"
        "而且不报错。请用 `torch.no_grad()`，或先 `clone()`。",
    ),
    "uninitialised": Message(
        "{name} 里是残留的数值",
        "{code} 只占用内存，不写入数值：里面是内存中原有的内容，每次运行都可能不同。使用前请先填好，或改用 `zeros`。",
    ),
    "constructor": Message(
        "给 `torch.Tensor` 传大小，得到的是空壳",
        "{code} 生成的是形状为 {shape}、数值随意的张量，而不是由这几个数组成的张量。小写的 `torch.tensor` "
        "才接受数值：{instead}。",
    ),
    "changed_view": Message(
        "改了一个名字，另一个也变了",
        "{code} 通过 {name} 写入，{others} 也跟着变了：它们是同一块内存的视图。`clone()` 可以得到独立的一份。",
    ),
    "shared_array": Message(
        "张量与数组是同一块内存",
        "{name} 与 NumPy 数组 {array} 共享元素，改一个，另一个也跟着变。用 `.clone()` 或 `.copy()` 可以分开。",
    ),
    "copied": Message(
        "这一次 {function} 复制了数据",
        "{source} 的步长是 {stride}，没法按新形状读取，所以 {code} 复制了一份，{write} 只写到了其中一个。`view` "
        "从不复制，做不到时会报错。",
    ),
    "not_finite": Message(
        "首次出现{value}",
        "{code} 的输入都是有限的数，结果里却出现了{value}。{reason}此后由它算出的一切都会受到影响。",
    ),
    "mixed_precision": Message(
        "float32 与 float64 混在了一起",
        "{single} 是 float32，{double} 是 float64，所以 {code} 按 float64 计算：内存翻倍，换成矩阵乘法还会报错。"
        "NumPy 默认生成 float64。",
    ),
    "integer_division": Message(
        "整数相除得到了浮点数",
        "{code} 的除数与被除数是 {dtype}，而 `/` 总是精确相除，所以结果是 {result}。`//` 的结果仍是整数。",
    ),
    "floor_division": Message(
        "`//` 是向下取整",
        "{code} 对 {dtype} 做除法并向负无穷方向取整：`-7 // 2` 得 `-4`，余数被舍去。想保留小数请用 `/`。",
    ),
    "outer_broadcast": Message(
        "两个向量变成了矩阵",
        "在 {code} 里，长度为 {count} 的行和长度为 {count} 的列都被拉伸成了矩阵：\n{figure}\n"
        "如果本意是逐元素计算，请先让形状一致。在损失函数里，这个错误很难发现。",
    ),
    "stretched_write": Message(
        "写入的值被拉伸了",
        "在 {code} 里，{other} 比 {name} 小，被重复之后才写满：\n{figure}",
    ),
    "unseeded": Message(
        "每次运行的随机数都不同",
        "{code} 用到了随机数，而没有设置种子。写上 `torch.manual_seed(0)`，结果就能重现。",
    ),
    "tensor_of_tensor": Message(
        "用张量创建张量",
        "对张量调用 `torch.tensor` 会复制数值并脱离计算图。不如直接写明：`x.detach().clone()`；想留在图里就用 `x.clone()`。",
    ),
    "loss_broadcast": Message(
        "损失函数比较的形状不同",
        "预测的形状是 {input}，目标的形状是 {target}。其中一个被广播了，可能是每个预测都与每个目标作了比较。"
        "请让两者形状相同。",
    ),
}
