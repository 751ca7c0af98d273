"""What the command line says of a run, in English."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import CommandText

COMMANDS: Final[Mapping[CommandText, str]] = {
    "loading": "loading PyTorch …",
    "connecting": "connecting to {url} …",
    "queued": "waiting, {ahead} ahead …",
    "next": "waiting for a worker …",
    "running": "running …",
    "recording": "recording the program …",
    "line": "line {line}",
    "cell_line": "cell {cell}, line {line}",
    "place": "{title} ({where})",
    "fix": "Fix: {description}",
    "notice": "Notice: {title}",
}
