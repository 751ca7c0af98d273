"""The few words that a picture shows or speaks, in each language."""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["en", "zh-CN"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one language. Those with braces are filled by `str.format`."""

    leaf: str
    parameter: str
    constant: str
    repeated: str
    rounds: str
    round: str
    module: str
    inputs: str
    steps: str
    folded: str
    operation: str
    result: str
    value: str
    gradient: str
    scalar: str
    elided: str
    title: str
    summary: str
    node: str
    from_inputs: str
    more: str


ENGLISH = Words(
    leaf="leaf",
    parameter="parameter",
    constant="constant",
    repeated="repeated",
    rounds="{count} more rounds",
    round="round {round} of {rounds}",
    module="module",
    inputs="{count} more",
    steps="inner steps",
    folded="{count} nodes",
    operation="operation",
    result="result",
    value="value",
    gradient="∇ grad",
    scalar="scalar",
    elided="{count} more, not drawn",
    title="Computation graph of {name}",
    summary="{nodes} nodes, from leaves to result. ",
    node="{kind} {label} ({details}){inputs}. ",
    from_inputs=", from {names}",
    more="And {count} more.",
)
CHINESE = Words(
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
    gradient="∇ 梯度",
    scalar="标量",
    elided="另有 {count} 个未画出",
    title="{name} 的计算图",
    summary="共 {nodes} 个节点，从叶子到结果。",
    node="{kind} {label}（{details}）{inputs}。",
    from_inputs="，来自 {names}",
    more="另有 {count} 个。",
)


def words(lang: Lang) -> Words:
    """The words of `lang`."""
    return CHINESE if lang == "zh-CN" else ENGLISH
