"""The sentences of derivations and of the lens, in each language."""

from typing import Final, Literal

from tensorpad.protocol.inquiries import NoDerivation, NoLens
from tensorpad.protocol.openings import NoOpening
from tensorpad.protocol.windows import NoWindow

Language = Literal["en", "zh-CN"]

NO_DERIVATION: Final[dict[Language, dict[NoDerivation, str]]] = {
    "en": {
        "no_scalar": "The program made no scalar that needs a gradient, so there is nothing to derive.",
        "not_found": "The program has no variable {name}.",
        "not_scalar": "{name} is not a floating-point tensor of one element; reduce it to one, for example with sum().",
        "no_graph": "{name} has no graph: nothing that it was made of needs a gradient.",
        "too_large": "The graph has more steps or elements than can be written out. Try a smaller example.",
        "freed": "The graph was freed by a backward pass before it could be read. Ask for the tensor that "
        "the pass started from.",
        "unsupported": "A step of the graph has no derivative that can be written out (complex numbers, for example).",
    },
    "zh-CN": {
        "no_scalar": "程序没有产生需要梯度的标量，因此没有可以推导的内容。",
        "not_found": "程序中没有名为 {name} 的变量。",
        "not_scalar": "{name} 不是只有一个元素的浮点张量；请先把它归约成一个数，例如用 sum()。",
        "no_graph": "{name} 没有计算图：得到它的各个张量都不需要梯度。",
        "too_large": "计算图的步骤或元素太多，无法逐一写出。请换一个较小的例子。",
        "freed": "计算图在读取之前已被反向传播释放。请选择那次反向传播的起点张量。",
        "unsupported": "计算图中有一步的导数无法写出（例如复数）。",
    },
}

CHECKED: Final[dict[Language, dict[Literal["same", "close", "other"], str]]] = {
    "en": {
        "same": "Checked: this is exactly the gradient of {name} that autograd computed.",
        "close": "Checked: this is the gradient of {name} that autograd computed, up to rounding (largest difference "
        "{deviation}, allowed {tolerance}).",
        "other": "This differs from the gradient of {name} that autograd computed by {deviation}: something beside "
        "the chain rule changed it, such as a hook.",
    },
    "zh-CN": {
        "same": "已核对：与 autograd 算出的 {name} 的梯度完全相同。",
        "close": "已核对：与 autograd 算出的 {name} 的梯度一致，只差舍入误差（最大差 {deviation}，允许 {tolerance}）。",
        "other": "这与 autograd 算出的 {name} 的梯度相差 {deviation}：除链式法则外还有别的东西改变了它，例如钩子函数。",
    },
}

DIFFERENCES: Final[dict[Language, dict[bool, str]]] = {
    "en": {
        True: "Finite differences agree: central differences with step {step} in {dtype} deviate by {deviation} at most "
        "(allowed {tolerance}).",
        False: "Finite differences do not agree: central differences with step {step} in {dtype} deviate by {deviation} "
        "(allowed {tolerance}). The function may have a kink or a jump at this point.",
    },
    "zh-CN": {
        True: "有限差分吻合：以 {dtype} 精度、步长 {step} 作中心差分，最大偏差 {deviation}（允许 {tolerance}）。",
        False: "有限差分不吻合：以 {dtype} 精度、步长 {step} 作中心差分，偏差为 {deviation}（允许 {tolerance}）。"
        "函数在此处可能有折点或跳跃。",
    },
}

NO_DIFFERENCES: Final[dict[Language, dict[Literal["unseen", "not_repeatable", "too_large", "too_slow"], str]]] = {
    "en": {
        "unseen": "Finite differences were not possible: a step was made where it cannot be repeated, such as in a custom "
        "autograd function.",
        "not_repeatable": "Finite differences were not possible: repeating the operations gave another value.",
        "too_large": "Finite differences were not taken: the tensor has too many elements.",
        "too_slow": "Finite differences were not taken: there was not enough time for all elements.",
    },
    "zh-CN": {
        "unseen": "无法作有限差分：有一步无法重复执行，例如自定义的 autograd 函数。",
        "not_repeatable": "无法作有限差分：重复执行这些运算得到了不同的值。",
        "too_large": "没有作有限差分：张量的元素太多。",
        "too_slow": "没有作有限差分：时间不足以检验所有元素。",
    },
}

