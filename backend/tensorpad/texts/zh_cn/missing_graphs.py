"""为什么没有计算图：规则 `no_graph` 的片段。"""

from typing import Final

PHRASES: Final = {
    "cut_by": "它由要求梯度的 {name} 算出，但中间经过了 {code}（{line}），那里只交出数值，不带计算图。",
    "unrecorded": "它由要求梯度的 {name} 算出，但 {code}（{line}）没有被记录：当时关闭了记录。",
    "unrecorded_there": "它由要求梯度的 {name} 算出，但 {code}（{line}）没有被记录：{off}（{where}）关闭了记录。",
    "no_derivative": "它由要求梯度的 {name} 算出，但经过了 {code}（{line}），而这个函数不可导。",
    "gives_places": (
        "它由要求梯度的 {name} 算出，但 {code}（{line}）给出的是位置（`torch.int64`），位置没有导数。"
        "请改用那个位置上的值，或 `softmax` 之类的光滑函数。"
    ),
    "gives_truths": (
        "它由要求梯度的 {name} 算出，但 {code}（{line}）是比较，结果（`torch.bool`）没有导数。"
        "请改用 `sigmoid` 之类的光滑函数。"
    ),
    "gives_integers": "它由要求梯度的 {name} 算出，但 {code}（{line}）的结果是 {dtype}。只有浮点数才有导数。",
    "copied_values": (
        "它由要求梯度的 {name} 算出，但 {code}（{line}）只把数值复制进一个新张量，新张量没有计算图。"
        "`torch.stack` 和 `clone()` 会保留计算图。"
    ),
    "only_shape": "{code}（{line}）只取了 {name} 的形状和 dtype，没有用到它的值，所以梯度传不回去。",
    "required_later": (
        "它由 {name} 算出，但 {code}（{line}）运行时 {name} 还不要求梯度。请在用它计算之前就设置 `requires_grad`。"
    ),
    "no_create_graph": (
        "它由一个梯度算出，而 {code}（{line}）没有记录这个梯度是怎么算出来的。"
        "加上 `create_graph=True`，梯度就有自己的计算图，可以再次求导。"
    ),
    "constant_derivative": (
        "它由 {code}（{line}）得到的梯度算出，而这个梯度是常数{value}：函数在这里是线性的，"
        "一阶导数与输入无关，二阶导数是 0。"
    ),
    "equal_to": "（{value}）",
    "checkpoint": (
        "{names} 要求梯度，但可重入的 checkpoint，即 {code}（{line}），只有当传给它的某个输入要求梯度时才让梯度通过。"
        "请传入 `use_reentrant=False`。"
    ),
    "through_numpy": (
        "它的值来自要求梯度的 {name}，但经过了 NumPy：{code}（{line}）。NumPy 不带计算图，所以 {back} 是一个新的叶子张量。"
        "请全程使用 torch 自己的函数。"
    ),
    "through_numbers": (
        "它的值来自要求梯度的 {name}，但中间变成了普通的 Python 数：{code}（{line}）。"
        "数没有计算图，所以 {back} 是一个新的叶子张量。请直接用张量继续计算。"
    ),
    "frozen": (
        "它由冻结的参数算出：{names} 的 `requires_grad` 是 `False`。"
        "要训练其中哪些，就让它们重新要求梯度：`requires_grad_(True)`。"
    ),
    "only_integers": (
        "它由 {names}（{dtypes}）算出。只有浮点张量才能要求梯度：请用浮点 dtype 创建，并加上 `requires_grad=True`。"
    ),
    "none_requires": "参与计算的张量都不要求梯度：{names}。想对谁求导，就给谁设置 `requires_grad=True`。",
    "nothing_requires": "参与计算的张量都不要求梯度。想对谁求导，就给谁设置 `requires_grad=True`。",
    "leaf_requires_none": "它是叶子张量，创建时没有设置 `requires_grad=True`。",
    "through_numpy_at_once": (
        "它的值来自要求梯度的 {name}，但经过了 NumPy：{code}（{line}）。NumPy 不带计算图。请全程使用 torch 自己的函数。"
    ),
    "through_numbers_at_once": (
        "它的值来自要求梯度的 {name}，但中间变成了普通的 Python 数：{code}（{line}）。数没有计算图。请直接用张量继续计算。"
    ),
}
