"""`/learn/report`: which gates are missed, for the operator, as a page without scripts."""

import asyncio
import re
from xml.etree.ElementTree import Element, tostring

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tensorpad.api import addresses, negotiation
from tensorpad.api.pages.links import asked_language
from tensorpad.api.pages.report_style import STYLE
from tensorpad.api.problems import Problem
from tensorpad.lessons.library import Library
from tensorpad.tallies.question import RIGHT, Questions
from tensorpad.tallies.report import FEW, ChoiceReport, GateReport, Report, report
from tensorpad.tallies.store import TalliesUnavailable, TallyStore
from tensorpad.texts import CATALOGUES, Lang
from tensorpad.texts.catalogue import TallyWords

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Vary": "Accept-Language",
    "X-Robots-Tag": "noindex",
}
_LANGUAGES: tuple[tuple[Lang, str], ...] = (("en", "English"), ("zh-CN", "中文"))
_CODE = re.compile(r"`([^`]+)`")


def report_routes(library: Library, store: TallyStore, asked: Questions) -> APIRouter:
    """The page of the report. Whoever can reach it may read it."""

    async def page(request: Request) -> Response:
        """Which gates are missed."""
        lang = negotiation.language(request, asked_language(request.query_params.multi_items()))
        try:
            counts = await store.counts()
        except TalliesUnavailable:
            raise Problem("unavailable", "The counts cannot be read just now.", headers={"Retry-After": "2"}) from None

        def told() -> Report:
            return report([entry.languages for entry in library.entries().values()], counts, lang, asked)

        html = _html(await asyncio.to_thread(told), lang, addresses.root(request.scope))
        return Response(html, headers=_HEADERS, media_type="text/html")

    router = APIRouter(include_in_schema=False)
    router.add_api_route("/learn/report", page, methods=["GET"])
    return router


def _html(told: Report, lang: Lang, root: str) -> str:
    words = CATALOGUES[lang].tallies
    head = _element(
        "head",
        _element("meta", charset="utf-8"),
        _element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _element("meta", name="color-scheme", content="light dark"),
        _element("title", f"{words.title} · Tensorpad"),
        _element("link", rel="icon", href=f"{root}/favicon.svg", type="image/svg+xml"),
        _element("style", STYLE),
    )
    languages = [
        _element("a", name, href=f"?lang={other}", lang=other, **({"aria-current": "true"} if other == lang else {}))
        for other, name in _LANGUAGES
    ]
    enough = [gate for gate in told.gates if gate.answers >= FEW]
    few = told.gates[len(enough) :]
    body = _element(
        "body",
        _element("header", _element("a", "Tensorpad", href=f"{root}/learn"), _element("nav", *languages)),
        _element(
            "main",
            _element("h1", words.title),
            _element("p", words.intro, classes="intro"),
            _element("p", words.total.format(answers=told.answers, gates=len(told.gates), unanswered=told.unanswered)),
            *([_element("p", words.outdated.format(count=told.outdated))] if told.outdated else []),
            *([] if told.gates else [_element("p", words.nothing, classes="nothing")]),
            *(_gate(gate, words, root) for gate in enough),
            *([_element("h2", words.few.format(count=FEW), classes="few")] if few else []),
            *(_gate(gate, words, root) for gate in few),
            _element("footer", _element("p", words.kept)),
        ),
    )
    return "<!doctype html>\n" + tostring(_element("html", head, body, lang=lang), encoding="unicode", method="html")


def _gate(gate: GateReport, words: TallyWords, root: str) -> Element:
    place = words.place.format(title=gate.title, cell=gate.cell, line=gate.line)
    missed = words.missed.format(share=f"{gate.share:.0%}", missed=gate.missed, answers=gate.answers)
    columns = [_element("th", name, scope="col") for name in (words.answer, words.count, words.share)]
    return _element(
        "section",
        _element("p", missed, classes="missed"),
        _prose("h3", gate.question),
        _element("p", _element("a", place, href=f"{root}/learn/{gate.lesson}"), classes="place"),
        _element(
            "table",
            _element("thead", _element("tr", *columns)),
            _element("tbody", *(_row(gate, choice, words) for choice in gate.choices)),
        ),
    )


def _row(gate: GateReport, choice: ChoiceReport, words: TallyWords) -> Element:
    right = choice.choice == RIGHT
    if choice.text is None:
        named = _element("td", words.right if right else words.other, classes="unnamed")
    elif gate.kind == "which":
        named = _prose("td", choice.text)
    else:
        named = _element("td", _element("code", choice.text))
    bar = _element("span", style=f"width: {choice.share:.1%}", **{"aria-hidden": "true"})
    share = _element("div", _element("div", bar, classes="bar"), _element("b", f"{choice.share:.0%}"), classes="share")
    return _element(
        "tr",
        named,
        _element("td", str(choice.count), classes="number"),
        _element("td", share),
        classes="right" if right else "worst" if choice == gate.worst else "wrong",
    )


def _prose(tag: str, text: str) -> Element:
    """A text with its code, which is between backticks."""
    parts = _CODE.split(text)
    return _element(tag, *(_element("code", part) if place % 2 else part for place, part in enumerate(parts)))


def _element(tag: str, *content: Element | str, classes: str = "", **attributes: str) -> Element:
    """An element of a tree, so that no text can end it when it is written."""
    element = Element(tag, {**attributes, **({"class": classes} if classes else {})})
    for part in content:
        if isinstance(part, Element):
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + part
        else:
            element.text = (element.text or "") + part
    return element
