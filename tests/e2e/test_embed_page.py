"""The page that other pages frame."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.host_pages import hosted

PROGRAM = """import torch
x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """The profile of a reader who has never been on our pages."""
    context = browser.new_context(locale="en-US", viewport={"width": 1000, "height": 800})
    yield context
    context.close()


@pytest.mark.parametrize("sandbox", [None, "allow-scripts"])
def test_graph_of_a_program_is_shown_within_a_page_of_another_origin(
    page: Page, server_url: str, sandbox: str | None
) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    attributes = "" if sandbox is None else f'sandbox="{sandbox}"'
    address = f"{server_url}/embed?code={quote(PROGRAM)}"
    with hosted(f'<!doctype html><title>Course</title><iframe {attributes} src="{address}"></iframe>') as host:
        page.goto(host)
        frame = page.frame_locator("iframe")
        expect(frame.locator("tp-graph svg [data-node]").filter(has_text="out")).to_be_visible()
    assert problems == []
