"""What `name?` shows of an object: its signature, the beginning of its docstring, its type."""

import inspect
from typing import Any, Final

_LINES: Final = 14
_SOURCE_LINES: Final = 60
_GONE: Final = object()


def help_text(name: str, frame: Any, *, whole: bool) -> str:
    """The text on what a dotted name stands for in a frame; with `whole`, its source where there is one."""
    thing = _found(name, frame)
    if thing is _GONE:
        return f"Object `{name}` not found."
    parts: list[str] = []
    signature = _signature(thing)
    if signature:
        parts.append(f"Signature: {name}{signature}")
    source = _source(thing) if whole else ""
    if source:
        parts.append(f"Source:\n{_beginning(source, _SOURCE_LINES)}")
    elif text := inspect.getdoc(thing):
        parts.append(f"Docstring:\n{_beginning(text, _LINES)}")
    parts.append(f"Type: {type(thing).__name__}")
    return "\n".join(parts)


def _found(name: str, frame: Any) -> Any:
    first, *rest = name.split(".")
    for names in (frame.f_locals, frame.f_globals, frame.f_builtins):
        if first in names:
            thing: Any = names[first]
            break
    else:
        return _GONE
    for part in rest:
        thing = getattr(thing, part, _GONE)
        if thing is _GONE:
            break
    return thing


def _signature(thing: Any) -> str:
    try:
        return str(inspect.signature(thing)) if callable(thing) else ""
    except (TypeError, ValueError):
        return ""  # torch's own functions say it in their docstrings


def _source(thing: Any) -> str:
    try:
        return inspect.getsource(thing)
    except (TypeError, OSError):
        return ""


def _beginning(text: str, most: int) -> str:
    lines = text.strip("\n").split("\n")
    return "\n".join(lines if len(lines) <= most else [*lines[:most], "…"])
