"""What a page calls its programs is what everything about a run calls them: errors, fixes, tables, sentences, news."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.support.lesson import EN, ZH, LessonPage, Words, click
from tests.support.client import Client

DEFINED = """\
import warnings

import torch

x = torch.ones(2, 3, requires_grad=True)


def grown(t):
    warnings.warn("growing")
    return t.view(7)
"""
ENDINGS = [
    "#? raises\n#? because t has 6 elements.\ngrown(x)",
    "x += 1",
    "y = x * 2\ny.sum().backward()\ny.grad",
    "y = x.sum()\ny.backward()\nx.sum().backward()\nx.grad",
    "x.ad(1)",
    "x(",
]
"""An error in another cell, one with a fix, a warning that is explained, a notice, a misspelt name, no Python."""
_NAMED = re.compile(r"\b[Cc]ells? \d|[Aa]ll cells|[Tt]his cell|[Tt]he cell|单元格")
_DEEP_TEXT = """() => {
  const texts = [];
  const read = (node) => {
    if (node instanceof Text) texts.push(node.data);
    for (const name of ["aria-label", "title", "alt"]) if (node.getAttribute?.(name)) texts.push(node.getAttribute(name));
    if (node instanceof HTMLStyleElement) return;
    for (const inner of [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes]) read(inner);
  };
  read(document.body);
  return texts.join("\\n");
}"""
PROGRAM = "w = torch.ones(2, requires_grad=True)\nloss = (w * 3).sum()\nw += 1"


def told(answer: dict[str, Any]) -> Any:
    """What an answer says in words."""
    cells = [{**each, "title": None} for each in answer["cells"]]
    return {"cells": cells, **{part: answer.get(part) for part in ("notices", "gates", "status", "message")}}


def test_a_run_with_titles_says_the_same_by_other_names(client: Client) -> None:
    for ending in ENDINGS:
        asked = {"cells": [DEFINED, "1", ending], "lang": "en"}
        titles = ["program 1", "program 4", "your program"]
        plain = json.dumps(told(client.post(**asked).json()))
        for number, title in enumerate(titles, 1):
            plain = plain.replace(f"cell {number}", title)
        titled = client.post(**asked, titles=titles).json()
        assert json.dumps(told(titled)) == plain
        assert [each["title"] for each in titled["cells"]] == titles


def named(page: Page) -> str:
    """Everything that a person can read or hear on a page."""
    return page.evaluate(_DEEP_TEXT)


@pytest.mark.parametrize(("words", "name", "own"), [(EN, "program 7", "your program"), (ZH, "程序 7", "你的程序")])
def test_a_lesson_has_one_word_for_its_programs(
    page: Page, client: Client, server_url: str, words: Words, name: str, own: str
) -> None:
    read = LessonPage(page, client, server_url, "broadcasting", words)
    part = next(at for at, each in enumerate(read.sections, 1) if any(b.get("number") == 7 for b in each["blocks"]))
    # Two programs before it fail, and are left out of its run.
    assert sum(cell["raises"] for cell in read.cells[:6]) == 2
    read.open(part)
    bench = read.bench(7)
    bench.locator(".cm-content").fill(PROGRAM)
    page.keyboard.press("Control+Enter")
    expect(bench.locator("tp-error")).to_contain_text("RuntimeError")
    expect(bench.locator("tp-fix .where")).to_contain_text(name)
    bench.locator("[data-tab=graph]").click()
    expect(bench.locator("tp-graph svg").first).to_be_visible()
    bench.locator("tp-graphs summary").click()
    expect(bench.locator("tp-node-table")).to_contain_text(name)
    expect(bench.locator("tp-timeline")).to_contain_text(name)
    bench.locator("details.before summary").click()
    expect(bench.locator("tp-error .frames")).to_contain_text(f"<{name}>")
    expect(bench.locator(".unseen[role=status]").first).to_contain_text(name)
    assert _NAMED.findall(named(page)) == []
    at = next(at for at, each in enumerate(read.sections, 1) if any(b["kind"] == "exercise" for b in each["blocks"]))
    read.open(at)
    place = page.locator("tp-exercise")
    place.locator(".cm-content").fill("oops")
    click(read.check_button(place))
    expect(place.locator("tp-verdict tp-error .frames")).to_contain_text(f"<{own}>")
    assert _NAMED.findall(named(page)) == []
