"""Why a gate of a program has no answer, in Chinese."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import GateProblem

GATES: Final[Mapping[GateProblem, str]] = {
    "at_line": "第 {line} 行：{problem}",
    "kind": "没有 `{word}` 这种提问，可用的有 {kinds}。",
    "targets": "`{kind}` 后面要写 {count} 个程序里的名字。",
    "no_text": "缺少文字。",
    "no_question": "这一行的正上方没有提问；提问以 `#? shape x` 之类的写法开头。",
    "beside_code": "提问要独占一行，并且不能写在括号里。",
    "typed": "`{kind}` 的答案由运行得出，不用手写；常见的错误答案以 `~` 开头。",
    "proof": "`if` 用来证明 `which` 的正确选项；`{kind}` 的答案由运行得出。",
    "right_options": "正确选项（`=`）只能有一个，这里有 {count} 个。",
    "few_options": "`which` 除了正确选项，还要有错误选项（`~`）。",
    "same_options": "有两个选项的文字相同。",
    "first": "提问是针对它上面那条语句的，而这个代码块里它的上面没有语句。",
    "not_reached": "程序没有运行到这里。",
    "expression": (
        "`{expression}` 无法提问：可以写一个变量，后面可跟常数下标、`.grad`、`.item()`，或 `.requires_grad` 之类的属性。"
    ),
    "name": "运行到这里时没有变量 `{name}`。",
    "type": "`{name}` 的类型是 `{type}`，运行记录里没有它的值，请改用 `which` 提问。",
    "array": "`{name}` 是一个 NumPy 数组，没有与任何张量共享内存，运行记录里没有它，请改用 `which` 提问。",
    "unknown": "运行记录里没有 `{name}` 在这里的状态。",
    "index": "`{expression}` 与形状 {shape} 不符。",
    "tensor": "`{name}` 是 {text}，既不是张量也不是数组。",
    "storage": "`{name}` 的内存情况未知。",
    "values": "`{expression}` 的元素太多，没有记录下来，请只问其中一部分。",
    "long": "`{expression}` 的答案太长，不便输入，请只问其中一部分。",
}
