"""A page with a recording, opened from a file with the network off."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.support.page import AXE

VIEWS = {
    "en": ("Steps", "Graph", "Values", "Memory", "Derivation"),
    "zh-CN": ("逐步", "计算图", "值", "内存", "推导"),
}
SHOWN = ("tp-tensor-card", "tp-graph [data-node]", "tp-tensor-card", "tp-storage", "tp-derivation .katex")
"""What is in each view once it shows something."""


class PlayerPage:
    """What a reader does in it. `asked` has every address that the page asked for, `complaints` what the console has."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_offline(True)
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, html: str, folder: Path) -> None:
        """Write the page to a file, and open that."""
        file = folder / "page.html"
        file.write_text(html, encoding="utf-8")
        self.asked.clear()
        self.page.goto(file.as_uri())
        expect(self.page.locator("tp-player")).to_be_visible()
        assert self.asked == [file.as_uri()]

    def view(self, name: str) -> None:
        """Turn to a view."""
        self.page.get_by_role("tab", name=name, exact=True).click()

    def sentence(self) -> str:
        """What the step did, as text, that of elements within elements too."""
        text: str = self.said.evaluate("""function text(node) {
          if (node.shadowRoot) return text(node.shadowRoot);
          return node.nodeType === Node.TEXT_NODE ? node.data : [...node.childNodes].map(text).join("");
        }""")
        return text

    @property
    def said(self) -> Locator:
        """What the step did, in words."""
        return self.page.locator("tp-timeline .said p")

    def press(self, name: str, exact: bool = True) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=exact).first.click()

    def faults(self) -> list[str]:
        """What axe finds."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate("axe.run().then(({ violations }) => violations)")
        return [f"{rule['id']}: {[node['html'][:120] for node in rule['nodes']]}" for rule in found]

    @property
    def trouble(self) -> Locator:
        """Why the recording cannot be played."""
        return self.page.locator("tp-player").get_by_role("alert")
