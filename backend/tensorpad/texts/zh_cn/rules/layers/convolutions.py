"""卷积与池化。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
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
    "layer_dimensions": Message(
        "输入的维数不对",
        "{function} 的输入应是 {unbatched} 维，前面带批次时是 {batched} 维。现在的形状是 {shape}，共 {dims} 维。"
        "可以用 `unsqueeze` 补上大小为 1 的批次维或通道维。",
    ),
}
