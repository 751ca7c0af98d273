"""A value as a notebook shows it: one of the things that its `_repr_*_` methods return is chosen.

A method is the program's own: it may raise, return anything, or take long. What it raises or returns wrongly is said on
standard error, and the next method is asked; its time is the program's.
"""

import base64
import contextlib
import inspect
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import torch
from markdown_it import MarkdownIt

from tensorpad.protocol.displays import BITMAPS, MediaType
from tensorpad.trace.base.texts import encodable
from tensorpad.trace.base.variables import type_name

_MARKDOWN: Final = "text/markdown"
_METHODS: Final = {
    "text/html": "_repr_html_",
    _MARKDOWN: "_repr_markdown_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "text/latex": "_repr_latex_",
}
"""The methods that are asked, the richest first."""
_BUNDLE: Final = "_repr_mimebundle_"
_PLAIN: Final = (torch.Tensor, str, bytes, int, float, complex, bool, type(None), list, tuple, dict, set)
"""Types that have none of them, as most values: they are not even asked."""


@dataclass(frozen=True, slots=True)
class Media:
    """What is shown of a value: bitmaps as base64, everything else as text."""

    mime: MediaType
    data: str
    title: str = ""
    width: int | None = None
    """Pixels across at which a bitmap is meant to be shown."""


def media_of(value: object, *, raw: bool = False) -> Media | None:
    """The richest media of a value; None if it has none. `raw`: the value is a dictionary of them itself."""
    kind = type(value)
    if raw:
        return _of_bundle(value)
    if kind in _PLAIN or inspect.isclass(value):
        return None
    # Looked up in the class: `__getattr__` of an object may say yes to everything.
    if callable(getattr(kind, _BUNDLE, None)):
        media = _of_bundle(_called(value, _BUNDLE))
        if media is not None:
            return media
    for mime, method in _METHODS.items():
        if callable(getattr(kind, method, None)):
            answer = _called(value, method)
            media = _made(mime, answer, f"{type_name(kind)}.{method}")
            if media is not None:
                return media
    return None


def _called(value: Any, method: str) -> Any:
    """What a method returns, None if it raises: that is said, and the program goes on."""
    try:
        return getattr(value, method)()
    except Exception as error:
        message = ""
        with contextlib.suppress(Exception):
            message = str(error)
        _say(f"{type_name(type(value))}.{method} raised {type_name(type(error))}: {message}")
        return None


def _of_bundle(answer: Any) -> Media | None:
    if isinstance(answer, tuple):
        answer = cast("tuple[Any, ...]", answer)[0] if answer else None
    if not isinstance(answer, Mapping):
        return None
    bundle = cast("Mapping[Any, Any]", answer)
    found = (_made(mime, bundle[mime], _BUNDLE) for mime in _METHODS if mime in bundle)
    return next((media for media in found if media is not None), None)


def _made(mime: str, answer: Any, source: str) -> Media | None:
    """Media of what a method returned; it may be paired with metadata. None is no answer."""
    answer, metadata = _paired(answer)
    if answer is None:
        return None
    if mime in BITMAPS and isinstance(answer, bytes):
        data = base64.b64encode(answer).decode()
    elif isinstance(answer, str):
        data = encodable(answer)
    else:
        _say(f"{source} returned {type_name(type(answer))}, which is no {mime}")
        return None
    if mime == _MARKDOWN:
        return Media("text/html", MarkdownIt("commonmark", {"html": False}).enable("table").render(data))
    width = metadata.get("width")
    shown: Any = mime
    return Media(shown, data, width=width if type(width) is int and 0 < width < 100_000 else None)


def _paired(answer: Any) -> tuple[Any, dict[Any, Any]]:
    """An answer and its metadata, which may come with it."""
    pair = cast("Any", answer if isinstance(answer, tuple) else (answer, {}))
    if len(pair) != 2:
        return pair, {}
    return pair[0], pair[1] if type(pair[1]) is dict else {}


def _say(text: str) -> None:
    print(text[:1_000], file=sys.stderr)
