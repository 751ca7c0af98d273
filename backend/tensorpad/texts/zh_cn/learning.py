"""What the pages of the course say of themselves to other sites, in Chinese."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import LearningText

LEARNING: Final[Mapping[LearningText, str]] = {
    "title": "学习 PyTorch 的张量与自动微分",
    "course": "{count} 节短课：先预测一段小程序的结果，再运行、弄清原因、动手修改，最后自己写一段。",
    "lesson": "{question}用 {minutes} 分钟学会：{goals}。",
}
