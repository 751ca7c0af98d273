"""类型分辨不出的数。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "coarse": Message(
        "整数被舍入",
        "{code} 本该存 {number}，实际存的是 {got}：{dtype} 只有不超过 2**{power} = {exact} 的整数才都能精确表示。编号、"
        "时间戳、计数之类请用整数或 float64。",
    ),
    "absorbed": Message(
        "加了等于没加",
        "在 {code} 里，{sum}：超过 {exact} 之后，{dtype} 不再能表示每个整数，结果又舍入回了原值。"
        "请用整数或更宽的 dtype 计数。",
    ),
    "float_equality": Message(
        "精确比较，只差一次舍入",
        "{code} {place}比较 {left} 与 {right}：它们只在 {dtype} 的最后几位上不同。运算结果都有舍入，请在容差内比较："
        "`torch.isclose`，整体比较用 `torch.allclose`。",
    ),
}
