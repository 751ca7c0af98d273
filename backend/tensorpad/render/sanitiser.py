"""An allow-list for SVG: what Graphviz draws with comes through, and nothing else does.

DOT from a user may ask for links, images, scripts in URLs and anything that Graphviz copies from its input. Elements,
attributes and the form of each value are listed here; what is not listed is dropped. The parser (expat) is driven as a
stream, so depth costs nothing, and a document type or an entity declaration inside the picture is refused.

Values stand in single quotes, which no listed form contains: a picture is sent inside a JSON string, where each double
quote would have to be escaped, at a cost to both sides.
"""

import re
from collections.abc import Callable, Iterator
from xml.parsers import expat

from msgspec import Struct

from tensorpad.render.text import visible

_NUMBERS = re.compile(r"[-+0-9.eE,\s%]{1,100000}")
_LENGTH = re.compile(r"[-+]?[0-9.]{1,20}(?:e[-+]?[0-9]{1,3})?(?:pt|px|%)?")
_PATH = re.compile(r"[-+0-9.eE,\sMmLlHhVvCcSsQqTtAaZz]{1,1000000}")
_TRANSFORM = re.compile(r"(?:\s*(?:translate|scale|rotate|matrix)\([-+0-9.eE,\s]{1,200}\))*\s*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}|[A-Za-z]{1,40}|rgba?\([0-9.,%\s]{1,60}\)")
_REFERENCE = re.compile(r"url\(#([\w.:-]{1,200})\)")
_WORD = re.compile(r"[A-Za-z0-9-]{1,40}")
_FONTS = re.compile(r"[\w ,.-]{1,300}")
_ID = re.compile(r"\w[\w.:-]{0,199}")
_DECLARATION = re.compile(r"\s*(stop-color|stop-opacity)\s*:\s*(#[0-9A-Fa-f]{3,8}|[A-Za-z]{1,40}|[0-9.]{1,20})\s*")

_VALUES: dict[str, re.Pattern[str]] = {
    "d": _PATH,
    "points": _NUMBERS,
    "transform": _TRANSFORM,
    "gradientTransform": _TRANSFORM,
    "stop-color": _COLOUR,
    "font-family": _FONTS,
    "stroke-dasharray": _NUMBERS,
    **dict.fromkeys(("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx", "dy"), _LENGTH),
    **dict.fromkeys(("width", "height", "offset", "font-size", "stroke-width", "textLength", "baseline-shift"), _LENGTH),
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity", "stop-opacity"), _LENGTH),
    **dict.fromkeys(("text-anchor", "font-weight", "font-style", "text-decoration", "gradientUnits"), _WORD),
    **dict.fromkeys(("stroke-linecap", "stroke-linejoin", "lengthAdjust", "xml:space"), _WORD),
}
_DRAWN = frozenset(("g", "path", "polygon", "polyline", "ellipse", "circle", "rect", "line", "text", "tspan"))
_ALLOWED = _DRAWN | {"defs", "linearGradient", "radialGradient", "stop"}
_TEXTUAL = frozenset(("text", "tspan"))
_UNWRAPPED = frozenset(("a", "svg"))
_CLASSES = frozenset(
    ("graph", "node", "edge", "cluster", "leaf", "parameter", "constant", "operation", "result", "folded", "elided")
) | {"reference", "module", "repetition"}
_MAX_BYTES = 16 * 1024 * 1024
_MAX_DEPTH = 200

Annotate = Callable[[str, str], tuple[str, str]]
"""From the id (without prefix) and the classes of a group: markup of more attributes, and of a first child. Trusted."""


class UnsafeSvg(ValueError):
    """The picture is not well-formed, is too large, or declares a document type of its own."""


class Clean(Struct, frozen=True):
    """What is left of a picture: its view box (x, y, width, height in user units) and the markup inside its root."""

    view_box: tuple[float, float, float, float]
    body: str


