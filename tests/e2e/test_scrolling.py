"""The page stays where it is: its columns scroll, the document does not."""

from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.support.page import PlaygroundPage
from tests.support.short_form import shortened

MANY_VARIABLES = ("import torch\n" + "\n".join(f"v{n} = torch.arange({n % 5 + 1}.) * {n}" for n in range(60)),)
MANY_CELLS = tuple(
    f"{'import torch' if n == 0 else ''}\na{n} = torch.ones(3) * {n}\nprint('line\\n' * 4, a{n})" for n in range(50)
)
MLP = (
    "import torch\nfrom torch import nn\n"
    "net = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))\n"
    "opt = torch.optim.SGD(net.parameters(), lr=0.1)\nx, y = torch.randn(32, 8), torch.randn(32, 1)\n"
    "for _ in range(3):\n    loss = ((net(x) - y) ** 2).mean()\n    opt.zero_grad()\n    loss.backward()\n    opt.step()",
)
PROGRAMS = {"variables": MANY_VARIABLES, "cells": MANY_CELLS, "mlp": MLP}
SIZES = {"wide": (1440, 900), "narrow": (1024, 640)}


def open_program(page: Page, url: str, cells: tuple[str, ...]) -> PlaygroundPage:
    """The page with these cells, which have run."""
    playground = PlaygroundPage(page, url)
    playground.open()
    with page.expect_response(lambda response: response.url.endswith("/api/v1/runs")):
        page.locator("tp-library").evaluate(
            """(library, cells) => library.dispatchEvent(
              new CustomEvent("tp-program", { detail: { cells }, bubbles: true, composed: true }))""",
            list(cells),
        )
    expect(page.locator("tp-cell")).to_have_count(len(cells))
    expect(page.locator("section.results")).to_have_attribute("aria-busy", "false")
    return playground


@pytest.mark.parametrize(
    ("program", "size"),
    shortened(product(PROGRAMS, SIZES)),
)
def test_document_is_as_tall_as_the_window_in_every_view(browser: Browser, server_url: str, program: str, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(locale="en-US", viewport={"width": width, "height": height})
    context.add_init_script("localStorage.setItem('tensorpad.tour', 'seen')")
    try:
        page = context.new_page()
        playground = open_program(page, server_url, PROGRAMS[program])
        tabs = playground.views.get_by_role("tab")
        for place in range(tabs.count()):
            tabs.nth(place).click()
            expect(tabs.nth(place)).to_have_attribute("aria-selected", "true")
            for end in ("Home", "End"):
                playground.slider.press(end)
                page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
                assert sizes(page) == (width, height), (place, end)
    finally:
        context.close()


def test_scrolling_at_the_end_of_a_column_moves_nothing_else(page: Page, server_url: str) -> None:
    playground = open_program(page, server_url, MANY_VARIABLES)
    playground.card("v0").hover()
    page.mouse.wheel(0, 100_000)
    expect(playground.card("v59")).to_be_in_viewport()
    page.mouse.wheel(0, 100_000)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("scrollY") == 0
    expect(playground.run_button).to_be_in_viewport()


def sizes(page: Page) -> tuple[int, int]:
    """The width and height of the document."""
    found: list[Any] = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight].map(Math.round)"
    )
    return found[0], found[1]
