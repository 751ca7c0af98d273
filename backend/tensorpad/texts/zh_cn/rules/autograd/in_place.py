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
        "{origin}写进几个视图中的一个，自动求导就跟不上了。请改为生成新张量，或者用下标从 {base} 取出单独的视图再写。",
    ),
    "custom_view_in_place": Message(
        "{function} 的结果不能原地修改",
        "{function}（{where}）返回的 {name} 是输入的视图，或者就是输入本身。原地写入会绕过它的 `backward`。"
        "请改为生成新张量，或者让 `forward` 返回 `clone()`。",
    ),
    "view_from_no_grad": Message(
        "创建这个视图时不在记录，写入时却在记录",
        "{name}（{where}）是在 `torch.no_grad()` 里创建的 {base} 的视图，而 {code} 在自动求导记录时写它。"
        "这次写入该不该记录，说不清楚：请把创建视图和写入都放在 `torch.no_grad()` 里，或者都放在外面。",
    ),
    "overlapping_write": Message(
        "写入会盖掉还没读到的元素",
        "{name} 与 {read} 共享内存，而且元素的位置对不上：每次写入都可能改掉后面才要读的元素。请从副本读取：`.clone()`。",
    ),
    "out_with_gradient": Message(
        "`out=` 不能求导",
        "{name} 要求梯度，而 {function} 加上 `out=` 会写进计算图之外的内存。请改为把结果赋给变量。",
    ),
    "resized": Message(
        "{name} 不能原地改变大小",
        "{reason}请用 `torch.cat`、下标或 `reshape` 得到所需大小的新张量。",
    ),
    "inference_in_place": Message(
        "推理模式里的张量不能在外面原地修改",
        "{name} 是在 `torch.inference_mode()` 里创建的，没有版本计数器，所以无法记录 {code} 这次写入。"
        "请写 `clone()` 得到的副本，或者在那里改用 `torch.no_grad()`。",
    ),
    "stretched_in_place": Message(
        "好几个元素其实是同一个",
        "{name} 的形状是 {shape}，步幅是 {stride}：步幅为 0 表示同一个数被显示多次，写入会反复落在同一处内存。"
        "`clone()` 可以让每个元素有自己的内存。",
    ),
}
