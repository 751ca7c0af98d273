"""自动求导不允许的原地修改。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "leaf_in_place": Message(
        "要求梯度的叶子张量不能原地修改",
        "{name} 是梯度的终点，覆盖它就等于抹掉计算图的起点。更新参数请放在 `torch.no_grad()` 里；参与计算请生成新张量。",
    ),
    "leaf_view_in_place": Message(
        "叶子张量的一部分也不能原地修改",
        "{code} 会写进 {name} 的内存，而它是要求梯度的叶子张量。想设置数值，请放在 `torch.no_grad()` 里；"
        "想用来计算，请先 `clone()`。",
    ),
    "one_of_several_views": Message(
        "这个视图不能原地修改",
        "{name} 是 {function} 一次给出的几个视图之一，写进其中一个，自动求导就跟不上了。请改为生成新张量。",
    ),
    "stretched_in_place": Message(
        "好几个元素其实是同一个",
        "{name} 的形状是 {shape}，步长是 {stride}：步长为 0 表示同一个数被显示多次，写入会反复落在同一处内存。"
        "`clone()` 可以让每个元素有自己的内存。",
    ),
    "needed_value": Message(
        "反向传播要用的值被改掉了",
        "为了求梯度，torch 记下了 {name}（形状 {shape}）在版本 {expected} 时的值，而它现在已是版本 {version}。"
        "{needing}{history}\n请在那里生成新张量而不是原地修改，或事先 `clone()` 一份。",
    ),
}
