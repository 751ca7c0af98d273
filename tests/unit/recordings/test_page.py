"""The page of a recording: one file, in which nothing of a program ends or changes an element."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from msgspec import Raw
from tensorpad.recordings.frame import frame
from tensorpad.recordings.page import page
from tensorpad.recordings.recording import Made, Program, RecordedDerivation, Recording, RecordingError, decode

HOSTILE = "x = '</script><script>alert(1)</script><!-- </pre></noscript>'"
FORMULA = RecordedDerivation(Raw(b'{"latex":"\\\\frac{1}{2}"}'))


def recording(code: str = HOSTILE, **members: Any) -> Recording:
    return Recording(
        made=Made("1.0", "2.13.0", "3.11.7"), program=Program((code,), 0, "cpu", "en"), answer=Raw(b"{}"), **members
    )


class Parts(HTMLParser):
    """The elements of a page, with the text in each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("", {}, ""))

    def handle_data(self, data: str) -> None:
        if self.found:
            tag, attributes, text = self.found[-1]
            self.found[-1] = (tag, attributes, text + data)

    def named(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, text) for name, attributes, text in self.found if name == tag]


def test_page_contains_its_recording_and_nothing_of_the_program_ends_an_element() -> None:
    parts = Parts(page(recording(), title="</title><script>alert(2)</script>"))
    scripts = {attributes.get("id"): text for attributes, text in parts.named("script")}
    assert len(parts.named("script")) == 3
    assert decode(base64.b64decode(scripts["recording"] or "")) == recording()
    assert not any("alert(" in (text or "")[:200] for text in scripts.values())


def test_page_may_load_nothing_and_run_only_its_own_scripts() -> None:
    parts = Parts(page(recording(derivations=(FORMULA,))))
    [policy] = [attributes["content"] or "" for attributes, _ in parts.named("meta") if "http-equiv" in attributes]
    run = [text for attributes, text in parts.named("script") if "id" not in attributes]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in run]
    assert policy.startswith("default-src 'none'; script-src " + " ".join(f"'sha256-{one}'" for one in hashes) + ";")
    assert re.search(r"https?:|connect-src|\*", policy) is None


def test_mathematics_and_its_fonts_are_only_where_there_is_a_formula() -> None:
    without, plain = page(recording()), page(recording(derivations=(FORMULA,)))
    bold = page(recording(derivations=(RecordedDerivation(Raw(b'{"latex":"\\\\mathbf{x}"}')),)))
    assert "@font-face{font-family:KaTeX" not in without
    assert len(without) < 0.7 * len(plain)
    assert "font-family:KaTeX_Main;font-style:normal;font-weight:700" not in plain
    assert "font-family:KaTeX_Main;font-style:normal;font-weight:700" in bold


def test_options_are_those_that_are_given() -> None:
    server = "https://pad.example.org/</script>"
    html = page(recording(), view="memory", step=3, theme="dark", lang="zh-CN", server=server)
    [options] = [text for attributes, text in Parts(html).named("script") if attributes.get("id") == "options"]
    given = {"view": "memory", "step": 3, "theme": "dark", "lang": "zh-CN", "server": server}
    assert json.loads(options).items() >= given.items()


def test_server_is_an_address_of_the_web() -> None:
    with pytest.raises(RecordingError, match="no address of a server"):
        page(recording(), server="javascript:alert(1)")


def test_frame_contains_the_page_whole() -> None:
    html = page(recording())
    [(attributes, _)] = Parts(frame(html, title='"A" & b')).named("iframe")
    assert attributes["srcdoc"] == html
    assert attributes["title"] == '"A" & b'
    assert "allow-same-origin" not in (attributes["sandbox"] or "")
