"""值为 None 的 `.grad`。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "replaced_by_update": Message(
        "{name} 已经不是原来训练的那个张量",
        "{code}（{line}）并没有修改 {name}，而是生成一个新张量并占用了这个名字。{why}"
        "请在 `torch.no_grad()` 下把更新原地写进叶子张量，并在下一次反向传播之前清空梯度。",
    ),
    "leaf_without_name": Message(
        "{name} 不是叶子张量，而是由叶子张量算出来的",
        "在 {code}（{line}）里，`requires_grad=True` 创建了一个叶子张量，而 {name} 是由它算出来的结果。"
        "梯度会写到那个没有名字的叶子张量。请先算好，再对结果调用 `requires_grad_()`。",
    ),
    "leaf_renamed": Message(
        "{name} 已经不是叶子张量",
        "{code}（{line}）把名字 {name} 给了由原来的叶子张量算出的新张量。"
        "梯度会写到原来的叶子张量，新的 {name} 的 `.grad` 一直是 None。"
        "用 `detach().requires_grad_()` 可以让结果自己成为叶子张量。",
    ),
    "gradient_not_kept": Message(
        "非叶子张量的梯度没有保留",
        "{name} 不是叶子张量：梯度传过去之后就丢掉了，所以 `.grad` 是 `None`。在反向传播之前调用 `retain_grad()` 就会保留。",
    ),
    "computed_not_reached": Message(
        "`.grad` 是 None：{name} 是算出来的，而且没有反向传播经过它",
        "{name} 不是叶子张量，也没有任何反向传播从由它算出的结果出发。"
        "请从依赖它的结果开始反向传播，并事先对 {name} 调用 `retain_grad()`。",
    ),
    "gradient_not_required": Message(
        "`.grad` 是 None：没有设置要求梯度",
        "{name} 不要求梯度，所以反向传播不会给它写入。请在创建它时加上 `requires_grad=True`。",
    ),
    "gradient_frozen": Message(
        "`.grad` 是 None：{name} 被冻结了",
        "{name} 是 `requires_grad=False` 的参数，反向传播不会给它写入梯度。"
        "在前向计算之前调用 `requires_grad_(True)`，它就能重新参与训练。",
    ),
    "gradient_before_backward": Message(
        "`.grad` 是 None：还没有梯度传到这里",
        "还没有做过反向传播；在反向传播到达之前，{name} 的 `.grad` 是 None。请对由它算出的损失调用 `backward()`。",
    ),
    "gradient_cleared": Message(
        "`.grad` 是 None：已经被清空了",
        "{where}的反向传播给了 {name} 梯度，但 {code}（{line}）又把它设成了 None。请在反向传播之前清空，之后再使用梯度。",
    ),
    "leaf_after_pass": Message(
        "`.grad` 是 None：{name} 是在反向传播之后才创建的",
        "{name} 是{where}的反向传播之后才创建的叶子张量。那次反向传播到达的是计算 {root} 时用到的张量，其中没有它。"
        "请用它计算损失，再调用 `backward()`。",
    ),
    "gradient_returned": Message(
        "`torch.autograd.grad` 返回梯度，不写 `.grad`",
        "唯一的一次反向传播是 `torch.autograd.grad`（{where}），它把梯度作为结果返回。"
        "只有 `backward()` 才会累加到 `.grad`。请使用返回的梯度，或改用 `backward()`。",
    ),
    "gradient_excluded": Message(
        "`.grad` 是 None：反向传播只限于别的张量",
        "{where}的反向传播带有 `inputs=…`，其中没有 {name}。请把它加进去，或去掉 `inputs`。",
    ),
    "gradient_not_reached": Message(
        "`.grad` 是 None：损失不依赖 {name}",
        "{where}的反向传播从 {root} 出发，而计算它时没有用到 {name}。请在计算中用上它，或检查用的是不是它的一个副本。",
    ),
    "gradient_cut_off": Message(
        "`.grad` 是 None：通往 {name} 的路断了",
        "{where}的反向传播从 {root} 出发，没有到达要求梯度的 {name}。{reason}",
    ),
    "gradient_missing": Message(
        "{name} 的 `.grad` 是 None",
        "反向传播只给这样的叶子张量写 `.grad`：它要求梯度，而且参与了损失的计算。"
        "{name} 没有经历过这样的反向传播，或者梯度后来被清空了。",
    ),
}
