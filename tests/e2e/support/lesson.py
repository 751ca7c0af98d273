"""What a person does on the page of a lesson, and where they look."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.support.page import AXE
from tests.support.client import Client

DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))"
"""Ends once all is drawn, and what is to be seen was brought into view: a frame after the two that the page waits for."""
Act = Callable[[Locator], None]
"""How a person presses something: by mouse, or by keyboard."""
_TABS = 120
"""So many presses of Tab lead around any page."""


@dataclass(frozen=True)
class Words:
    """What the page calls its parts."""

    lang: str
    program: str
    predict: str
    check_answer: str
    go_on: str
    finish: str
    right: str
    check: str
    passed: str
    solution: str
    use_solution: str
    add_line: str
    summary: str


EN = Words(
    "en", "Program {}", "Predict first", "Check against the run", "Next question", "See all results", "Right.", "Check",
    "does what was asked", "Show a solution", "Put it into the editor", "Add: {}", "predicted",
)  # fmt: skip
ZH = Words(
    "zh-CN", "程序 {}", "先预测", "和运行结果对照", "下一题", "查看全部结果", "答对了。", "检查",
    "程序符合要求", "查看参考答案", "放进编辑器", "放入：{}", "预测对了",
)  # fmt: skip


class LessonPage:
    """A lesson at `/learn/{slug}`. `problems` gathers what the browser complains of."""

    def __init__(self, page: Page, client: Client, server_url: str, slug: str, words: Words = EN) -> None:
        self.page, self.words, self._client = page, words, client
        self.address = f"{server_url}/learn/{slug}?lang={words.lang}"
        self.lesson: dict[str, Any] = client.http.get(f"/api/v1/lessons/{slug}", params={"lang": words.lang}).json()
        self.sections = [section for section in self.lesson["sections"] if section["stage"] is not None]
        self.cells = [block for section in self.sections for block in section["blocks"] if block["kind"] == "cell"]
        self.problems: list[str] = []
        page.on("console", lambda message: self.problems.append(message.text) if message.type == "error" else None)

    def open(self, part: int = 1) -> None:
        """Open a part, by its number."""
        self.page.goto(f"{self.address}#part-{part}")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.lesson["title"])

    def answers(self, number: int) -> list[tuple[str, str]]:
        """The kind of each gate of a program, and what its run says."""
        before = [cell["code"] for cell in self.cells if cell["number"] < number and not cell["raises"]]
        code = self.cells[number - 1]["code"]
        response = self._client.post(cells=[*before, code], include=["gates"], lang=self.words.lang)
        gates = [gate for gate in response.json()["gates"] if gate["cell"] == len(before) and gate["problem"] is None]
        return [(gate["kind"], gate["answer"]) for gate in gates]

    def bench(self, number: int) -> Locator:
        """A program with its views."""
        caption = self.page.get_by_text(self.words.program.format(number), exact=True)
        return self.page.locator("tp-workbench").filter(has=caption)

    def gates(self, number: int) -> Locator:
        """What a program asks."""
        return self.bench(number).get_by_role("group", name=self.words.predict)

    def predict(self, number: int, press: Act) -> None:
        """Answer all that a program asks, rightly."""
        asked, words = self.gates(number), self.words
        for kind, answer in self.answers(number):
            if kind in ("shape", "value", "grad") and answer not in ("True", "False"):
                write(asked.get_by_role("textbox"), answer, press)
            else:
                choose(asked.locator(f'input[type="radio"][value="{_quoted(answer)}"]'), press)
            press(asked.get_by_role("button", name=words.check_answer))
            expect(asked).to_contain_text(words.right)
            self.page.evaluate(DRAWN)
            expect(asked.get_by_text(words.right, exact=True)).to_be_in_viewport()
            press(asked.get_by_role("button", name=words.go_on).or_(asked.get_by_role("button", name=words.finish)))
        if self.answers(number):
            expect(asked).to_contain_text(words.summary)
        expect(self.bench(number).locator("tp-viewer .panel [tabindex], tp-viewer tp-variables").first).to_be_visible()

    def solve(self, block: dict[str, Any], press: Act) -> None:
        """Look an exercise up after two tries, or put the lines in order; then have it checked."""
        if block["kind"] == "parsons":
            place = self.page.locator("tp-parsons")
            for line in block["lines"]:
                if not line["distractor"]:
                    press(place.get_by_role("button", name=self.words.add_line.format(line["text"]), exact=True).first)
        else:
            place = self.page.locator("tp-exercise")
            for _ in range(2):
                press(self.check_button(place))
                expect(place.locator("tp-verdict .verdict")).to_be_visible()
                expect(self.check_button(place)).to_be_enabled()
            press(place.get_by_text(self.words.solution))
            press(place.get_by_role("button", name=self.words.use_solution))
        press(self.check_button(place))
        expect(place.locator("tp-verdict")).to_contain_text(self.words.passed)

    def check_button(self, place: Locator) -> Locator:
        """What has an exercise checked."""
        return place.get_by_role("button", name=self.words.check, exact=True)

    def read_section(self, section: dict[str, Any], press: Act) -> None:
        """Do what there is to do in a section."""
        for block in section["blocks"]:
            if block["kind"] == "cell":
                self.predict(block["number"], press)
            elif block["kind"] in ("exercise", "parsons"):
                self.solve(block, press)

    @property
    def turn_button(self) -> Locator:
        """Leads to the next section; after the last, to the next lesson."""
        return self.page.locator(".turns .primary")

    def accessibility_violations(self) -> list[str]:
        """What axe finds."""
        return violations(self.page)


def violations(page: Page) -> list[str]:
    """What axe finds in a page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(({ violations }) => violations)")
    return [f"{rule['id']}: {[node['html'][:120] for node in rule['nodes']]}" for rule in found]


def click(place: Locator) -> None:
    """Press something by mouse."""
    place.click()


def key(place: Locator) -> None:
    """Press something by keyboard alone: Tab as far as it, then Enter."""
    _tab_to(place)
    place.page.keyboard.press("Enter")


def write(place: Locator, text: str, press: Act) -> None:
    """Write a text into a field."""
    if press is key:
        _tab_to(place)
        place.page.keyboard.type(text)
    else:
        place.fill(text)


def choose(place: Locator, press: Act) -> None:
    """Pick one of several."""
    if press is click:
        place.check()
        return
    page = place.page
    _tab_to(page.locator('tp-gate-form input[type="radio"]').first)
    while not place.is_checked():
        page.keyboard.press("ArrowDown")


def _tab_to(place: Locator) -> None:
    expect(place).to_be_enabled()
    for _ in range(_TABS):
        # What is in a shadow root is the active element of that root.
        if place.evaluate("element => element.getRootNode().activeElement === element"):
            return
        place.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {place}")


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
