"""Texts made fit to be sent: encodable, and no longer than a limit."""

from typing import Any

_LINE = 300
_arguments: Any = vars(BaseException)["args"].__get__


def encodable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot encode, as backslash escapes."""
    if text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def cut(text: str, limit: int) -> tuple[str, bool]:
    """The text, encodable, of at most `limit` characters, and whether it had to be cut; a marker says how much is gone."""
    if type(text) is not str:
        text = str.__str__(text)  # one of the program's own kind, which does what it likes
    if len(text) <= limit:
        if text.isascii():
            return text, False
        clean = encodable(text)
        if len(clean) <= limit:
            return clean, False
        text = clean
    marker = f" … [{len(text)} characters, cut]"
    return _shortened(text, limit, marker, 0), True


def failed(what: str, error: Exception) -> str:
    """What could not be done because of an error, in one short line. No code of the program's runs for it."""
    message: Any = next(iter(_arguments(error)), "")
    line: str = message.partition("\n")[0] if type(message) is str else ""
    return cut(f"{what}: {type(error).__name__}: {line}" if line else f"{what}: {type(error).__name__}", _LINE)[0]


def cut_middle(text: str, limit: int) -> tuple[str, bool]:
    """As `cut`, but the end is kept, too: a traceback says the most important thing last."""
    if len(text) <= limit:
        return cut(text, limit)
    marker = f"\n… [{len(text)} characters, cut here]\n"
    return _shortened(text, limit, marker, max(0, (limit - len(marker)) // 2)), True


def _shortened(text: str, limit: int, marker: str, tail: int) -> str:
    room = limit - len(marker)
    if room <= 0:
        return encodable(text[:limit])[:limit]
    head = encodable(text[: room - tail])
    end = encodable(text[len(text) - tail :]) if tail else ""
    # Escaping makes a text longer, so it is cut to size once more.
    return (head[: room - tail] + marker + end[len(end) - min(len(end), tail) :])[:limit]
