"""推导、透镜、展开与窗口。"""

from typing import Final

from tensorpad.texts.catalogue import Inquiries

INQUIRIES: Final = Inquiries(
    no_derivation={
        "no_scalar": "程序没有产生要求梯度的标量，因此没有可以推导的内容。",
        "not_found": "程序中没有名为 {name} 的变量。",
        "not_scalar": "{name} 不是只有一个元素的浮点张量；请先把它归约成一个数，例如用 sum()。",
        "no_graph": "{name} 没有计算图：得到它的各个张量都不要求梯度。",
        "too_large": "计算图的步骤或元素太多，无法逐一写出。请换一个较小的例子。",
        "freed": "计算图在读取之前已被反向传播释放。请选择那次反向传播的起点张量。",
        "complex": "{step} 用复数计算，而推导只针对实数写出。",
        "custom": "{step} 是程序自己定义的函数，向它求导时，它的 backward 抛出了异常。",
        "unsupported": "没有可写出的推导：{step} 的局部导数无法写出。",
    },
    checked={
        "same": "已核对：与自动求导算出的 {name} 的梯度完全相同。",
        "close": (
            "已核对：与自动求导算出的 {name} 的梯度一致，只差 {dtype} 的舍入误差（最大差 {deviation}，允许 {tolerance}）。"
        ),
        "hooked": "这与自动求导算出的 {name} 的梯度相差 {deviation}：途中有钩子改变了梯度。",
        "other": (
            "这与自动求导算出的 {name} 的梯度相差 {deviation}，超出了 {dtype} 的舍入误差（允许 {tolerance}）。"
            "这次运行中没有记录到是什么改变了它。"
        ),
    },
    differences={
        "agree": "有限差分吻合：以 {dtype} 精度、步幅 {step} 做中心差分，最大偏差 {deviation}（允许 {tolerance}）。",
        "disagree": (
            "有限差分不吻合：以 {dtype} 精度、步幅 {step} 做中心差分，偏差为 {deviation}（允许 {tolerance}）。"
            "函数在此处可能有折点或跳跃。"
        ),
        "changed": (
            "有限差分也与自动求导的梯度不符："
            "以 {dtype} 精度、步幅 {step} 做中心差分，偏差为 {deviation}（允许 {tolerance}）。"
        ),
    },
    no_differences={
        "unseen": "无法做有限差分：有一步无法重复执行，例如自定义的自动求导函数。",
        "not_repeatable": "无法做有限差分：重复执行这些运算得到了不同的值。",
        "too_large": "没有做有限差分：张量的元素太多。",
        "too_slow": "没有做有限差分：时间不足以检验所有元素。",
        "too_coarse": "没有做有限差分：这种 dtype 的有效位数太少，看不出微小变化的影响。",
        "not_dense": "没有做有限差分：{name} 是稀疏张量，只有一部分元素可以改变。",
        "not_finite": "无法做有限差分：结果是无穷大或 NaN，量不出它的变化。",
    },
    no_lens={
        "no_operation": "这次运行中没有运算 {operation}。",
        "no_output": "运算 {operation} 没有这个编号的输出。",
        "no_element": "输出的形状是 {shape}，没有这个下标的元素。",
        "too_large": "运算 {operation} 的输入太大，无法逐一检查。",
        "not_repeatable": "重复执行运算 {operation} 得到了不同的结果，因此无法试探它的输入。",
        "unsupported": "运算 {operation} 无法用别的输入重复执行。",
    },
    lens={
        "head": "{element} = {value} 来自 {count} 个输入元素。",
        "one": "{element} = {value} 来自一个输入元素。",
        "alone": "{element} = {value} 由运算自身产生，没有用到任何输入元素。",
        "derivative": "{element} = {value}，局部导数为 {derivative}",
        "value": "{element} = {value} 参与了计算；没有导数",
        "index": "{element} = {value} 决定了取哪个值",
        "more": "这里列出前 {shown} 个。",
        "incomplete": "输入太大，无法逐个试探，可能漏掉一些只起选择作用的元素。",
    },
    no_opening={
        "no_operation": "这次运行中没有运算 {operation}。",
        "in_trace": "{name} 内部做的事已列在这次运行的运算中。",
        "one_step": "对 torch 来说，{name} 就是一步。",
        "too_large": "运算 {operation} 的输入太大，无法保留下来再看一遍。",
        "not_repeatable": "重复执行运算 {operation} 得到了不同的结果，因此无法打开。",
        "unsupported": "运算 {operation} 无法单独重复执行。",
    },
    opening={
        "steps": "在 {name} 内部，torch 执行了 {count} 步。",
        "rounded": "运行时用的是另一个内核；这些步骤给出的结果只有舍入误差的差别。",
        "incomplete": "还有更多步骤没有列出。",
    },
    no_window={
        "no_subject": "这次运行中没有张量或数组 {subject}。",
        "no_gradient": "运行结束时，这个张量没有梯度。",
        "no_matrix": "形状是 {shape}，这些下标处没有矩阵。",
        "not_yet": "到那一步为止，它还没有产生。",
        "not_kept": "已经无法得知它当时的元素。",
        "not_dense": "它的元素在内存中不是逐个存放的。",
        "too_large": "元素太多，无法读取。请选取更小的一部分。",
        "unsupported": "torch 没有能读取这些元素的运算。",
    },
)
