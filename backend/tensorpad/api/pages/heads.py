"""What the head of a page tells other sites of its program: Open Graph, cards, and where its embedded form is found."""

from urllib.parse import quote, urlencode

from starlette.requests import Request

from tensorpad.api import addresses
from tensorpad.api.pages.links import ProgramLink
from tensorpad.api.pages.template import Head, Tag
from tensorpad.explain.synopsis.synopsis import Synopsis, playground_synopsis, synopsis
from tensorpad.render.previews import SIZE
from tensorpad.render.text import visible
from tensorpad.texts import Lang

SITE = "Tensorpad"
OPENING = (
    "import torch\n\nx = torch.ones(2, 2, requires_grad=True)\ny = x + 2\ny",
    "z = y * y * 3\nout = z.mean()\nprint(out.grad_fn.name())\nout",
    "out.backward()\nx.grad",
)
"""The program that the playground opens with, as in frontend/src/app/examples/autograd.ts."""
_LOCALES: dict[Lang, str] = {"en": "en_US", "zh-CN": "zh_CN"}


def told(link: ProgramLink, lang: Lang) -> Synopsis:
    """The synopsis of a link's program, in which nothing is hidden or reorders the text about it."""
    own = synopsis(link.cells, lang)
    return Synopsis(visible(own.title), visible(own.description))


def head(request: Request, link: ProgramLink, lang: Lang, longest: int) -> Head:
    """The head of the page of a program. Addresses longer than `longest` bytes, which nobody may ask for, are left out."""
    own = told(link, lang)
    address = addresses.public(request, link.own)
    picture = addresses.public(request, link.picture) if link.picture is not None else None
    tags = [*_discovery(request, address, own.title, longest), *card(lang, own, address, picture)]
    return Head(lang, f"{own.title} · {SITE}", own.description, tags)


def playground_head(request: Request, lang: Lang) -> Head:
    """The head of the playground: what it is for, with the picture of the program that it opens with."""
    picture = f"/api/v1/preview.png?{urlencode([*(('cells', cell) for cell in OPENING), ('lang', lang)])}"
    own = playground_synopsis(lang)
    tags = card(lang, own, addresses.public(request, "/"), addresses.public(request, picture))
    return Head(lang, SITE, own.description, tags)


def card(lang: Lang, own: Synopsis, address: str, picture: str | None) -> list[Tag]:
    """Open Graph, and the card that some sites want beside it."""
    tags = [
        _property("og:site_name", SITE),
        _property("og:type", "website"),
        _property("og:title", own.title),
        _property("og:description", own.description),
        _property("og:url", address),
        _property("og:locale", _LOCALES[lang]),
        _named("twitter:card", "summary_large_image" if picture else "summary"),
        _named("twitter:title", own.title),
        _named("twitter:description", own.description),
    ]
    if picture is not None:
        width, height = SIZE
        tags += [
            _property("og:image", picture),
            _property("og:image:type", "image/png"),
            _property("og:image:width", str(width)),
            _property("og:image:height", str(height)),
            _property("og:image:alt", own.title),
            _named("twitter:image", picture),
            _named("twitter:image:alt", own.title),
        ]
    return tags


def _discovery(request: Request, address: str, title: str, longest: int) -> list[Tag]:
    """Where oEmbed tells how to embed the address, in both formats."""
    path = f"/oembed?url={quote(address, safe='-._~')}&format="
    if len(path) + len("json") > longest:
        return []
    return [
        ("link", {"rel": "alternate", "type": kind, "href": addresses.public(request, path + name), "title": title})
        for name, kind in (("json", "application/json+oembed"), ("xml", "text/xml+oembed"))
    ]


def _property(name: str, content: str) -> Tag:
    return "meta", {"property": name, "content": content}


def _named(name: str, content: str) -> Tag:
    return "meta", {"name": name, "content": content}
