"""`torch.vmap` 映射不了的东西。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "vmap_control_flow": Message(
        "`vmap` 不能根据数值来选择分支",
        "`vmap` 对整批数据只运行一次函数，{code}（{line}）对其中一部分成立，对另一部分不成立。"
        "请两种都算出来再选：`torch.where(condition, a, b)`；取较大的用 `torch.maximum`。",
    ),
    "vmap_number": Message(
        "在 `vmap` 里不能从张量取出 Python 数",
        "{code}（{line}）需要 Python 的数值，而在 `vmap` 里这个张量代表整批数据，没有单独的数值。"
        "请一直用张量计算，把 `item()`、`float()`、`tolist()`、`numpy()` 留给 `vmap` 外面的结果。",
    ),
    "vmap_random": Message(
        "要告诉 `vmap` 怎样取随机数",
        '{code} 在被映射的函数里取随机数。`randomness="different"` 为批次里的每一份分别取，'
        '`randomness="same"` 只取一次、共用。',
    ),
    "vmap_write": Message(
        "被映射的值放不进普通张量",
        "{code} 要把代表整批数据的 {value} 写进 {name}，而它只放得下一份。"
        "请由被映射的张量来创建它，例如 `v.new_zeros(3)` 或 `torch.zeros_like(v)`，或者用 `torch.stack` 拼出结果。",
    ),
    "vmap_sizes": Message(
        "被映射的维度大小不一致",
        "`vmap` 每次从每个输入取一份，而它们的份数是 {sizes}。请让份数相同，或者在 `in_dims` 里用 `None` 排除某个输入。",
    ),
    "vmap_dims_structure": Message(
        "{argument} 不匹配",
        "{argument} 可以是一个数（对所有都一样），或者是元组，为每个参数或结果各写一项：维度的编号或 `None`。",
    ),
    "vmap_dim_range": Message(
        "输入没有要映射的维度",
        "`vmap` 要映射第 {dim} 维，而这个输入的维数是 {dims}。{advice}",
    ),
    "vmap_nothing": Message(
        "没有可以映射的东西",
        "`vmap` 至少需要一个张量，把它的各份交给函数。`in_dims` 里的 `None` 表示不映射，至少要有一项是维度编号。",
    ),
    "vmap_no_tensor": Message(
        "`vmap` 只能映射张量",
        "有一个输入是 {type}，没有可以拆开的维度。请在 `in_dims` 的对应位置写 `None`，例如 `in_dims=(0, None)`。",
    ),
    "vmap_result": Message(
        "被映射的函数必须返回张量",
        "它返回了 {type}。`vmap` 会把每一份的结果堆叠起来，所以都得是张量。与输入无关的结果可以用 `out_dims=None` "
        "原样返回。",
    ),
    "vmap_no_result": Message(
        "被映射的函数什么也没有返回",
        "`vmap` 会把函数对每一份的返回值堆叠起来，而它返回了 `None`。是不是漏写了 `return`？",
    ),
    "vmap_dynamic": Message(
        "在 `vmap` 里，大小不能取决于数值",
        "{code} 给出多少个元素取决于数值，批次里各份会不一样。"
        "请保持大小不变：用 `torch.where(mask, x, 0)` 代替 `x[mask]`，或者乘以掩码，或者用 `topk`。",
    ),
}
