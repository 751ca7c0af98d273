"""Recordings that somebody made up: nothing of them runs, and what is wrong is said in words."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Raw
from msgspec.structs import replace
from playwright.sync_api import Browser, expect
from tensorpad.recordings.page import page
from tensorpad.recordings.recording import Recording, decode

from tests.e2e.support.player import VIEWS, PlayerPage
from tests.support.short_form import shortened

KEPT = Path(__file__).parents[1] / "recordings" / "version-1.tpad"
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def player(browser: Browser) -> Iterator[PlayerPage]:
    context = browser.new_context(locale="en-US", viewport={"width": 1000, "height": 800})
    player = PlayerPage(context)
    yield player
    assert player.complaints == []
    context.close()


def changed(change: Change) -> Recording:
    """The recording that is kept, with another answer."""
    recording = decode(KEPT.read_bytes())
    answer = json.loads(bytes(recording.answer))
    change(answer)
    return replace(recording, answer=Raw(msgspec.json.encode(answer)))


def emptied(*members: str) -> Change:
    def change(answer: dict[str, Any]) -> None:
        for member in members:
            answer[member] = []

    return change


def without(member: str) -> Change:
    def change(answer: dict[str, Any]) -> None:
        del answer[member]

    return change


def put(value: Any, *path: str | int) -> Change:
    def change(answer: dict[str, Any]) -> None:
        inner: Any = answer
        for part in path[:-1]:
            inner = inner[part]
        inner[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (put("x", "steps"), "/answer/steps"),
        (put({"length": 3}, "tensors", 0, "layout", "shape"), "/answer/tensors/0/layout/shape"),
        (put(None, "graphs", 0, "nodes"), "/answer/graphs/0/nodes"),
        (put(7, "cells", 0, "stdout"), "/answer/cells/0/stdout"),
        (without("backwards"), "/answer/backwards"),
    ],
)
def test_what_has_another_shape_is_named_by_its_place(
    player: PlayerPage, tmp_path: Path, change: Change, where: str
) -> None:
    player.open(page(changed(change)), tmp_path)
    expect(player.trouble).to_contain_text(f"This recording is damaged: {where}")


@pytest.mark.parametrize(
    "change",
    shortened(
        [
            emptied("tensors"),
            emptied("operations", "graphs"),
            emptied("steps", "cells"),
            put("t999", "graphs", 0, "nodes", 0, "tensor"),
            put([-1, 2**40], "tensors", 0, "layout", "shape"),
            put({"kind": "full", "data": {"a": "<b>"}}, "tensors", 0, "values"),
            put("k1", "graphs", 0, "root"),
        ],
        keep=3,
    ),
)
def test_what_contradicts_itself_breaks_no_view_without_a_word(player: PlayerPage, tmp_path: Path, change: Change) -> None:
    player.open(page(changed(change), view="steps", step=0), tmp_path)
    for view in VIEWS["en"]:
        tab = player.page.get_by_role("tab", name=view, exact=True)
        expect(tab.or_(player.trouble)).to_be_visible()
        if player.trouble.is_visible():
            expect(player.trouble).to_contain_text("This recording is damaged")
            return
        tab.click()
        player.page.keyboard.press("ArrowRight")


def test_no_picture_or_text_of_a_recording_runs_anything(player: PlayerPage, tmp_path: Path) -> None:
    attack = "<img src=x onerror='window.hacked = 1'>"
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked = 1"><script>window.hacked = 1</script>'
        '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="window.hacked = 1"/></foreignObject>'
        '<g data-node="t1"><rect width="9" height="9"/></g></svg>'
    )

    def change(answer: dict[str, Any]) -> None:
        answer["graphs"][0]["svg"] = svg
        answer["cells"][0]["stdout"] = attack
        answer["variables"][0]["name"] = attack
        answer["steps"][0]["name"] = attack

    player.open(page(changed(change)), tmp_path)
    expect(player.page.locator("tp-graph [data-node]").first).to_be_attached()
    for view in VIEWS["en"]:
        player.view(view)
    assert player.page.evaluate("window.hacked") is None
    # The page's own policy refuses a handler as soon as the picture is parsed, and says so.
    player.complaints[:] = [text for text in player.complaints if "inline event handler" not in text]
    assert len(player.asked) == 1


def test_a_later_version_is_refused_in_words(player: PlayerPage, tmp_path: Path) -> None:
    player.open(page(replace(decode(KEPT.read_bytes()), version=2)), tmp_path)
    expect(player.trouble).to_contain_text("version 2, which is newer")
    player.open(page(replace(decode(KEPT.read_bytes()), version=2), lang="zh-CN"), tmp_path)
    expect(player.trouble).to_contain_text("版本是 2")


def test_another_format_is_refused_in_words(player: PlayerPage, tmp_path: Path) -> None:
    player.open(page(replace(decode(KEPT.read_bytes()), format="something else")), tmp_path)
    expect(player.trouble).to_contain_text("This file is no recording of Tensorpad")
