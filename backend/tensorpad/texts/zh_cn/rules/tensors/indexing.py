"""下标与掩码。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "index_out_of_range": Message(
        "下标超出了范围",
        "{name} 的形状是 {shape}，第 {dim} 维有 {size} 个元素，"
        "编号是 0 到 {last}（从末尾数是 {lowest} 到 -1），没有 {index} 号。",
    ),
    "index_into_empty": Message(
        "这一维是空的，没有元素可取",
        "{name} 的形状是 {shape}，第 {dim} 维一个元素也没有，自然取不到下标 {index}。请看看是哪一步让它变空的。",
    ),
    "embedding_range": Message(
        "下标指向了不存在的行",
        "表里有 {rows} 行，编号是 0 到 {last}；{indices} 里有 {wrong}。这里的负数不会从末尾数起。"
        "请把表加大（`num_embeddings`），或检查下标是怎么来的。",
    ),
    "target_range": Message(
        "标签不在类别范围内",
        "得分共有 {classes} 类，标签应是 0 到 {last}，而 {target} 里出现了 {label}。如果标签从 1 开始，请都减 1；"
        "否则模型需要更多输出。",
    ),
    "too_many_indices": Message(
        "下标比维度还多",
        "{name} 的形状是 {shape}，共 {dims} 维，每一维只用一个下标。{code} 给多了。",
    ),
    "mask_shape": Message(
        "掩码的形状与张量不一致",
        "布尔掩码对每个元素说“要”或“不要”，所以形状必须与被选的张量（或它的前几维）相同：\n{figure}",
    ),
    "index_shapes": Message(
        "几个下标张量彼此对不上",
        "并列的下标张量是成对读取的：第一个行号配第一个列号，依此类推。它们的形状必须相同或能够广播：\n{figure}\n"
        "想取每一行与每一列的组合，请分两步取，或给其中一个补一个维度。",
    ),
    "index_kind": Message(
        "下标必须是整数",
        "{name} 是 {dtype}。下标表示“第几个”，只能是整数（`torch.long`）或布尔掩码。",
    ),
    "plain_index_kind": Message(
        "这个值不能当下标",
        "{kind} 说明不了是第几个元素：{code}。下标可以是整数、切片、`...`、`None`，或者整数、布尔张量。"
        "用 `int(…)` 取整，或用 `//` 整除。",
    ),
    "index_of_scalar": Message(
        "标量张量没有元素可取",
        "{name} 没有维度，它就是一个数。去掉下标即可；`.item()` 可以取出这个数。",
    ),
    "negative_step": Message(
        "torch 的切片不能倒着走",
        "NumPy 和列表允许步长为 -1，而张量的步长不能是负数。想颠倒某一维，请用 `flip`。",
    ),
}
