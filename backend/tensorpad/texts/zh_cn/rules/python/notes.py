"""没有照程序所写去做的事。"""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "loader_processes": Message(
        "批次不是由工作进程准备的",
        "设置 {given} 时，`DataLoader` 会启动进程来准备批次。这里不能启动进程，所以由程序自己准备；"
        "批次及其顺序都一样，随机数也一样。",
    ),
}
