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
    "channels": Message(
        "卷积层的输入通道数不对",
        "{layer} 的卷积核需要 {expected} 个通道。{name} 的形状是 {shape}，"
        "第 {dim} 维是 {got}；各维的次序是 {order}。请把 `in_channels` 改成 {got}，"
        "或修改输入。",
    ),
    "channels_missing": Message(
        "输入缺少通道维",
        "{name} 的形状是 {shape}。{layer} 的输入是 {order}，也可以没有批次维，"
        "所以第一维被当成了 {got} 个通道，而卷积核需要 {expected} 个。如果这是 {got} 个单通道样本，"
        "请用 `unsqueeze(1)` 补上通道维。",
    ),
    "channels_last": Message(
        "通道在最后一维，而 torch 要求在第 1 维",
        "{name} 的形状是 {shape}，第 1 维是 {got}。{layer} 要求那里是 {expected} 个通道，"
        "而 {expected} 在最后一维。torch 的次序是 {order}。",
    ),
    "kernel_too_large": Message(
        "卷积核比输入还大",
        "{layer} 的卷积核是 {kernel}，而输入 {shape} 加上填充后只剩 {left}。"
        "前面的每次卷积和池化都会把它变小。请用更小的卷积核、加 `padding`、减少池化，或使用更大的输入。",
    ),
    "pool_too_large": Message(
        "池化窗口比输入还大",
        "{function} 的窗口是 {kernel}，输入的形状是 {shape}，每个通道只有 {sizes}，"
        "池化后什么都不剩。前面的每次卷积和池化都会把输入变小。请用更小的窗口、减少池化，或使用更大的输入。",
    ),
    "conv_groups": Message(
        "通道数必须能被 `groups` 整除",
        "`groups` 把通道平均分成几组，每组有自己的卷积核。{code} 的 {channels} 不能被它整除。",
    ),
    "conv_bias": Message(
        "每个输出通道有一个偏置",
        "输出有 {channels} 个通道，而 {bias} 的形状是 {shape}，应为 `({channels},)`。",
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
    "layer_dimensions": Message(
        "输入的维数不对",
        "{function} 的输入应是 {unbatched} 维，前面带批次时是 {batched} 维。现在的形状是 {shape}，共 {dims} 维。"
        "可以用 `unsqueeze` 补上大小为 1 的批次维或通道维。",
    ),
}
