"""A real service, spoken to by HTTP and by a real Chromium."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e.support.pads import PadsPage
from tests.e2e.support.page import PlaygroundPage
from tests.e2e.support.site import site
from tests.support.client import Client
from tests.support.patience import PATIENCE_S

CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell comes first: it has no windows and tabs to keep ready, and opens a page in half the time."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed_chromium() -> str | None:
    """The machine's own Chromium; None where Playwright's is to be used."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


@pytest.fixture
def client(server_url: str) -> Iterator[Client]:
    with Client(server_url) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Playwright holds this thread's event loop while it lives, so it may not outlive the tests that use it."""
    expect.set_options(timeout=1000 * PATIENCE_S)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """The profile of a person who has been here before: the tour of a first visit is over."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    # A frame in a sandbox has no storage, and no tour.
    context.add_init_script("if (origin !== 'null') localStorage.setItem('tensorpad.tour', 'seen')")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new page in a fresh profile. An error in its console fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


@pytest.fixture
def playground(page: Page, server_url: str) -> PlaygroundPage:
    """The playground page, open, with its example run."""
    playground = PlaygroundPage(page, server_url)
    playground.open()
    return playground


@pytest.fixture
def pads(page: Page) -> Iterator[PadsPage]:
    """A page of another site, with pads of a service of our own making."""
    with site("localhost") as host, site() as service:
        yield PadsPage(page, host, service)
