"""NaN 与无穷大。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "masked_out": Message(
        "整行都被遮住，`softmax` 得到 NaN",
        "运行 {code} 时，{name} 的 {rows} 全是 `-inf`。`softmax` 用 exp(-inf) = 0 除以这一行的和，而和也是 0，"
        "0/0 就是 NaN。{end}每一行至少要留一个位置不遮；或者用最小的有限数代替 `-inf`，这样的行会得到相等的权重。",
    ),
    "not_finite": Message(
        "{value} 从这里开始",
        "{code} 的输入都是有限的数，结果{place}却出现了 {value}。{reason}{end}",
    ),
}
