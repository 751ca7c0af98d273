"""What the command line says of a run, in Chinese."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import CommandText

COMMANDS: Final[Mapping[CommandText, str]] = {
    "loading": "正在加载 PyTorch……",
    "connecting": "正在连接 {url}……",
    "queued": "正在排队，前面还有 {ahead} 个程序……",
    "next": "正在等待空闲的工作进程……",
    "running": "正在运行……",
    "recording": "正在录制程序……",
    "line": "第 {line} 行",
    "cell_line": "第 {cell} 个单元格第 {line} 行",
    "place": "{title}（{where}）",
    "fix": "修复：{description}",
    "notice": "提示：{title}",
}
