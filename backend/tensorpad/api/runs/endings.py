"""How a run ended, in a status and a sentence: what happened, at which limit, and what to do."""

from dataclasses import dataclass
from typing import assert_never

from tensorpad.api.runs.schemas import Lang, RunStatus
from tensorpad.protocol.outcomes import Completed, Crashed, Outcome, OutOfMemory, OutputLimit, TimedOut

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ending:
    """`interruption` is the error type of a cell that had begun and did not end; `message` is None for an ordinary end."""

    status: RunStatus
    message: str | None
    interruption: str


def of(outcome: Outcome, lang: Lang) -> Ending:
    """The ending of a run, told in a language."""
    zh = lang == "zh-CN"
    match outcome:
        case Completed():
            # A program may forge the report of its end. Only one that tells of every cell's end can be an ordinary one.
            ended = all(cell.record is not None and cell.record.status == "ok" for cell in outcome.cells)
            return Ending("ok" if ended else "error", None, "Interrupted")
        case TimedOut(limit_s=limit_s):
            return Ending("timeout", _timeout(limit_s, zh), "Timeout")
        case OutOfMemory(limit_bytes=limit_bytes):
            return Ending("out_of_memory", _memory(limit_bytes, zh), "OutOfMemory")
        case OutputLimit(what=what, limit_bytes=limit_bytes):
            return Ending("output_limit", _output(what, limit_bytes, zh), "OutputLimit")
        case Crashed():
            return Ending("crashed", _crash(outcome, zh), "Crashed")
        case _:
            assert_never(outcome)


def _timeout(limit_s: float, zh: bool) -> str:
    if zh:
        return f"程序运行超过了 {limit_s:g} 秒的时限，已被停止。请检查是否有不会结束的循环，或减小计算规模。"
    return (
        f"The program was stopped at its time limit of {limit_s:g} s. "
        "Look for a loop that does not end, or make the computation smaller."
    )


def _memory(limit_bytes: int, zh: bool) -> str:
    size = f"{limit_bytes / MIB:g} MiB"
    if zh:
        return f"程序使用的内存超过了 {size} 的上限，已被停止。请使用更小的张量，或更早释放不再需要的张量。"
    return (
        f"The program was stopped because it needed more memory than its limit of {size}. "
        "Use smaller tensors, or let go of those that are no longer needed."
    )


def _output(what: str, limit_bytes: int, zh: bool) -> str:
    size = f"{limit_bytes / 1024:g} KiB"
    if what == "output":
        if zh:
            return f"程序打印的文本超过了 {size} 的上限，已被停止。请少打印一些，例如只打印形状或前几个元素。"
        return (
            f"The program was stopped because it printed more than the limit of {size}. "
            "Print less, for example a shape or the first elements."
        )
    if zh:
        return f"程序的记录超过了 {size} 的上限，已被停止。请减少变量、张量或运算的数量，或关闭跟踪（trace: off）。"
    return (
        f"The program was stopped because the record of what it did is larger than the limit of {size}. "
        "Make fewer or smaller tensors, or run it without a trace (trace: off)."
    )


def _crash(outcome: Crashed, zh: bool) -> str:
    parts = [f"signal {outcome.signal}"] if outcome.signal else []
    if outcome.exit_code is not None:
        parts.append(f"exit code {outcome.exit_code}")
    facts = f" ({', '.join(parts)})" if parts else ""
    reason = outcome.reason.rstrip(".")
    if zh:
        return f"运行程序的进程意外结束：{reason}{facts}。请重新运行；如果总是如此，请删去最后执行的语句再试。"
    return (
        f"The process that ran the program ended unexpectedly: {reason}{facts}. "
        "Run it again; if it keeps happening, take out the statement that ran last."
    )
