"""没有得到训练的参数。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "hidden_layers": Message(
        "{parameters} 找不到 {path} 里的层",
        "{path} 是装着模块的普通 {type}，而模块只注册本身就是模块的属性。{names}（共 {rest} 个张量）不会进入由 "
        "{parameters} 创建的优化器，也不在 `state_dict()` 里，`.to()` 也不会移动它们。用 {container} 就能注册。",
    ),
    "plain_attribute": Message(
        "{name} 不是参数",
        "反向传播给 {name} 算出了梯度，但它只是普通张量，不是 `nn.Parameter`，所以 {parameters} 里没有它，优化器不会更新"
        "它，它也没有变过。`state_dict()` 里同样没有它。",
    ),
    "stale_optimizer": Message(
        "{optimizer} 里是已被替换的模型的参数",
        "{optimizer}（{line}）里有 {count} 个张量已不属于任何变量，反向传播也没有到达它们：创建它之后，模型又换了。梯度"
        "传给了 {names}，却没有优化器持有它们，所以它们得不到训练。请在模型之后创建优化器。",
    ),
    "unoptimized": Message(
        "没有优化器持有 {names}",
        "反向传播给 {names}（共 {rest} 个参数）算出了梯度，但 {optimizers} 没有持有它们，别处也没有用到这些梯度，所以它"
        "们不会变。想训练它们就交给优化器；不想训练，用 `requires_grad_(False)` 可以省去计算。",
    ),
    "unused_parameters": Message(
        "{owners} 没有被用到",
        "没有任何运算用到 {owners} 里的参数，经过 {module} 的反向传播也就到不了它们：它们的 `.grad` 是 None，优化器会跳"
        "过它们。请检查 `forward` 是否漏掉了 {first}。",
    ),
}
