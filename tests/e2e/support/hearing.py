"""What a screen reader says of an embedded view while somebody goes through the steps by keyboard."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

_MODULES = Path(__file__).parents[3] / "frontend" / "node_modules"
_READER = _MODULES / "@guidepup" / "virtual-screen-reader" / "lib" / "esm" / "index.browser.js"
_LISTENER = Path(__file__).with_name("listener.js")
_MOST_TABS = 40
_LISTEN = """async ([listener, reader]) => {
  const { listen } = await import(URL.createObjectURL(new Blob([listener], { type: "text/javascript" })));
  window.listener = await listen(reader);
}"""
_FOCUSED_TYPE = """() => {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused?.getAttribute("type");
}"""
# A flow has its product, or the reason why it has none.
_DETAILED = """() => {
  const within = (root, selector) => [...(root?.querySelectorAll(selector) ?? [])];
  const viewer = document.querySelector("tp-embed").shadowRoot.querySelector("tp-viewer").shadowRoot;
  const step = viewer.querySelector("tp-timeline").shadowRoot.querySelector("tp-step")?.shadowRoot;
  const [ran] = within(step, "tp-function-step");
  return step?.querySelector("section") && within(ran?.shadowRoot, "tp-gradient-flow").every(
    (flow) => flow.shadowRoot.querySelector("[role=group]") && within(flow.shadowRoot, "tp-math").every(
      (math) => math.shadowRoot.querySelector(".drawn:not([hidden])")));
}"""


@dataclass(frozen=True)
class Heard:
    """What is said at one step: of the slider and by live regions as it comes, and of what can be read then."""

    slider: str
    live: list[str]
    details: list[str]
    graph: list[str]

    @property
    def text(self) -> str:
        """All of it, as the golden transcripts write it."""
        parts = {"said": [self.slider, *self.live], "details": self.details, "graph": self.graph}
        return "".join(f"{name}:\n" + "".join(f"  {line}\n" for line in lines) for name, lines in parts.items())


class Listener:
    """Somebody who hears the view at `/embed`, and acts by keys alone. The context of the page must bypass its policy."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.evaluate(_LISTEN, [_LISTENER.read_text(encoding="utf-8"), _READER.read_text(encoding="utf-8")])

    @property
    def slider(self) -> Locator:
        """The slider of the timeline."""
        return self.page.locator("tp-timeline input")

    def tab_to_slider(self) -> None:
        """Press Tab until the slider has the focus."""
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(_FOCUSED_TYPE) == "range":
                self.page.evaluate("listener.said()")
                return
        raise AssertionError(f"{_MOST_TABS} times Tab did not lead to the timeline")

    def step(self) -> Heard:
        """Go one step forward, and hear all that is said of it."""
        at = int(self.slider.input_value())
        self.page.keyboard.press("ArrowRight")
        expect(self.slider).to_have_value(str(at + 1))
        expect(self.page.locator("tp-timeline .said p")).to_have_attribute("aria-busy", "false")
        self.page.wait_for_function(_DETAILED)
        said: dict[str, Any] = self.page.evaluate("listener.said()")
        return Heard(said["focus"], said["live"], self._read("tp-step section"), self._read("tp-graph .stage"))

    def _read(self, selector: str) -> list[str]:
        element = self.page.locator(selector).element_handle()
        read: list[str] = self.page.evaluate("element => listener.read(element)", element)
        return read
