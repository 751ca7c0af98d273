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
    "some_tensor": "一个张量",
    "writers": "此后，下面这些行改写了它：\n{figure}",
    "unknown_writer": "其间它被原地修改过。",
    "needed_by_pass": "反向传播需要 {name}（形状 {shape}）在版本 {expected} 时的值，而它现在已是版本 {version}。",
    "needed_operand": (
        "{code}（{where}{module}）的梯度要用 {name}（形状 {shape}）在版本 {expected} 时的值来算，"
        "而它现在已是版本 {version}。"
    ),
    "needed_result": (
        "{code}（{where}{module}）的梯度要用它自己的结果 {name}（形状 {shape}）在版本 {expected} 时的值来算，"
        "而它现在已是版本 {version}。"
    ),
    "needed_own_result": (
        "{code}（{where}{module}）的梯度要用它自己的结果（形状 {shape}）在版本 {expected} 时的值来算，"
        "而它现在已是版本 {version}。"
    ),
    "in_module": "，在 {path} 里",
    "written_by": "此后 {code}（{where}）原地改写了它。",
    "written_by_module": "{path} 是 {kind}，它把这个值覆盖了（{code}，{where}）。",
    "written_by_hook": "此后 {code}（{where}）原地改写了它，这段代码在交给 {hook} 的函数里。",
    "written_by_other": "此后 {code}（{where}）原地改写了它：{other} 与 {name} 共享内存，也共用版本号。",
    "several_views": "{name} 是 {function}（{where}）一次给出的 {count} 个视图之一。",
    "several_views_behind": "{function}（{where}）一次给出了 {count} 个视图，{name} 是其中一个的视图。",
    "several_views_unknown": "它是一次给出的几个视图之一（例如 `unbind` 的结果），或者是其中一个的视图。",
    "iterating": "对 {name} 的遍历",
    "resize_gradient": "它要求梯度，而计算图依赖张量的大小。",
    "resize_memory": "它的内存属于别的对象（例如 NumPy 数组），不能变大。",
    "advice_copy": "请在那里生成新张量而不是原地修改，或事先 `clone()` 一份。",
    "advice_inplace_false": "改成 `inplace=False`，结果就有自己的内存。",
    "advice_order": "请把 {pass} 放到 {step} 之前，或者在 {step} 之后用新的值重新计算 {needing} 以及由它得到的一切。",
    "advice_before": "请把 {pass} 放到 {step} 之前，或者在 {step} 之后重新计算它要经过的那些值。",
    "advice_crossing": (
        "这次反向传播经由 {crossing} 回到了 {step} 之前。请在 {step} 之后重新计算 {crossing}；"
        "如果梯度不必经过它，就用 `.detach()` 断开。"
    ),
    "advice_view": (
        "{name} 是 {base} 的视图，对 {base} 的任何写入（例如 {code}）都算作写了它的所有视图。"
        "请用副本（`.clone()`）来计算，或把各部分收进列表，再用 `torch.stack` 拼起来。"
    ),
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
    "why_pow": "0 的负数次幂是无穷大，负数的分数次幂是 NaN，太大的幂会溢出。",
    "why_small": "结果超出了 {dtype} 的范围（最大约 {most}）。",
    "why_large": "结果超出了类型的范围（float32 最大约 3.4e38，float16 最大 65504）。",
    "why_difference": "无穷减无穷得 NaN。",
    "why_product": "0 乘无穷得 NaN；求和时无穷减无穷也得 NaN。",
    "why_mean_of_none": "没有元素的平均值是 0/0，即 NaN：请检查是否还有目标参与计算。",
    "why_attention": "掩码中有一行遮住了所有位置，只剩 0/0，即 NaN。",
    "at_element": "在 {index} 处",
    "at_input": "在 {index} 处（{name} 在那里是 {number}）",
    "still_in": "{name} 里的就是从这里来的。",
    "slope_sqrt": "平方根的导数是 1 / (2√x)，在 0 处无穷大。",
    "slope_log": "对数的导数是 1/x，在 0 处无穷大。",
    "slope_division": "商的导数要除以分母，分母为 0 时得无穷大或 NaN。",
    "slope_power": "xᵖ 的导数是 p·xᵖ⁻¹，p 小于 1 时在 0 处无穷大。",
    "slope_edge": "函数在定义域的边界处切线竖直，导数是无穷大。",
    "slope_std": "标准差的导数要除以标准差，而所有元素相等时它是 0。",
    "slope_origin": "`atan2(y, x)` 的导数要除以 x² + y²，在原点处是 0。",
    "slope_norm": "范数的导数要除以范数，而零向量的范数是 0。",
    "slope_exp": "`exp` 的导数就是它的结果，这里是无穷大。",
    "slope_product": "乘积的导数是另一个因子，而它在这里不是有限的数。",
    "slope_softmax": "结果里有一行已经是 NaN，而导数由结果算出。",
    "slope_other": "它的导数在该点不是有限的数。",
    "gradient_at": "，在 {index} 处",
    "gradient_at_input": "：在 {index} 处，{name} 是 {number}，传来的梯度是 {came}",
    "gradient_at_scalar": "：{name} 是 {number}，传来的梯度是 {came}",
    "hidden_branch": "`where`（或掩码）在那里取的是另一个值，所以传来的梯度是 0；但两个分支都会计算，而 0 乘无穷得 NaN。",
    "cure_shown": "请在调用之前，先在那里换上一个无害的数：{code}。",
    "cure_hidden": "请在调用之前，先在那里换上一个无害的数：以 {code} 为输入，再照旧选择结果。",
    "cure_away": "请让输入离开这一点：加上一个小数（`x + 1e-8`），或用 `x.clamp(min=1e-8)`。",
    "retaining_stale": "`retain_graph=True` 没有用：此后参数已经更新过了。",
    "retaining_all": "如果用 `retain_graph=True`，每次都要从头再传过前面所有的轮次，越传越长。",
    "through_shared": "，而 {root} 也是由它算出来的",
    "became": "，于是变成了 {got}",
    "size_in_name": "{names} 被当作大小。",
    "give_name": "请给结果起个名字。",
    "name_or_twin": "请给结果起个名字，或用带下划线的方法 {twin}，它原地修改张量本身。",
    "change_leaf": "要求梯度的叶子张量应在 `torch.no_grad()` 下原地修改：用 {twin}，或 `-=` 之类的运算符。",
    "and_of": "，也就是 {name} 的那一个",
}
