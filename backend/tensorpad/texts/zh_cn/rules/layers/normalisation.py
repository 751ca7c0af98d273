"""归一化层。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "batch_norm_one": Message(
        "只有一个值，算不出方差",
        "训练模式下，{layer} 要在整个批次上计算每个通道的均值和方差。{name} 的形状是 {shape}，"
        "{channels} 个通道各只有一个值。"
        "请增加样本数（`DataLoader` 的 `drop_last=True` 会丢掉只剩一个样本的最后一批），"
        "或用 `eval()` 改用累计的统计量。",
    ),
    "instance_norm_one": Message(
        "只有一个位置，算不出方差",
        "{layer} 要在每个样本、每个通道的所有位置上计算均值和方差。{name} 的形状是 {shape}，各只有一个位置。"
        "请使用更大的输入，或换一种归一化。",
    ),
    "norm_channels": Message(
        "归一化层的通道数不对",
        "{layer} 是为 {expected} 个通道创建的，而 {name} 的形状是 {shape}，第 1 维是 {got}。",
    ),
    "norm_dimensions": Message(
        "这种归一化要求另一种维数",
        "{kind} 的输入应是 {wanted} 维：批次、通道，然后是各个位置维。{name} 的形状是 {shape}，"
        "共 {dims} 维。`BatchNorm1d` 用于 (N, C) 和 (N, C, L)，"
        "`BatchNorm2d` 用于图像，`BatchNorm3d` 用于三维数据。",
    ),
    "layer_norm_shape": Message(
        "输入末尾的大小与 LayerNorm 不符",
        "{layer} 的 `normalized_shape` 是 {wanted}，而 {name} 的形状是 {shape}，末尾是 {got}。",
    ),
    "norm_groups": Message(
        "通道数必须能被组数整除",
        "`GroupNorm` 把通道平均分组，{channels} 个通道不能平均分成 {groups} 组。",
    ),
}
