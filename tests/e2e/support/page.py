"""What a person does on the playground page, and where they look."""

import json
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Locator, Page, Route, expect

AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
STEPPING = """async (slider, [forward, where, sought, times]) => {
  const all = (root, selector) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll("*")].flatMap((each) => (each.shadowRoot ? all(each.shadowRoot, selector) : [])),
  ];
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const text = (node) =>
    node instanceof Text ? node.data : [...(node.shadowRoot ?? node).childNodes].map(text).join("");
  const said = () => all(document, "tp-timeline")[0].shadowRoot.querySelector(".said p");
  const lit = () => all(document, ".tp-lit").map((mark) => mark.innerText);
  for (let found = 0; ; ) {
    await painted();
    if (where === "said" ? text(said()).includes(sought) : lit().join() === sought) found += 1;
    if (found === times) return true;
    if (slider.value === slider.max) return false;
    const at = slider.value;
    forward.click();
    while (slider.value === at) await painted();
  }
}"""
"""Goes forward to the nth step whose sentence has a text, or whose source is that text; false if there are fewer."""
_FILLINGS = 5
_FILLED_MS = 3_000
"""How often to fill in a cell's code, and how long the page may take to know of it."""


class PlaygroundPage:
    """The page at `/`. `problems` gathers what the browser complains of: errors, refused content, failed loads."""

    def __init__(self, page: Page, server_url: str) -> None:
        self.page = page
        self.url = server_url.rstrip("/")
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda message: self.problems.append(message.text) if message.type == "error" else None)

    # Actions

    def open(self, path: str = "/") -> None:
        """Open the page, and wait until its example has run and its editors are there."""
        self.page.goto(self.url + path)
        expect(self.page.locator(".cm-content")).to_have_count(3)
        expect(self.run_button).to_be_visible()
        expect(self.graph("out").locator("svg")).to_be_visible()

    def write(self, *cells: str) -> None:
        """Replace all cells by these."""
        have = self.page.locator("tp-cell")
        for _ in range(have.count() - len(cells)):
            self.page.get_by_role("button", name="Delete the cell").last.click()
        for _ in range(len(cells) - have.count()):
            self.page.get_by_role("button", name="Add a cell below").last.click()
        expect(self.page.locator(".cm-content")).to_have_count(len(cells))
        for number, code in enumerate(cells, 1):
            self._fill(number, code)

    def run(self, *cells: str) -> None:
        """Write these cells, if any, run, and wait for the answer."""
        if cells:
            self.write(*cells)
        with self.page.expect_response(lambda response: response.url.endswith("/api/v1/runs")):
            self.run_button.click()
        expect(self.run_button).to_be_visible()

    def see(self, view: str) -> None:
        """Choose a view of the run by its tab."""
        self.views.get_by_role("tab", name=view, exact=True).click()

    def _fill(self, number: int, code: str) -> None:
        """Replace the code of a cell. What is filled in can be mixed with the hints that the editor draws at that moment."""
        written = self.page.locator("tp-editor").nth(number - 1)
        for _ in range(_FILLINGS):
            self.editor(number).fill(code)
            with suppress(AssertionError):
                expect(written).to_have_js_property("code", code, timeout=_FILLED_MS)
                return
        raise AssertionError(f"the code of cell {number} is not what was written")

    def go_to_source(self, source: str, times: int = 1) -> None:
        """Go along the timeline to the first step whose source is this, or to a later one of them."""
        self.slider.press("Home")
        expect(self.slider).to_have_value("0")
        self._step_until("lit", source, times)

    def go_to_step(self, step: int) -> None:
        """Show a step, counted from 0, as the timeline asks for it."""
        send = """(timeline, detail) =>
          timeline.dispatchEvent(new CustomEvent("tp-step", { detail, bubbles: true, composed: true }))"""
        self.page.locator("tp-timeline").evaluate(send, step)

    def limit_time(self, seconds: float) -> None:
        """Have every run ask for this time limit."""

        def shorten(route: Route) -> None:
            body: dict[str, Any] = json.loads(route.request.post_data or "{}")
            route.continue_(post_data=json.dumps({**body, "timeout_s": seconds}))

        self.page.route("**/api/v1/runs", shorten)

    def point_at(self, number: int, text: str) -> None:
        """Put the pointer over the last place in a cell's code that reads `text`."""
        place: dict[str, float] = self.editor(number).evaluate(
            """(editor, text) => {
              const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
              const found = [];
              while (walker.nextNode()) {
                const node = walker.currentNode;
                if (node.parentElement.closest(".tp-hint, button") === null && node.data.includes(text)) found.push(node);
              }
              const node = found.at(-1);
              const range = document.createRange();
              range.setStart(node, node.data.lastIndexOf(text));
              range.setEnd(node, node.data.lastIndexOf(text) + text.length);
              const { x, y, width, height } = range.getBoundingClientRect();
              return { x: x + width / 2, y: y + height / 2 };
            }""",
            text,
        )
        self.page.mouse.move(place["x"] - 3, place["y"] + 2)
        self.page.mouse.move(place["x"], place["y"])

    @contextmanager
    def hold_next_run(self) -> Generator[None]:
        """Keep the run that is asked for meanwhile from the service; those after it go through."""
        self.page.route("**/api/v1/runs", lambda _: None, times=1)
        with self.page.expect_request("**/api/v1/runs"):
            yield

    def answer_runs(self, status: int, headers: dict[str, str], body: str) -> None:
        """Have every run answered with this, and not by the service."""
        self.page.route("**/api/v1/runs", lambda route: route.fulfill(status=status, headers=headers, body=body))

    def step_to(self, text: str) -> None:
        """Go forward, from the beginning, to the first step whose sentence has `text` in it."""
        if self.slider.input_value() != "0":
            self.step_button("First step").click()
        expect(self.slider).to_have_value("0")
        self._step_until("said", text)

    def _step_until(self, where: Literal["said", "lit"], text: str, times: int = 1) -> None:
        # Within the page, where a step takes no messages between the test and the browser.
        button = self.step_button("One step forward").element_handle()
        if not self.slider.evaluate(STEPPING, [button, where, text, times]):
            raise AssertionError(f"{times} steps do not have {text!r}")

    def accessibility_violations(self) -> list[str]:
        """What axe-core finds wrong with the page as it is now."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate("axe.run().then((result) => result.violations)")
        return [f"{rule['id']}: {[node['html'][:120] for node in rule['nodes']]}" for rule in found]

    # Places

    @property
    def run_button(self) -> Locator:
        """Starts a run; while one goes on, it is Cancel instead."""
        return self.page.get_by_role("button", name="Run", exact=True)

    @property
    def cancel_button(self) -> Locator:
        """Ends the run that goes on."""
        return self.page.get_by_role("button", name="Cancel", exact=True)

    @property
    def notice(self) -> Locator:
        """Why there is no answer, or why the program did not end by itself."""
        return self.page.get_by_role("alert")

    @property
    def news(self) -> Locator:
        """What a screen reader is told."""
        return self.page.get_by_role("status")

    def cell(self, number: int) -> Locator:
        """A cell, counted from 1."""
        return self.page.get_by_role("article", name=f"Cell {number}", exact=True)

    def editor(self, number: int) -> Locator:
        """The code of a cell."""
        return self.cell(number).get_by_role("textbox")

    def code(self, number: int) -> str:
        """The code of a cell, without what the editor shows beside it."""
        lines = (
            self.editor(number)
            .locator(".cm-line")
            .evaluate_all(
                """lines => lines.map(line => {
              const copy = line.cloneNode(true);
              copy.querySelectorAll(".tp-hint, button, .cm-placeholder").forEach(part => part.remove());
              return copy.textContent;
            })"""
            )
        )
        return "\n".join(lines)

    def tool(self, number: int, name: str) -> Locator:
        """A button in the head of a cell."""
        return self.cell(number).get_by_role("button", name=name, exact=True)

    def hints(self, number: int) -> Locator:
        """What the lines of a cell say that they made."""
        return self.cell(number).locator(".tp-hint")

    def error(self, number: int) -> Locator:
        """The error of a cell, explained in its code."""
        return self.cell(number).locator("tp-error")

    @property
    def peek(self) -> Locator:
        """The value of the code that is pointed at or selected."""
        return self.page.locator("tp-value-tooltip")

    @property
    def completions(self) -> Locator:
        """The names that the editor offers."""
        return self.page.get_by_role("listbox", name="Completions").get_by_role("option")

    @property
    def live(self) -> Locator:
        """Whether the program runs as it is typed."""
        return self.page.get_by_role("switch", name="Live")

    def printed(self, number: int) -> Locator:
        """What a cell printed."""
        return self.cell(number).get_by_role("group", name="Printed", exact=True)

    def result(self, number: int) -> Locator:
        """A cell's last expression."""
        return self.cell(number).get_by_role("group", name="Result", exact=True)

    def card(self, name: str) -> Locator:
        """The card of a tensor."""
        return self.page.get_by_role("article", name=name, exact=True)

    def elements(self, name: str) -> Locator:
        """The cells of a tensor's own values."""
        return self.card(name).get_by_role("grid", name="Values of shape").locator("[role=gridcell]")

    def gradient(self, name: str) -> Locator:
        """The cells of a tensor's gradient."""
        return self.card(name).get_by_role("grid", name="Gradient of shape").locator("[role=gridcell]")

    def heat_map(self, name: str) -> Locator:
        """The picture of a large tensor."""
        return self.card(name).get_by_role("application", name="Heat map of shape")

    def show(self, name: str) -> Locator:
        """The button that shows a tensor in the graph and the code."""
        return self.card(name).get_by_role("button", name=f"Show {name} in the graph and the code")

    @property
    def views(self) -> Locator:
        """The tabs that choose a view of the run."""
        return self.page.get_by_role("tablist", name="Views of the run", exact=True)

    @property
    def graph_tabs(self) -> Locator:
        """The tabs that choose a graph."""
        return self.page.get_by_role("tablist", name="Computation graph", exact=True).get_by_role("tab")

    def graph(self, name: str) -> Locator:
        """The picture of the graph of a variable, which can have the focus."""
        return self.page.get_by_role("tabpanel").get_by_role("group", name=f"Computation graph of {name}", exact=True)

    def node(self, name: str) -> Locator:
        """The node of the graph that is shown whose heading is `name`."""
        return (
            self.page.get_by_role("tabpanel")
            .locator("[data-node]")
            .filter(has=self.page.get_by_text(name, exact=True))
            .first
        )

    @property
    def slider(self) -> Locator:
        """The slider of the timeline; its value counts the stops from 0."""
        return self.page.get_by_role("slider", name="Timeline")

    @property
    def count(self) -> Locator:
        """Which step, or which round, is shown of how many."""
        return self.page.locator("tp-timeline .count")

    def step_button(self, name: str) -> Locator:
        """A button of the timeline."""
        return self.page.get_by_role("group", name="Timeline").get_by_role("button", name=name, exact=True)

    @property
    def said(self) -> Locator:
        """What the step did, in words."""
        return self.page.locator("tp-timeline .said p")

    @property
    def details(self) -> Locator:
        """The details of the step."""
        return self.page.get_by_role("group", name="Details of this step")

    def ahead(self, name: str) -> Locator:
        """That node, where it is drawn as not reached yet."""
        return self.page.get_by_role("tabpanel").locator(".ahead").filter(has=self.page.get_by_text(name, exact=True))

    @property
    def rings(self) -> Locator:
        """The rings around the nodes that are lit."""
        return self.page.get_by_role("tabpanel").locator(".halo")

    @property
    def lit_source(self) -> Locator:
        """The source that is lit."""
        return self.page.locator(".tp-lit")