def sanitise(svg: bytes, prefix: str, annotate: Annotate | None = None) -> Clean:
    """Take from `svg` what is allowed. Each id becomes `prefix-id`, a repeated one is dropped. Raises UnsafeSvg."""
    if len(svg) > _MAX_BYTES:
        raise UnsafeSvg(f"the picture is longer than {_MAX_BYTES} bytes")
    # Graphviz opens with a document type of its own, always before the root; no other is let through.
    start = svg.find(b"<svg")
    if start < 0:
        raise UnsafeSvg("there is no picture")
    stream = _Stream(prefix, annotate)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = stream.start
    parser.EndElementHandler = stream.end
    parser.CharacterDataHandler = stream.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(svg[start:], True)
    except expat.ExpatError as error:
        raise UnsafeSvg(f"the picture is not well-formed: {error}") from None
    return Clean(stream.view_box, "".join(stream.out))


def _refuse(*_: object) -> None:
    raise UnsafeSvg("a picture may not declare a document type or entities")


class _Stream:
    """Handlers of the parser. `_skipped` counts open elements inside a dropped one, `_open` has the closing tags due."""

    def __init__(self, prefix: str, annotate: Annotate | None) -> None:
        self.out: list[str] = []
        self.view_box = (0.0, 0.0, 0.0, 0.0)
        self._prefix = prefix
        self._annotate = annotate
        self._skipped = 0
        self._open: list[str] = []
        self._texts = 0
        self._ids: set[str] = set()

    def start(self, name: str, attributes: list[str]) -> None:
        if len(self._open) + self._skipped > _MAX_DEPTH:
            raise UnsafeSvg("the picture is nested too deeply")
        if self._skipped:
            self._skipped += 1
            return
        if name in _UNWRAPPED:
            if not self._open:
                self._root(name, attributes)
            self._open.append("")
            return
        if name not in _ALLOWED or not self._open:
            self._skipped = 1
            return
        pairs = dict(zip(attributes[0::2], attributes[1::2], strict=True))
        kept = [f"<{name}", *self._attributes(pairs)]
        first = self._identity(pairs, kept) if "id" in pairs or "class" in pairs else ""
        kept.append(">")
        kept.append(first)
        self.out.append("".join(kept))
        self._open.append(f"</{name}>")
        self._texts += name in _TEXTUAL

    def _attributes(self, pairs: dict[str, str]) -> Iterator[str]:
        """The attributes that are allowed, with a value that is allowed."""
        for key, value in pairs.items():
            pattern = _VALUES.get(key)
            if pattern is not None:
                if pattern.fullmatch(value):
                    yield f" {key}='{value}'"
            elif key in ("fill", "stroke"):
                yield f" {key}='{self._paint(value)}'"
            elif key == "style":
                for part in value.split(";"):
                    if declaration := _DECLARATION.fullmatch(part):
                        yield f" {declaration[1]}='{declaration[2]}'"

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        self.out.append(self._open.pop())
        self._texts -= name in _TEXTUAL

    def text(self, data: str) -> None:
        if self._texts and not self._skipped:
            safe = visible(data).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            self.out.append(safe)

    def _root(self, name: str, attributes: list[str]) -> None:
        if name != "svg":
            raise UnsafeSvg("there is no picture")
        box = dict(zip(attributes[0::2], attributes[1::2], strict=True)).get("viewBox", "")
        try:
            x, y, width, height = (float(part) for part in box.replace(",", " ").split())
        except ValueError:
            raise UnsafeSvg("the picture has no size") from None
        if not all(abs(part) < 1e7 for part in (x, y, width, height)):
            raise UnsafeSvg("the picture has no sensible size")
        self.view_box = (x, y, width, height)

    def _paint(self, value: str) -> str:
        if _COLOUR.fullmatch(value):
            return value
        reference = _REFERENCE.fullmatch(value)
        return f"url(#{self._prefix}-{reference[1]})" if reference else "none"

    def _identity(self, pairs: dict[str, str], kept: list[str]) -> str:
        """Add the id and classes of an element to `kept`, and return the markup that comes first inside it."""
        identity = pairs.get("id", "")
        if not _ID.fullmatch(identity) or identity in self._ids:
            identity = ""
        classes = " ".join(dict.fromkeys(name for name in pairs.get("class", "").split() if name in _CLASSES))
        if identity:
            self._ids.add(identity)
            kept.append(f" id='{self._prefix}-{identity}'")
        if classes:
            kept.append(f" class='{classes}'")
        if self._annotate is None or not identity:
            return ""
        more, first = self._annotate(identity, classes)
        kept.append(more)
        return first
