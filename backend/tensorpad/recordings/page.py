"""A recording as one HTML file that needs nothing else: no server, no network, no other file."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Final, Literal, TypedDict, Unpack

import msgspec

from tensorpad import __version__
from tensorpad.explain.synopsis.synopsis import synopsis
from tensorpad.recordings.fonts import faces
from tensorpad.recordings.recording import MEDIA_TYPE, Recording, RecordingError, encode
from tensorpad.texts import CATALOGUES, Lang

PLAYER: Final = Path(__file__).parents[1] / "static" / "player"
"""Where `make frontend` puts the player."""

View = Literal["steps", "graph", "values", "memory", "derivation"]
Theme = Literal["auto", "light", "dark"]


class Look(TypedDict, total=False):
    """How a recording is shown at first."""

    of: str | None
    """The name of the variable whose graph is shown; None, the default, is the last one."""
    view: View
    """`graph` by default."""
    step: int | None
    """The step by its index; None, the default, is the end."""
    setup: int
    """So many cells come before those that are looked at: they fold, and what they made comes last. None, 0, by default."""
    controls: tuple[str, ...] | None
    """What readers can use of `views` and `steps`; None, the default, is both."""
    theme: Theme
    """`auto`, the default, is the reader's."""
    lang: Lang | None
    """Language of the controls, by default the recording's. Sentences about the program stay as they were recorded."""
    server: str | None
    """`https://…` where the program can be edited and run; None, the default: the page does not offer it."""


_DEFAULTS: Final = {"of": None, "view": "graph", "step": None, "setup": 0, "controls": None, "theme": "auto"}


def page(recording: Recording, *, title: str | None = None, player: str | None = None, **look: Unpack[Look]) -> str:
    """The file as text, to be written as UTF-8. `title` is by default what the program does.

    `player` is the address of a folder with the scripts of PLAYER, ending in `/`: many pages of a site share them then. By
    default they are inside.

    Raises RecordingError if the player has not been built, or if `server` is no address of the web.
    """
    server = look.get("server")
    if server is not None and not server.startswith(("http://", "https://")):
        raise RecordingError(f"{server!r} is no address of a server; it begins with http:// or https://")
    lang: Lang = look.get("lang") or ("zh-CN" if recording.program.lang == "zh-CN" else "en")
    name = title or synopsis(recording.program.cells, lang).title
    options = {**_DEFAULTS, **look, "lang": lang, "server": server}
    formulas = b"".join(bytes(one.derivation) for one in recording.derivations)
    mathematics = b'"latex":' in formulas
    names = ["math.js", "player.js"] if mathematics else ["player.js"]
    if player is None:
        scripts = [f"<script>{_script(name)}</script>" for name in names]
        allowed = " ".join(_hashed(_script(name)) for name in names)
    else:
        scripts = [f'<script src="{escape(player)}{name}"></script>' for name in names]
        # On the disk 'self' is nobody. Nor is it in a frame with a sandbox, where such a page cannot be.
        allowed = "'self' file:"
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    style = _text("player.css")
    if mathematics:
        style += faces(PLAYER / "fonts", formulas)
    source = "\n\n".join(cell.rstrip() for cell in recording.program.cells)
    return "".join(
        (
            f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f'<meta name="generator" content="Tensorpad {__version__}">',
            f"<title>{escape(name)}</title><style>{style}</style></head><body>",
            f"<noscript><p>{escape(CATALOGUES[lang].needs_script)}</p><pre>{escape(source)}</pre></noscript>",
            f'<script type="application/json" id="options">{_json(options)}</script>',
            f'<script type="{MEDIA_TYPE}" id="recording">{base64.b64encode(encode(recording)).decode()}</script>',
            *scripts,
            "</body></html>\n",
        )
    )


def _json(options: Mapping[str, object]) -> str:
    """JSON in which nothing ends or changes the element around it."""
    return msgspec.json.encode(options).decode().replace("<", "\\u003c")


_ENDS = re.compile(r"<(?=/script|!--)", re.IGNORECASE)


def _script(name: str) -> str:
    """A built script, in which nothing ends or changes the element around it. Such text is only in its strings."""
    return _ENDS.sub("\\\\x3c", _text(name))


def _hashed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@cache
def _text(name: str) -> str:
    try:
        return (PLAYER / name).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise RecordingError("the player of recordings has not been built; run `make frontend`") from None
