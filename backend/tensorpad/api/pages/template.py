"""A built page, and what the service writes into it: the prefix of every address, and what its head says."""

import re
from collections.abc import Sequence
from html import escape
from posixpath import join, normpath

from msgspec import Struct

_ADDRESS = re.compile(r'(?<=\s)(src|href)="(?![A-Za-z][A-Za-z0-9+.-]*:|//|#)([^"]*)"')
"""An address without scheme or host, as a build writes it: from the root, or relative to the page's own file."""
_HTML = re.compile(r"<html\b[^>]*>")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta\s+name="description"[^>]*>')

Tag = tuple[str, dict[str, str]]
"""An element without content, such as `("meta", {"name": "author", "content": "…"})`."""


class Head(Struct, frozen=True):
    """What a page says of itself: its language, title and description, and further elements of its head."""

    lang: str
    title: str
    description: str
    tags: Sequence[Tag] = ()

    def html(self) -> str:
        """As HTML, in which no text can end its attribute or element."""
        description: Tag = ("meta", {"name": "description", "content": self.description})
        return "".join((f"<title>{escape(self.title)}</title>", *(_element(tag) for tag in (description, *self.tags))))


def page(text: str, folder: str, root: str, head: Head | None = None) -> str:
    """The page with absolute addresses behind the prefix `root`, which its scripts read from `<html data-root>`.

    Relative addresses start from `folder`, the page's own among the built files (`/` or `/docs`). With a `head` the page
    has its language, title and description instead of those that it was built with.
    """

    def absolute(address: re.Match[str]) -> str:
        return f'{address[1]}="{escape(root)}{normpath(join(folder, address[2]))}"'

    text = _ADDRESS.sub(absolute, text)
    text = _HTML.sub(lambda tag: _rooted(tag[0], root, head), text, count=1)
    if head is None:
        return text
    start, end, rest = text.partition("</head>")
    start = _DESCRIPTION.sub("", _TITLE.sub("", start))
    return f"{start}{head.html()}{end}{rest}"


def _rooted(tag: str, root: str, head: Head | None) -> str:
    if head is not None:
        tag = re.sub(r'\slang="[^"]*"', "", tag)
        tag = f'{tag[:-1]} lang="{escape(head.lang)}">'
    return f'{tag[:-1]} data-root="{escape(root)}/">'


def _element(tag: Tag) -> str:
    name, attributes = tag
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"
