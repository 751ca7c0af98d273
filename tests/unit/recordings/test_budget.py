"""What a page by itself may weigh as it is sent, beside its recording: 300 kB with mathematics and its fonts."""

import base64
import gzip
from pathlib import Path

import msgspec
import pytest
from msgspec import Raw
from msgspec.structs import replace
from tensorpad.recordings.page import page
from tensorpad.recordings.recording import RecordedDerivation, Recording, decode, encode

KEPT = decode((Path(__file__).parents[2] / "recordings" / "version-1.tpad").read_bytes())
FORMULAS = r"\left(\frac{a}{b}\right) \cdot \mathit{grad} + \begin{cases} 1 \end{cases} + \mathit{leaf.grad}"
BUDGET = 300_000


def sent(text: str) -> int:
    return len(gzip.compress(text.encode(), 6))


def beside(recording: Recording) -> int:
    """Bytes of the page, as it is sent, that are not the recording's."""
    return sent(page(recording)) - sent(base64.b64encode(encode(recording)).decode())


@pytest.mark.parametrize("formulas", [None, FORMULAS])
def test_a_page_with_mathematics_is_within_its_budget(formulas: str | None) -> None:
    derivations = KEPT.derivations
    if formulas is not None:
        derivations = (RecordedDerivation(Raw(msgspec.json.encode({"latex": formulas}))),)
    html = page(replace(KEPT, derivations=derivations))
    assert "@font-face{font-family:KaTeX_Main" in html
    assert beside(replace(KEPT, derivations=derivations)) < BUDGET


def test_a_page_without_mathematics_is_half_of_that() -> None:
    assert beside(replace(KEPT, derivations=())) < BUDGET * 0.55
