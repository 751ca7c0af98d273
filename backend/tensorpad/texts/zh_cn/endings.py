"""运行如何结束：发生了什么，碰到哪个上限，该怎么办。"""

from collections.abc import Mapping
from typing import Final

from tensorpad.protocol.outcomes import CrashCause
from tensorpad.texts.catalogue import EndingText

ENDINGS: Final[Mapping[EndingText, str]] = {
    "timeout": "程序运行超过了 {limit} 秒的时限，已被停止。请检查是否有不会结束的循环，或减小计算规模。",
    "timeout_traced": (
        "程序运行超过了 {limit} 秒的时限，已被停止。逐步记录会让长循环慢上好几倍："
        '请只记录每个循环的前几轮（trace: {{"rounds": 20}}），或关闭跟踪（trace: off）再运行，'
        "也请检查是否有不会结束的循环，或减小计算规模。"
    ),
    "out_of_memory": "程序使用的内存超过了 {limit} 的上限，已被停止。请使用更小的张量，或更早释放不再需要的张量。",
    "output": "程序打印的文本超过了 {limit} 的上限，已被停止。请少打印一些，例如只打印形状或前几个元素。",
    "report": ("程序的运行记录超过了 {limit} 的上限，已被停止。请减少或缩小张量，或关闭跟踪（trace: off）。"),
    "crashed": "运行程序的进程意外结束：{cause}。请重新运行；如果总是如此，请删去最后执行的语句再试。",
    "unended_cell": "没有运行完。",
}

CRASHES: Final[Mapping[CrashCause, str]] = {
    "no_report": "工作进程发来的内容不是有效的报告（{detail}）",
    "exit": "程序以退出码 {exit_code} 结束了自己的进程",
    "signal": "程序的进程被信号 {signal} 终止",
    "unknown": "程序结束了自己的进程，原因不明",
}
