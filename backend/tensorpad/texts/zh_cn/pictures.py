"""计算图的图片。"""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import DisplayText, NoGraphText, PictureWords, UndrawnText

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
    hurried="完整布局超过了 {limit} 秒，{all} 个节点已折叠为 {nodes} 个。稍后重试也许能显示更多。",
)

DISPLAYS: Final[Mapping[DisplayText, str]] = {
    "too_many": "每个单元格只画前 {most} 张图（limits.graphs）。",
    "too_slow": "{limit:g} 秒内未能画完。",
}

NO_GRAPH: Final[Mapping[NoGraphText, str]] = {
    "id": "程序没有计算图 {graph}。现有：{known}。",
    "none": "程序没有产生计算图：没有任何结果依赖 requires_grad=True 的张量。",
    "root": "没有以 {of} 为根的计算图。现有的根：{known}。",
    "part": "计算图里没有折叠的节点或模块 {name}。现有：{known}。",
}

UNDRAWN: Final[Mapping[UndrawnText, str]] = {
    "graph": "{name} 的计算图绘制失败：{reason}。可以减少节点数（max_nodes），或改用无需绘制的 graph.dot。",
    "late": "{limit} 秒内未能完成布局",
}
