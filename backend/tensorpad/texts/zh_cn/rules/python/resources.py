"""内存、时间与递归。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "allocation": Message(
        "内存放不下这个张量",
        "{code} 一次要了 {size}。把形状的各个大小乘起来（float32 每个元素再乘 4 字节）就明白了；"
        "广播也可能让小张量生成很大的结果。",
    ),
    "overflow": Message(
        "没有内存放得下这个形状",
        "{code} 的各个大小乘起来，元素多得连个数都表示不了。其中一定有写错的。",
    ),
    "memory": Message(
        "程序用完了内存",
        "只要还有名字或计算图引用着，张量就留在内存里。"
        "常见的原因：列表里收集的损失带着计算图（应收集 `loss.item()`），或广播出了巨大的形状。",
    ),
    "time": Message(
        "程序达到时间上限",
        "时间用完时程序还没有结束。{where}",
    ),
    "drawn_recursion": Message(
        "计算图太深，`make_dot` 画不了",
        "torchviz 每往回走一步运算，就再调用自己一次。"
        "这张计算图有 {count} 个反向函数，而 Python 只允许大约 1,000 层嵌套调用，"
        "所以 {code} 在任何 notebook 里都会失败。这里的计算图视图会把同一张图折叠后画出来，不需要 `make_dot`。",
    ),
    "recursion": Message(
        "函数没完没了地调用自己",
        "{code} 一层又一层地进入。递归必须有一种不再调用自己的情形，并且每次调用都离它更近一步。",
    ),
    "processes": Message(
        "这里的程序不能启动进程",
        "{code} 需要别的进程或与它们共享的资源，而程序所在的沙箱不允许。请在本进程中完成。",
    ),
}
