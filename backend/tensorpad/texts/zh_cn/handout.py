"""What the pages of exported lessons say, in Chinese."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import HandoutText

HANDOUT: Final[Mapping[HandoutText, str]] = {
    "contents": "全部课程",
    "program": "程序 {number}",
    "run": "程序 {number} 的运行记录",
    "solution": "参考解答",
    "mistakes": "错误的写法和原因",
    "lines": "各行的顺序已打乱，有的行可能用不上：",
}
