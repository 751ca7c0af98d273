"""Sheets of paper: a page as it is printed to PDF, with what can be read on each sheet."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from playwright.sync_api import Page


@dataclass(frozen=True)
class Sheet:
    """One sheet: the text on it, how far to the right of it a letter is (0 to 1), and how it looks."""

    text: str
    rightmost: float
    picture: Image.Image


def printed(page: Page, folder: Path, size: str = "A4") -> list[Sheet]:
    """The sheets that a page is printed on."""
    file = folder / "printed.pdf"
    page.pdf(path=file, format=size, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(file) as document:
        return [_sheet(document[at]) for at in range(len(document))]


def _sheet(paper: Any) -> Sheet:
    text = paper.get_textpage()
    right: float = max((text.get_charbox(at)[2] for at in range(text.count_chars())), default=0.0)
    return Sheet(text.get_text_range(), right / paper.get_width(), paper.render().to_pil())
