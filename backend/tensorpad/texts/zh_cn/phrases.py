"""填入解释的片段。"""

from typing import Final

PHRASES: Final = {
    "operand": "第 {position} 个张量",
    "output_of": "{code} 的输出",
    "result_in": "{code} 中 {function} 的结果",
    "incoming_gradient": "传入的梯度 {name}",
    "unnamed_gradient": "传入的梯度",
    "former": "之前的 {name}（{line}）",
    "from_line": "{line}的 {name}",
    "earlier": "较早的 {name}",
    "later": "较晚的 {name}",
    "numbered": "{name}（其 {number}）",
    "line": "第 {line} 行",
    "cell_line": "第 {cell} 个单元格的第 {line} 行",
    "somewhere": "前面某一行",
    "not_divisible": "{count} 个元素不能被 {product} = {known} 整除。",
    "other_count": "{count} 个元素填不满或放不进 {product} = {known} 个位置。",
    "cut_by": "它经过了 {code}（{line}），那里只传数值，不带计算图。",
    "unrecorded": "它由要求梯度的 {name} 算出，但 {code}（{line}）没有被记录：当时关闭了记录（`torch.no_grad()`）。",
    "no_derivative": "它由要求梯度的 {name} 算出，但经过了 {code}（{line}），而这个函数不可导。",
    "required_later": (
        "它由 {name} 算出，但 {code}（{line}）运行时 {name} 还不要求梯度。请在用它计算之前就设置 `requires_grad`。"
    ),
    "nothing_requires": "参与计算的张量都不要求梯度。想对谁求导，就给谁设置 `requires_grad=True`。",
    "some_tensor": "一个张量",
    "writers": "此后它在这里被写过：\n{figure}",
    "needing": "第 {line} 行的 {code} 求梯度时要用旧值。",
    "unknown_writer": "其间它被原地修改过。",
    "busiest": "记录显示第 {line} 行调用了 torch {count} 次：{code}。请检查是否有不会结束的循环。",
    "no_busiest": "请检查是否有不会结束的循环，或减小计算规模。",
    "nan": "NaN（不是数）",
    "infinity": "无穷大",
    "why_log": "0 的对数是负无穷，负数的对数是 NaN。",
    "why_sqrt": "负数的平方根是 NaN。",
    "why_division": "除以 0 得无穷大，0 除以 0 得 NaN。",
    "why_overflow": "结果超出了类型的范围（float32 最大约 3.4e38，`exp` 到 89 就超过了）。",
    "why_domain": "函数在这里没有定义。",
    "why_too_few": "元素太少：没有元素的平均值、单个元素的标准差都是 NaN。",
    "why_other": "无穷减无穷、0 乘无穷都得 NaN，太大的结果变成无穷大。",
}
