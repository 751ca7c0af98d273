"""What the pages of exported lessons say, in Chinese."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import HandoutText

HANDOUT: Final[Mapping[HandoutText, str]] = {
    "contents": "全部课程",
    "program": "程序 {number}",
    "run": "程序 {number} 的运行记录",
    "goes_on": "做出预测之后，正文继续。",
    "exercise": "练习",
    "unchecked": "这个页面里没有 Python，无法检查你写的程序。请在装有 torch 的环境里，接着上面的程序写，再运行检查程序；"
    "也可以与参考解答对照。",
    "check": "检查程序，接在你的程序后面运行",
    "solution": "参考解答",
    "mistakes": "错误的写法和原因",
    "lines": "各行的顺序已打乱，有的行可能用不上：",
    "pool": "可用的行：点一下就放进程序",
    "own": "你的程序：点一行就拿出来",
    "up": "上移",
    "compare": "与参考解答对照",
    "same": "对了，与参考解答的顺序一致。",
    "other": "与参考解答的顺序不同。别的顺序也可能对，但要运行才知道，而这个页面里没有 Python。",
}
