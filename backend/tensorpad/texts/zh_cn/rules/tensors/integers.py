"""回绕的整数与被舍去的小数。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "integer_overflow": Message(
        "整数溢出回绕",
        "{code} {place}要算 {calculation}，而 {dtype} 只能表示 {low} 到 {high}。超出范围的整数会悄悄回绕，结果是 {got}。"
        "请先转换成更宽的 dtype。",
    ),
    "truncated": Message(
        "小数部分被舍去",
        "{code} 把 {value} 写入 {name}，而它存的是整数（{dtype}）：值变成了 {got}，没有任何警告。"
        "写入时，被写张量的 dtype 不变；想保留小数，就从浮点数开始。",
    ),
    "wrapped_cast": Message(
        "数值放不下",
        "{code} 把 {number} 转换成 {dtype}，而它只能表示 {low} 到 {high}{became}。torch 对此不发警告。"
        "请先把数值限制在范围内。",
    ),
}
