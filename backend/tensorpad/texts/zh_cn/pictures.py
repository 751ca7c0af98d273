"""计算图的图片。"""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import DisplayText, PictureWords

PICTURE: Final = PictureWords(
    leaf="叶子",
    parameter="参数",
    constant="常量",
    repeated="重复",
    rounds="再重复 {count} 轮",
    round="第 {round} 轮，共 {rounds} 轮",
    module="模块",
    inputs="另有 {count} 个",
    steps="内部步骤",
    folded="{count} 个节点",
    operation="运算",
    result="结果",
    value="值",
    gradient="∇ 梯度 .grad",
    passing="∇ 经过的梯度",
    scalar="标量",
    elided="另有 {count} 个未画出",
    title="{name} 的计算图",
    summary="共 {nodes} 个节点，从叶子到结果。",
    node="{kind} {label}（{details}）{inputs}。",
    from_inputs="，来自 {names}",
    more="另有 {count} 个。",
)

DISPLAYS: Final[Mapping[DisplayText, str]] = {
    "too_many": "每个单元格只画前 {most} 张图（limits.graphs）。",
    "too_slow": "未能在 {limit:g} 秒内画完。",
}
