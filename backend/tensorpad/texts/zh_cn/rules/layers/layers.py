"""网络层。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "linear_flatten": Message(
        "线性层之前要先展平",
        "{layer} 要求最后一维有 {features} 个特征。输入的形状是 {shape}，最后一维只有 {got}，"
        "不过 {product}。请把从第 {first} 维起的各维合成一维：用 `flatten({first})`，"
        "或在这一层之前放一个 `nn.Flatten()`。",
    ),
    "linear_column": Message(
        "每个样本都要有特征维",
        "{layer} 要求最后一维是 1 个特征。{name} 的形状是 {shape}，会被看作一个有 {n} 个特征的样本。"
        "{n} 个样本、各 1 个特征的形状是 ({n}, 1)，可以用 `unsqueeze(1)` 补上这一维。",
    ),
    "layer_dtype": Message(
        "输入与网络层的 dtype 不同",
        "{name} 是 {got}，而 {layer} 的参数是 {dtype}。网络层不会转换输入的 dtype，"
        "请用 {conversion}。（NumPy 的浮点数默认是 64 位，整数列表会变成整数张量。）",
    ),
    "dropout_probability": Message(
        "概率必须在 0 和 1 之间",
        "`p` 是 dropout 置 0 的元素所占的比例，{p} 超出了范围。0.5 表示一半。",
    ),
    "interpolate_mode": Message(
        "这种模式要求另一种维数",
        "{mode} 要求 {needs} 维：批次、通道，然后是空间维。输入的形状是 {shape}，共 {dims} 维。"
        "{dims} 维可以用 {instead}，或用 `unsqueeze` 补上缺少的维度。",
    ),
    "interpolate_size": Message(
        "`size` 和 `scale_factor` 必须且只能给一个",
        "{code} 需要 `size`（空间维的新大小）或 `scale_factor`（放大几倍），两者只能给一个。",
    ),
}
