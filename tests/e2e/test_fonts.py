"""The fonts of pages by themselves: they have what KaTeX writes for any formula of ours, and look as KaTeX's own."""

import base64
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tensorpad.explain.inquiries.backward_formulas import formulas
from tensorpad.recordings.page import PLAYER
from tensorpad.recordings.recording import decode

from tests.support.short_form import shortened

ROOT = Path(__file__).parents[2]
KATEX = ROOT / "frontend" / "node_modules" / "katex" / "dist"
FONTS = sorted(path.name for path in (PLAYER / "fonts").glob("*.woff2"))


def characters() -> str:
    return (PLAYER / "fonts" / "characters.txt").read_text(encoding="utf-8")


def latex_in(answer: bytes) -> set[str]:
    """Every formula in an answer."""
    return {json.loads(text) for text in re.findall(rb'"latex":("(?:[^"\\]|\\.)*")', answer)}


def test_they_have_every_character_of_torchs_formulas_and_of_a_derivation(page: Page) -> None:
    recording = decode((ROOT / "tests" / "recordings" / "version-1.tpad").read_bytes())
    derived = set[str]().union(*(latex_in(bytes(one.derivation)) for one in recording.derivations))
    torchs = {part.latex for one in formulas().values() for part in one.inputs if part.latex is not None}
    assert derived
    assert len(torchs) > 100
    page.set_content("<!doctype html>")
    page.add_script_tag(path=KATEX / "katex.min.js")
    written: list[str] = page.evaluate(
        """formulas => formulas.map(formula => {
          const host = document.createElement("div");
          katex.render(formula, host, { output: "html", strict: "ignore" });
          return host.textContent;
        })""",
        sorted(derived | torchs),
    )
    # KaTeX writes one that takes no room between some boxes, of no font.
    assert set("".join(written)) - {"\u200b"} - set(characters()) == set()


@pytest.mark.parametrize("file", shortened(FONTS, keep=2))
def test_each_character_looks_as_in_the_whole_font(page: Page, file: str) -> None:
    fonts = [base64.b64encode((folder / file).read_bytes()).decode() for folder in (KATEX / "fonts", PLAYER / "fonts")]
    differ: list[str] = page.evaluate(
        """async ([whole, own, characters]) => {
          for (const [name, data] of [["whole", whole], ["own", own]])
            document.fonts.add(await new FontFace(name, `url(data:font/woff2;base64,${data})`).load());
          const canvas = new OffscreenCanvas(80, 120).getContext("2d", { willReadFrequently: true });
          const drawn = (name, character) => {
            canvas.clearRect(0, 0, 80, 120);
            canvas.font = `32px ${name}, monospace`;
            canvas.fillText(character, 10, 60);
            return canvas.getImageData(0, 0, 80, 120).data.join();
          };
          return [...characters].filter(character => drawn("whole", character) !== drawn("own", character));
        }""",
        [*fonts, characters()],
    )
    assert differ == []


def test_there_are_fonts() -> None:
    assert len(FONTS) == len(list((KATEX / "fonts").glob("*.woff2"))) > 10
