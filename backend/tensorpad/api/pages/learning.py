"""The pages of the course: all lessons, and one of them, with a head that tells other sites what it is."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import addresses, negotiation
from tensorpad.api.pages.heads import SITE, card
from tensorpad.api.pages.links import asked_language
from tensorpad.api.pages.template import Head
from tensorpad.explain.synopsis.synopsis import Synopsis
from tensorpad.lessons.lesson import Lesson
from tensorpad.lessons.library import Library
from tensorpad.protocol.limits import Limits
from tensorpad.render.text import visible
from tensorpad.texts import CATALOGUES, Lang

Shown = Callable[[Request, Head | None, int], Response]
"""Sends the page with a head of its own, and a status."""
Page = tuple[str, Callable[..., Awaitable[Response]]]


def learning_pages(library: Library, shown: Shown, limits: Limits) -> tuple[Page, ...]:
    """`/learn` and `/learn/{slug}`."""

    async def course(request: Request) -> Response:
        """The course."""
        entries = await asyncio.to_thread(library.entries)
        return shown(request, course_head(request, len(entries), _language(request)), 200)

    async def lesson(request: Request, slug: str) -> Response:
        """A lesson. The page asks for the lesson itself, and says so where there is none."""
        entry = (await asyncio.to_thread(library.entries)).get(slug)
        if entry is None:
            return shown(request, None, 404)
        own = entry.in_language(_language(request))
        return shown(request, lesson_head(request, own, limits.address_bytes), 200)

    return ("/learn", course), ("/learn/{slug}", lesson)


def course_head(request: Request, count: int, lang: Lang) -> Head:
    """The head of the page of all lessons."""
    words = CATALOGUES[lang].learning
    own = Synopsis(words["title"], words["course"].format(count=count))
    return Head(lang, f"{own.title} · {SITE}", own.description, card(lang, own, addresses.public(request, "/learn"), None))


def lesson_head(request: Request, lesson: Lesson, longest: int) -> Head:
    """The head of the page of a lesson: its question, what it leads to, and the picture of its first program.

    A picture whose address is longer than `longest` bytes is left out.
    """
    heading, lang = lesson.heading, lesson.lang
    catalogue = CATALOGUES[lang]
    goals = catalogue.joint.join(heading.goals)
    text = catalogue.learning["lesson"].format(question=heading.question, goals=goals, minutes=heading.minutes)
    own = Synopsis(visible(heading.title), visible(text))
    path = f"/api/v1/preview.png?{urlencode([('cells', cell.code) for cell in lesson.cells[:1]] + [('lang', lang)])}"
    picture = addresses.public(request, path) if lesson.cells and len(path) <= longest else None
    address = addresses.public(request, f"/learn/{heading.slug}")
    return Head(lang, f"{own.title} · {SITE}", own.description, card(lang, own, address, picture))


def _language(request: Request) -> Lang:
    return negotiation.language(request, asked_language(request.query_params.multi_items()))
