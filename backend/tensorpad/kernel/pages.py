"""Recordings made here, before people: a page in a file, in the browser, or below a notebook's cell."""

import os
import sys
import tempfile
import webbrowser
from importlib import import_module
from pathlib import Path
from typing import Any, TypedDict, Unpack

import msgspec

from tensorpad.explain.synopsis.synopsis import synopsis
from tensorpad.kernel.errors import TraceError
from tensorpad.recordings.frame import frame
from tensorpad.recordings.page import Look, page
from tensorpad.recordings.recording import SUFFIX, Recording, encode
from tensorpad.texts import Lang


class _Picture(msgspec.Struct):
    svg: str | None = None


class _Shown(msgspec.Struct):
    """What of an answer is in a notebook beside the page."""

    graphs: tuple[_Picture, ...] = ()


class Titled(Look, TypedDict, total=False):
    """How a recording is shown, and the title of its page."""

    title: str | None


def write(recording: Recording, path: "str | os.PathLike[str]", **look: Unpack[Titled]) -> None:
    """Write a page (`.html`) or a recording (`.tpad`)."""
    file = Path(path)
    match file.suffix.lower():
        case ".html" | ".htm":
            file.write_text(page(recording, **look), encoding="utf-8")
        case suffix if suffix == SUFFIX:
            file.write_bytes(encode(recording))
        case _:
            raise TraceError(f"a trace is saved as .html, a page, or {SUFFIX}, a recording; {file.name!r} ends in neither")


def present(recording: Recording, **look: Unpack[Titled]) -> None:
    """Show a page: below the cell in a notebook, else in the browser; where there is none, say which file to open."""
    shell = notebook()
    if shell is not None:
        shown: Any = import_module("IPython.display")
        shown.display(bundle(recording, **look), raw=True)
        return
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="tensorpad-", suffix=".html", delete=False) as file:
        file.write(page(recording, **look))
    address = Path(file.name).as_uri()
    if not (_has_screen() and webbrowser.open(address)):
        print(f"Open {address} in a browser.")


def bundle(recording: Recording, *, key: str | None = None, **look: Unpack[Titled]) -> dict[str, Any]:
    """The page, the picture of the last graph, and a line of text, for whoever shows a notebook to choose from.

    The page is complete in itself, so that it is alive without a kernel and in what is made of the notebook. By `key` a View
    finds it while there is a kernel.
    """
    lang: Lang = "zh-CN" if recording.program.lang == "zh-CN" else "en"
    title = look.get("title") or synopsis(recording.program.cells, lang).title
    shown = msgspec.json.decode(recording.answer, type=_Shown)
    pictures = [graph.svg for graph in shown.graphs if graph.svg is not None]
    return {
        "text/html": frame(page(recording, **look), title=title, key=key),
        **({"image/svg+xml": pictures[-1]} if pictures else {}),
        "text/plain": f"Tensorpad: {title}",
    }


def notebook() -> Any:
    """The shell of the notebook that this process is the kernel of; None if there is none."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    shell: Any = get_ipython()
    return shell if getattr(shell, "kernel", None) is not None else None


def _has_screen() -> bool:
    """Whether a browser has somewhere to be; without a screen, one for the terminal might open and wait."""
    return sys.platform != "linux" or any(name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
