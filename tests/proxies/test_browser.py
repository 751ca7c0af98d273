"""The whole page in a real Chromium behind each proxy: HTTPS, below a prefix that the proxy strips or keeps."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.e2e.conftest import FLAGS, installed_chromium
from tests.e2e.support.page import PlaygroundPage
from tests.proxies.conftest import Site
from tests.support.patience import PATIENCE_S
from tests.support.proxies import NAME


@pytest.fixture
def page() -> Iterator[Page]:
    """A page that finds the proxies by their name. An answer that tells of a fault fails the test."""
    expect.set_options(timeout=1000 * PATIENCE_S)
    with sync_playwright() as playwright:
        flags = [*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=flags)
        context = browser.new_context(locale="en-US", ignore_https_errors=True)
        context.add_init_script("localStorage.setItem('tensorpad.tour', 'seen')")
        page = context.new_page()
        faults: list[str] = []
        page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
        yield page
        assert faults == []
        browser.close()


def test_playground_runs_stores_and_is_opened_by_its_short_link(site: Site, page: Page) -> None:
    root = f"{site.proxy.origin}/pad"
    playground = PlaygroundPage(page, root)
    playground.open()
    playground.run("a = torch.ones(2, requires_grad=True)", "b = (a * 2).sum()", "b")
    expect(playground.graph("b").locator("svg")).to_be_visible()
    with site.client() as client:
        stored = client.post("/pad/api/v1/snippets", json={"cells": ["shared = torch.zeros(3)", "1", "2"]}).json()
    page.goto(f"{root}/s/{stored['id']}")
    expect(playground.editor(1)).to_contain_text("shared = torch.zeros(3)")
    assert playground.problems == []


def test_embedded_page_and_documentation_find_what_they_need(site: Site, page: Page) -> None:
    root = f"{site.proxy.origin}/pad"
    page.goto(f"{root}/embed?code=x%20%3D%20torch.ones(2%2C%20requires_grad%3DTrue)%0Aout%20%3D%20x.sum()&of=out")
    expect(page.locator("tp-embed svg").first).to_be_visible()
    page.goto(f"{root}/docs")
    expect(page.get_by_text("/api/v1/runs").first).to_be_visible()
