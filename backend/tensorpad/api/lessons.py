"""`GET /api/v1/lessons` and `GET /api/v1/lessons/{lesson}`: the courses as data, in a language."""

import asyncio
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from msgspec import Struct
from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import negotiation
from tensorpad.api.bodies import body, respond
from tensorpad.api.openapi import answers
from tensorpad.api.problems import Problem
from tensorpad.lessons.lesson import Heading, Section
from tensorpad.lessons.library import Entry, Library
from tensorpad.tallies.store import TallyStore
from tensorpad.texts import Lang

_LANG = Query(description="Language of the lessons; default from Accept-Language.")
_UNCHANGED = {304: {"description": "Unchanged since the ETag in If-None-Match."}}


class LessonSummary(Heading, frozen=True, kw_only=True):
    """What is said of a lesson in lists."""

    course: str
    """Name of its course: `tensorpad`, or that of the operator's folder."""
    languages: tuple[Lang, ...]
    """Languages that it is in."""


class LessonsResponse(Struct, frozen=True):
    """All lessons, in the order of their courses."""

    lessons: tuple[LessonSummary, ...]
    """The lessons."""
    tallies: bool
    """Whether first answers to gates are counted here. Only then a page sends them."""


class LessonLink(Struct, frozen=True):
    """Another lesson, as far as a link to it tells."""

    slug: str
    """Its name in addresses."""
    number: int
    """Its place in the course, from 1."""
    title: str
    """Its title."""
    question: str
    """The question that it answers."""


class LessonResponse(LessonSummary, frozen=True, kw_only=True):
    """A lesson: sections, with one thing to do in each."""

    lang: Lang
    """The language that it is in: the one asked for, or one that it has."""
    previous: LessonLink | None
    """The lesson before it; null if it is the first."""
    next: LessonLink | None
    """The lesson after it; null if it is the last."""
    sections: tuple[Section, ...]
    """Its sections."""


def lesson_routes(library: Library, tallies: TallyStore) -> APIRouter:
    """Routes that read the courses of a library."""

    async def listed(request: Request, lang: Annotated[Lang | None, _LANG] = None) -> Response:
        """All lessons."""
        chosen = negotiation.language(request, lang)
        entries = await asyncio.to_thread(library.entries)
        lessons = tuple(LessonSummary(**_summary(entry, chosen)) for entry in entries.values())
        found = LessonsResponse(lessons, tallies.available)
        return await _sent(request, found, chosen)

    async def one(request: Request, lesson: str, lang: Annotated[Lang | None, _LANG] = None) -> Response:
        """A lesson."""
        chosen = negotiation.language(request, lang)
        entries = await asyncio.to_thread(library.entries)
        entry = entries.get(lesson)
        if entry is None:
            raise Problem("not-found", f"There is no lesson {lesson[:60]!r}; /api/v1/lessons lists all that there are.")
        own = entry.in_language(chosen)
        found = LessonResponse(
            **_summary(entry, chosen),
            lang=own.lang,
            previous=_link(entries.get(entry.previous or ""), chosen),
            next=_link(entries.get(entry.next or ""), chosen),
            sections=own.sections,
        )
        return await _sent(request, found, own.lang)

    router = APIRouter(prefix="/api/v1", tags=["lessons"])
    router.add_api_route(
        "/lessons",
        listed,
        methods=["GET"],
        summary="All lessons",
        response_class=Response,
        responses={**answers(LessonsResponse), **_UNCHANGED},
    )
    router.add_api_route(
        "/lessons/{lesson}",
        one,
        methods=["GET"],
        summary="A lesson",
        response_class=Response,
        responses={**answers(LessonResponse), **_UNCHANGED},
    )
    return router


def _summary(entry: Entry, lang: Lang) -> dict[str, Any]:
    heading = entry.in_language(lang).heading
    return {**asdict(heading), "course": entry.course, "languages": tuple(entry.languages)}


def _link(entry: Entry | None, lang: Lang) -> LessonLink | None:
    if entry is None:
        return None
    heading = entry.in_language(lang).heading
    return LessonLink(heading.slug, heading.number, heading.title, heading.question)


async def _sent(request: Request, found: Struct, lang: Lang) -> Response:
    negotiation.media_type(request, ("application/json",))
    headers = {"Cache-Control": "no-cache", "Content-Language": lang, "Vary": "Accept-Language"}
    return respond(request, await body(msgspec.json.encode(found)), "application/json", headers)
