"""没有照程序所写去做的事。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "loader_processes": Message(
        "批次不是由工作进程准备的",
        "设置 {given} 时，`DataLoader` 会启动进程来准备批次。这里不能启动进程，所以由程序自己准备；"
        "批次及其顺序都一样，随机数也一样。",
    ),
    "line_ignored": Message(
        "这一行是给 notebook 用的，在这里没有作用",
        "{code} 用来设置 notebook。这里什么都不用设置，所以这一行什么也没做，其余代码照常运行。",
    ),
    "line_uninstalled": Message(
        "这里不能安装软件包",
        "这一行要安装 {names}，而这里没有它，所以这一行什么也没做，导入它会失败。"
        "除 Python 标准库外，程序可以导入 {packages}。",
    ),
    "line_skipped": Message(
        "这一行是 notebook 的命令，没有执行",
        "{code} 是 notebook 的命令，不是 Python。{instead}这一行被跳过，其余代码照常运行。",
    ),
    "line_timed": Message(
        "这个时间包括记录所花的时间",
        "{code} 测的是程序实际运行的时间，而每个运算都被记录了下来。`%timeit` 测量时不做记录。",
    ),
}
