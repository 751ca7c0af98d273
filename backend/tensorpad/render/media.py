"""Media that a program displays, made safe to show. All of it is hostile: drawing processes clean it, not the service.

HTML keeps what text and tables need: no script, style, form, picture or attribute that loads or runs. A bitmap must be what
its type says, and within the limit of pixels. An SVG must be one, without entities; what is in it stays, so it may be shown
as a picture only (`<img>`), where nothing in it runs or loads.
"""

import base64
import binascii
import io
import re
import warnings
from typing import Final
from xml.parsers import expat

import nh3
from PIL import Image

from tensorpad.protocol.displays import MediaType
from tensorpad.protocol.limits import Limits

_TAGS: Final = (
    "a abbr b blockquote br caption code col colgroup dd del details dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li "
    "mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var"
)
_ATTRIBUTES: Final = {
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_FORMATS: Final = {"image/png": "PNG", "image/jpeg": "JPEG"}
_SVG: Final = "http://www.w3.org/2000/svg"
_PROLOGUE: Final = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE svg[^>\[]*>)?", re.IGNORECASE)
"""What a file of an SVG may begin with; its picture begins after it."""


class UnsafeMedia(ValueError):
    """Media that are not what they are said to be, or too large."""


def clean(mime: MediaType, data: str, limits: Limits) -> str:
    """The media, safe to show. Raises UnsafeMedia."""
    match mime:
        case "text/html":
            return _html(data)
        case "image/svg+xml":
            return _svg(data)
        case "text/latex":
            return data
        case _:
            return _bitmap(mime, data, limits)


def _html(data: str) -> str:
    return nh3.clean(
        data,
        tags=set(_TAGS.split()),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        clean_content_tags={"script", "style"},
        url_schemes={"http", "https"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )


def _bitmap(mime: MediaType, data: str, limits: Limits) -> str:
    """A bitmap as base64 in its plainest form."""
    try:
        content = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise UnsafeMedia(f"no {mime}: its base64 is broken") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its size, which is checked here
            with Image.open(io.BytesIO(content), formats=(_FORMATS[mime],)) as picture:
                across, down = picture.size
                if across * down > limits.display_pixels:
                    raise UnsafeMedia(f"{across} × {down} pixels are more than {limits.display_pixels}")
                picture.verify()
    except UnsafeMedia:
        raise
    except Image.DecompressionBombError:
        raise UnsafeMedia(f"it has more than {limits.display_pixels} pixels") from None
    except Exception:
        raise UnsafeMedia(f"no {mime}") from None
    return base64.b64encode(content).decode()


def _svg(source: str) -> str:
    source = _PROLOGUE.sub("", source, count=1)
    root: list[str] = []
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        del attributes
        if not root:
            root.append(name)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(source.encode(), True)
    except (expat.ExpatError, UnicodeEncodeError) as error:
        raise UnsafeMedia(f"no SVG: {error}") from None
    if root != [f"{_SVG} svg"]:
        raise UnsafeMedia("no SVG: its root is another element")
    return source


def _refuse(*_: object) -> None:
    raise UnsafeMedia("an SVG may not declare entities")
