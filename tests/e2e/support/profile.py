"""A profile of the browser that is clean for every test, in a process that is started once."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

QUIET = "/favicon.svg"
"""An address of the service that has no script."""


class Profile:
    """Tests open their pages in `context`, and `clean` it.

    A profile of its own for every test would be a browser process of its own, which compiles the page's scripts again:
    two thirds of the time that a page takes to open. A page that stays open keeps the process of its site.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self._url = url
        self._kept = context.new_page()
        self._kept.goto(url + QUIET)
        # Playwright's types do not say what a command of the protocol takes.
        self._tools: Any = context.new_cdp_session(self._kept)

    def clean(self) -> None:
        """Close what was opened, and forget what it left: stored data of every site, cached files, rights, routes."""
        opened = [page for page in self.context.pages if page is not self._kept]
        addresses = [urlsplit(frame.url) for page in opened for frame in page.frames]
        sites = {f"{address.scheme}://{address.netloc}" for address in addresses if address.scheme in ("http", "https")}
        for page in opened:
            page.close()
        # In the process of the pages first, which has a copy of its own.
        self._kept.evaluate("localStorage.clear()")
        for site in sites | {self._url}:
            self._tools.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
        self._tools.send("Network.clearBrowserCache")
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.context.unroute_all()
        self.context.set_offline(False)


@contextmanager
def profile(browser: Browser, url: str, *, width: int = 1440, height: int = 900, script: str = "") -> Generator[Profile]:
    """A profile for pages of the service at `url`, in windows of this size (pixels). `script` runs first in every page."""
    context = browser.new_context(locale="en-US", viewport={"width": width, "height": height})
    if script:
        context.add_init_script(script)
    yield Profile(context, url)
    context.close()
