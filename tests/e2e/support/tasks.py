"""How long the page's main thread is busy at a time."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page


def task_times(browser: Browser, page: Page, act: Callable[[], object]) -> list[float]:
    """The processor time of each task of the page's main thread while something is done, in milliseconds."""
    browser.start_tracing(page=page, categories=["toplevel", "__metadata"])
    act()
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    main = {(event["pid"], event["tid"]) for event in events if event.get("args", {}).get("name") == "CrRendererMain"}
    times = [event["tdur"] / 1000 for event in events if (event["pid"], event["tid"]) in main and "tdur" in event]
    assert times
    return times
