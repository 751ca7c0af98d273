"""Every `curl` and every embed of the README and of docs/ does what they say, literally, but for the service's address."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Page, expect
from tensorpad.recordings.recording import MEDIA_TYPE

from tests.e2e.support.site import Resource, Site, site
from tests.support.patience import PATIENCE_S
from tests.support.service import TENSORPAD

ROOT = Path(__file__).parents[2]
RECORDING = ROOT / "tests" / "recordings" / "version-1.tpad"
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SERVICE = re.compile(r"http://127\.0\.0\.1:8000|https://pad\.example\.org(?:/pad)?(?![\w/-]*\.(?:pem|key))")
OF_THIS_RUN = frozenset({"id", "timing", "environment", "request_id"})
"""Members whose values are this machine's or this moment's; what they consist of is compared all the same."""


def blocks(*languages: str) -> list[tuple[str, str, str]]:
    """Where each block of these languages is, what is in it, and the JSON that the next block shows as its answer."""
    found: list[tuple[str, str, str]] = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        fenced = list(re.finditer(r"^```(\w+)\n(.*?)^```", text, re.DOTALL | re.MULTILINE))
        for block, following in zip(fenced, [*fenced[1:], None], strict=False):
            if block[1] in languages:
                line = text[: block.start()].count("\n") + 1
                answer = following[2] if following and following[1] == "json" else ""
                found.append((f"{document.relative_to(ROOT)}:{line}", block[2], answer))
    return found


def case(where: str, *values: str) -> Any:
    return pytest.param(*values, id=where)


CURLS = [case(where, text, answer) for where, text, answer in blocks("sh", "bash") if "curl " in text]
EMBEDS = [case(where, text) for where, text, _ in blocks("html")]


def test_readme_has_a_curl_with_its_answer_and_an_embed() -> None:
    assert any(str(curl.id).startswith("README.md") and curl.values[1] for curl in CURLS)
    assert any(str(embed.id).startswith("README.md") for embed in EMBEDS)


def as_json(shown: str) -> Any:
    """An answer as a document shows it: `…` stands for what is left out."""
    parts = re.split(r'("(?:[^"\\]|\\.)*")', shown)
    for index in range(0, len(parts), 2):
        parts[index] = parts[index].replace("…", "\0")
    text = "".join(parts)
    return json.loads(re.sub(r",?\s*\0|\0\s*,?", "", re.sub(r"\0\s*,", "", text)))


def differences(shown: Any, answer: Any, path: str = "") -> Iterator[str]:
    """What a document shows and the answer does not have. Of a list, what is shown comes in this order."""
    seen: object = shown
    given: object = answer
    if isinstance(shown, dict) and isinstance(answer, dict):
        for name, value in cast("dict[str, Any]", shown).items():
            if name not in answer:
                yield f"{path}/{name} is not there"
            elif name in OF_THIS_RUN and not path:
                yield from kinds(value, answer[name], f"/{name}")
            else:
                yield from differences(value, answer[name], f"{path}/{name}")
    elif isinstance(shown, list) and isinstance(answer, list):
        rest = iter(cast("list[Any]", answer))
        for index, value in enumerate(cast("list[Any]", shown)):
            if not any(not list(differences(value, item)) for item in rest):
                yield f"{path}/{index} is like nothing there: {value}"
    elif isinstance(shown, str) and "…" in shown and isinstance(answer, str):
        if not answer.startswith(shown.partition("…")[0]):
            yield f"{path} is {answer[:100]!r}, and shown as {shown!r}"
    elif type(seen) is not type(given) or seen != given:
        yield _told(path, given, seen)


def kinds(shown: Any, answer: Any, path: str) -> Iterator[str]:
    """Where the two do not consist of the same."""
    if isinstance(shown, dict):
        for name, value in cast("dict[str, Any]", shown).items():
            yield from kinds(value, answer.get(name), f"{path}/{name}")
    elif type(shown) is not type(answer):
        yield _told(path, answer, shown)


def _told(path: str, answer: object, shown: object) -> str:
    return f"{path} is {answer!r}, and shown as {shown!r}"


def test_what_is_shown_is_compared() -> None:
    shown = as_json('{"a": [1, {"b": "x…"}, …], "timing": {"s": 1.5}, "c": […, 3], "d": {"e": null, …}, …}')
    answer = {"a": [1, {"b": "xy"}, 5], "timing": {"s": 2.5}, "c": [2, 3], "d": {"e": None, "f": 1}, "g": 1}
    assert list(differences(shown, answer)) == []
    wrong = {"a": [{"b": "xy"}, 1], "timing": {"s": "2"}, "c": [2], "d": {}}
    assert [difference.split()[0] for difference in differences(shown, wrong)] == ["/a/1", "/timing/s", "/c/0", "/d/e"]


@pytest.mark.parametrize(("command", "shown"), CURLS)
def test_curl_does_what_its_document_shows(command: str, shown: str, server_url: str, tmp_path: Path) -> None:
    # A status that tells of a fault is a failure of curl, too, so that no document shows a request that is refused.
    (tmp_path / ".curlrc").write_text("fail-with-body\nsilent\nshow-error\n")
    paths = f"{Path(TENSORPAD).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", SERVICE.sub(server_url, command)],
        cwd=tmp_path,
        env={**os.environ, "CURL_HOME": str(tmp_path), "PATH": paths},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    if shown:
        assert list(differences(as_json(shown), json.loads(done.stdout))) == []


@pytest.fixture
def course() -> Iterator[Site]:
    """A page of another origin."""
    with site("localhost") as host:
        yield host


@pytest.mark.parametrize("markup", EMBEDS)
def test_embed_shows_what_it_names(markup: str, server_url: str, course: Site, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    # A document gives the script once, for all pads of a page.
    script = "" if "/embed.js" in markup else f'<script async src="{server_url}/embed.js"></script>'
    body = script + SERVICE.sub(server_url, markup)
    course.pages["/"] = Resource(f'<!doctype html><html lang="en"><body>{body}</body></html>')
    # The recording that a document has beside its page.
    course.pages["/run.tpad"] = Resource("", MEDIA_TYPE, data=RECORDING.read_bytes())
    page.goto(course.url)
    # A pad has a picture of its own, which goes when it is live.
    pictures, pads = page.locator("css:light=img"), page.locator("tensor-pad")
    frames = page.locator("iframe, tensor-pad iframe")
    assert pictures.count() + pads.count() + page.locator("iframe").count() > 0
    for index in range(pictures.count()):
        pictures.nth(index).scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=pictures.nth(index).element_handle())
    for index in range(pads.count()):
        pads.nth(index).scroll_into_view_if_needed()
        if pads.nth(index).get_attribute("loading") == "click":
            pads.nth(index).get_by_role("button", name="Run it").click()
        expect(pads.nth(index).locator("iframe")).to_be_attached()
    for index in range(frames.count()):
        frames.nth(index).scroll_into_view_if_needed()
        frame = frames.nth(index).element_handle().content_frame()
        assert frame is not None
        expect(frame.locator("tp-embed, tp-player")).to_be_visible()
        expect(frame.locator("svg").first).to_be_visible()
    assert complaints == []
