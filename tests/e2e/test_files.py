"""Notebooks and Python files that a person opens on the page."""

import json

from playwright.sync_api import FilePayload, expect

from tests.e2e.support.page import PlaygroundPage

NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "source": ["# Title"]},
            {"cell_type": "code", "source": ["import torch\n", "mine = torch.ones(2, 3)"]},
            {"cell_type": "code", "source": ["mine.sum()"]},
        ]
    }
)
_DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def test_a_notebook_that_is_opened_becomes_cells_and_runs(playground: PlaygroundPage) -> None:
    page = playground.page
    page.get_by_role("button", name="Examples").click()
    payload = FilePayload(name="course.ipynb", mimeType="application/json", buffer=NOTEBOOK.encode())
    page.locator("tp-gallery input").set_input_files(payload)
    expect(page.locator(".cm-content")).to_have_count(2)
    expect(playground.card("mine")).to_be_visible()
    expect(page.locator("tp-output").last).to_contain_text("tensor(6.)")


def test_a_file_that_is_dropped_becomes_cells_and_another_is_refused_in_words(playground: PlaygroundPage) -> None:
    page = playground.page
    page.evaluate(_DROP, ["mine.py", "import torch\n# %%\nmine = torch.ones(3)\n"])
    expect(page.locator(".cm-content")).to_have_count(2)
    expect(playground.card("mine")).to_be_visible()
    page.evaluate(_DROP, ["photo.png", "x"])
    expect(page.get_by_text("photo.png has no Python cells")).to_be_visible()
    expect(playground.card("mine")).to_be_visible()
