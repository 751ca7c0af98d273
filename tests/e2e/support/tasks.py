"""How long the page's main thread is busy at a time."""

import json
from typing import Any

from playwright.sync_api import Browser, Page


def longest_task_ms(browser: Browser, page: Page, script: str) -> float:
    """The longest task of the page's main thread while a script runs, in processor time: others may use the machine."""
    browser.start_tracing(page=page, categories=["toplevel", "__metadata"])
    page.evaluate(script)
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    main = {(one["pid"], one["tid"]) for one in events if one.get("args", {}).get("name") == "CrRendererMain"}
    tasks = [one["tdur"] / 1000 for one in events if (one["pid"], one["tid"]) in main and "tdur" in one]
    assert tasks
    return max(tasks)