NO_LENS: Final[dict[Language, dict[NoLens, str]]] = {
    "en": {
        "no_operation": "The run made no operation {operation}.",
        "no_output": "The operation {operation} has no output with this number.",
        "no_element": "The output has the shape {shape}, and no element with this index.",
        "too_large": "The inputs of the operation {operation} are too large to be examined.",
        "not_repeatable": "The operation {operation} gave something else when it was repeated, so it cannot be examined.",
        "unsupported": "The operation {operation} cannot be repeated with other inputs.",
    },
    "zh-CN": {
        "no_operation": "这次运行中没有运算 {operation}。",
        "no_output": "运算 {operation} 没有这个编号的输出。",
        "no_element": "输出的形状是 {shape}，没有这个下标的元素。",
        "too_large": "运算 {operation} 的输入太大，无法逐一检查。",
        "not_repeatable": "重复执行运算 {operation} 得到了不同的结果，因此无法试探它的输入。",
        "unsupported": "运算 {operation} 无法用别的输入重复执行。",
    },
}

NO_OPENING: Final[dict[Language, dict[NoOpening, str]]] = {
    "en": {
        "no_operation": "The run made no operation {operation}.",
        "in_trace": "What {name} did inside stands among the operations of the run.",
        "one_step": "For torch, {name} is one step.",
        "too_large": "The inputs of the operation {operation} are too large to be kept for a second look.",
        "not_repeatable": "The operation {operation} gave something else when it was repeated, so it cannot be opened.",
        "unsupported": "The operation {operation} cannot be repeated on its own.",
    },
    "zh-CN": {
        "no_operation": "这次运行中没有运算 {operation}。",
        "in_trace": "{name} 内部做的事已列在这次运行的运算中。",
        "one_step": "对 torch 来说，{name} 就是一步。",
        "too_large": "运算 {operation} 的输入太大，无法保留下来再看一遍。",
        "not_repeatable": "重复执行运算 {operation} 得到了不同的结果，因此无法展开。",
        "unsupported": "运算 {operation} 无法单独重复执行。",
    },
}

OPENING: Final[dict[Language, dict[Literal["steps", "rounded", "incomplete"], str]]] = {
    "en": {
        "steps": "Inside {name}, torch takes {count} steps.",
        "rounded": "In the run it used another kernel; these steps give the same up to rounding.",
        "incomplete": "There are more than can be listed.",
    },
    "zh-CN": {
        "steps": "在 {name} 内部，torch 执行了 {count} 步。",
        "rounded": "运行时用的是另一个内核；这些步骤给出的结果只有舍入误差的差别。",
        "incomplete": "还有更多步骤没有列出。",
    },
}

LENS: Final[
    dict[Language, dict[Literal["head", "one", "alone", "derivative", "value", "index", "more", "incomplete"], str]]
] = {
    "en": {
        "head": "{element} = {value} came from {count} input elements.",
        "one": "{element} = {value} came from one input element.",
        "alone": "{element} = {value} was made by the operation itself; no input element went into it.",
        "derivative": "{element} = {value}, local derivative {derivative}",
        "value": "{element} = {value} went into it; there is no derivative",
        "index": "{element} = {value} decided which value was taken",
        "more": "The first {shown} are listed.",
        "incomplete": "The inputs are too large to try every element, so some that only decided may be missing.",
    },
    "zh-CN": {
        "head": "{element} = {value} 来自 {count} 个输入元素。",
        "one": "{element} = {value} 来自一个输入元素。",
        "alone": "{element} = {value} 由运算自身产生，没有用到任何输入元素。",
        "derivative": "{element} = {value}，局部导数为 {derivative}",
        "value": "{element} = {value} 参与了计算；没有导数",
        "index": "{element} = {value} 决定了取哪个值",
        "more": "这里列出前 {shown} 个。",
        "incomplete": "输入太大，无法逐个试探，可能漏掉一些只起选择作用的元素。",
    },
}

NO_WINDOW: Final[dict[Language, dict[NoWindow, str]]] = {
    "en": {
        "no_subject": "The run has no tensor or array {subject}.",
        "no_gradient": "The tensor has no gradient at the end of the run.",
        "no_matrix": "The shape is {shape}, and there is no matrix at these indices.",
        "not_yet": "No step up to then had made it.",
        "not_kept": "It is not known any more what its elements were then.",
        "not_dense": "Its elements do not lie in memory one by one.",
        "too_large": "It has more elements than can be read. Ask for a smaller part.",
        "unsupported": "torch has no operation that reads its elements.",
    },
    "zh-CN": {
        "no_subject": "这次运行中没有张量或数组 {subject}。",
        "no_gradient": "运行结束时，这个张量没有梯度。",
        "no_matrix": "形状是 {shape}，这些下标处没有矩阵。",
        "not_yet": "到那一步为止，它还没有产生。",
        "not_kept": "已经无法得知它当时的元素。",
        "not_dense": "它的元素在内存中不是逐个存放的。",
        "too_large": "元素太多，无法读取。请选取更小的一部分。",
        "unsupported": "torch 没有能读取这些元素的运算。",
    },
}
