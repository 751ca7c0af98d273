"""被切断的计算图。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "stopped": Message(
        "梯度传不过 {code}",
        "{reason}结果只通过这里依赖 {names}，所以 `backward()` 没有把梯度传到那里，`.grad` 仍是 None。",
    ),
    "leaf_root": Message(
        "{name} 是叶子张量：反向传播在起点就结束了",
        "{name} 没有计算图，`requires_grad=True` 也不会建立计算图，只是把 {name} 变成了叶子张量。{backward} 只给 {name} "
        "自己算出了梯度 1，{names} 没有得到梯度。{reason}",
    ),
    "written_detached": Message(
        "`detach()` 共享内存，自动求导记下了这次写入",
        "{cut} 与 {name} 共享内存，但不在计算图里，所以 {code} 也改了 {name}。两者共用一个版本计数器，现在是 {version}："
        "反向传播若需要 {name} 的旧值就会报错。只有 `.data` 才会悄无声息。不想动 {name}，就先用 `detach().clone()` "
        "复制一份再改；想要改变它，就由它算出一个新张量。",
    ),
    "written_data": Message(
        "自动求导没有看到对 {name} 的这次写入",
        "{code} 通过 `.data` 改了 {name}，而 `.data` 的版本计数器是另外一个：{name} 的仍是 {version}。如果反向传播需要旧"
        "值，就会算出错误的梯度，而且不报错。换成 `detach()`，自动求导就会发现；要副本就用 `.data.clone()`。",
    ),
    "wrong_gradient": Message(
        "梯度是用 `.data` 改过的数值算的",
        "{needing}（{line}）为求梯度保存了 {name}，之后 {code} 又通过 `.data` 改了它，而自动求导不记这种写入：{name} 的"
        "版本计数器是 {version}。反向传播用了新值，梯度因此是错的，而且没有报错。请在反向传播之后再写，或写到副本上：`.d"
        "ata.clone()`。",
    ),
}
