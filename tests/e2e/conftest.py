"""A real service, spoken to by HTTP and by a real Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e.support import exported as exports
from tests.e2e.support import profile as profiles
from tests.e2e.support.pads import PadsPage
from tests.e2e.support.page import PlaygroundPage
from tests.e2e.support.profile import Profile
from tests.e2e.support.site import site
from tests.support.client import Client
from tests.support.patience import PATIENCE_S
from tests.support.service import START_S

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
    # Pages of one site are in one process, which has compiled their scripts.
    "--process-per-site",
)
TOUR_SEEN = "try { localStorage.setItem('tensorpad.tour', 'seen'); } catch {}"
"""A frame in a sandbox has no storage, and no tour."""


def installed_chromium() -> str | None:
    """The machine's own Chromium; None where Playwright's is to be used."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


@pytest.fixture
def client(server_url: str) -> Iterator[Client]:
    with Client(server_url) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Playwright holds this thread's event loop while it lives, so the tests of this folder are a process's last ones."""
    expect.set_options(timeout=1000 * PATIENCE_S)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exported course of two lessons, as an LMS unpacks it."""
    folder = tmp_path_factory.mktemp("exported")
    shutil.copytree(Path(__file__).parents[1] / "lessons" / "course", folder / "course")
    (folder / "course" / "02-sum").mkdir()
    (folder / "course" / "02-sum" / "lesson.en.md").write_text(exports.SECOND, encoding="utf-8")
    return exports.unpacked(folder / "course", "en", folder, START_S)


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A page without a network. What its console says, or a request for anything but a file, fails the test."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:", "blob:")) else said.append(asked.url))
    yield page
    context.close()
    assert said == []


@pytest.fixture(scope="session")
def profile(browser: Browser, server_url: str) -> Iterator[Profile]:
    """That of a person who has been here before: the tour of a first visit is over."""
    with profiles.profile(browser, server_url, script=TOUR_SEEN) as profile:
        yield profile


@pytest.fixture
def context(profile: Profile) -> Iterator[BrowserContext]:
    """A clean profile. A test adds scripts to its pages, because those of a context stay."""
    yield profile.context
    profile.clean()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new page in a clean profile. An error in its console fails the test."""
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
