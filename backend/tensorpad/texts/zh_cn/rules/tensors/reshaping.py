"""视图与改变形状。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "view_of_strided": Message(
        "`view` 没法按新的次序读这些元素",
        "视图从不移动元素。{name} 的形状是 {shape}，步幅是 {stride}；要能一行接一行地连续读取，步幅得是 {contiguous}。"
        "它来自 `t`、`permute` 或切片这类只改步幅的操作。"
        "`reshape` 会在必要时复制元素，与 `.contiguous().view(…)` 效果相同。",
    ),
    "reshape_sizes": Message(
        "新形状的元素个数对不上",
        "{name} 的形状是 {shape}，要变成 {wanted}。{reason}改变形状只是重新排列，元素一个不能多，一个不能少。"
        "可以有一个大小写成 `-1`，由 torch 推算。",
    ),
    "reshape_inferred": Message(
        "只能有一个大小留给 torch 推算",
        "`-1` 表示“由其他大小推出来”。写了两个 `-1` 答案就不唯一了，请至多保留一个。",
    ),
    "expand": Message(
        "只有大小为 1 的维度才能扩展",
        "{name} 在这一维有 {size} 个元素，却要变成 {wanted} 个。"
        "`expand` 不复制数据，只是把同一个元素显示多次，所以只能从 1 开始：\n{figure}\n"
        "要把多个元素反复复制，请用 `repeat`。",
    ),
    "expand_dimensions": Message(
        "`expand` 不能减少维度",
        "{name} 的形状是 {shape}，`expand` 至少要给 {dims} 个大小，这里只给了 {given} 个。"
        "新维度加在最前面，`-1` 表示大小不变。",
    ),
}
