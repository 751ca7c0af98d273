"""How soon the page shows a step that a person goes to, on a processor four times as slow as this one.

NOTE. How it is measured:
1. Chromium slows the page's own threads down (`Emulation.setCPUThrottlingRate`), once the program has run.
2. The browser itself tells how long each click and key took, from the hardware to the frame that shows what came of it
   (Event Timing); it counts in steps of 8 ms, and reports events from 16 ms on. Others count as 8 ms.
3. It tells nothing of a pointer that drags. There the time is from the slider's `input` to the task after the next frame.
4. Steps are real clicks and key presses, each once the frame of the one before is there; scrubbing is a real pointer that
   drags the slider from one end to the other. INP is the 98th percentile of a kind, as browsers report it.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.benchmarks.requirements import CannotRun
from tests.benchmarks.sizes import PROGRAMS
from tests.e2e.conftest import FLAGS, TOUR_SEEN, installed_chromium
from tests.support.service import NotReady, running_service

SLOWER: Final = 4
STEPS: Final = 40
DRAGS: Final = 60
_TRAINING: Final = """import torch
from torch import nn

model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
inputs = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
wanted = torch.tensor([[0.], [1.], [1.], [0.]])
optimiser = torch.optim.Adam(model.parameters(), lr=0.1)
for round in range(60):
    loss = nn.functional.mse_loss(model(inputs), wanted)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
"""
MEASURED: Final = {"train a small network": _TRAINING, "100 steps of SGD": PROGRAMS["100 steps of SGD"]}

_OBSERVE: Final = """() => {
  window.timings = [];
  const take = (list) => timings.push(...list.map(({ name, duration }) => [name, duration]));
  window.observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: "event", durationThreshold: 16 });
  addEventListener("input", ({ timeStamp }) =>
    requestAnimationFrame(() => setTimeout(() => timings.push(["drag", performance.now() - timeStamp]))), true);
  window.takeTimings = async () => {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
    take(observer.takeRecords());
    return timings.splice(0);
  };
}"""
_FRAME: Final = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def run() -> None:
    """Measure and print. Raises CannotRun."""
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=list(FLAGS))
        try:
            with running_service(Path(directory, "log")) as url:
                print(f"From an event to the frame that shows the step, processor {SLOWER} times as slow")
                for name, program in MEASURED.items():
                    _measure(browser, url, name, program)
        except NotReady as error:
            raise CannotRun(str(error)) from error
        finally:
            browser.close()


def _measure(browser: Browser, url: str, name: str, program: str) -> None:
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(TOUR_SEEN)
    page.goto(url)
    expect(page.locator(".cm-content")).to_have_count(3)
    for _ in range(2):
        page.get_by_role("button", name="Delete the cell").last.click()
    page.locator(".cm-content").fill(program)
    with page.expect_response(lambda response: response.url.endswith("/api/v1/runs")):
        page.keyboard.press("Control+Enter")
    expect(page.locator("section.results")).to_have_attribute("aria-busy", "false", timeout=60_000)
    page.evaluate(_OBSERVE)
    tools: Any = context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    stops = page.get_by_role("slider", name="Timeline").get_attribute("max")
    print(f"  {name}, {stops} steps")
    for kind, (events, timings) in {
        "step by a button": ("click", _clicks(page)),
        "step by a key": ("keydown", _keys(page)),
        "scrub": ("drag", _scrub(page)),
    }.items():
        told = [duration for event, duration in timings if event == events]
        _print(kind, told, max(len(told), DRAGS if kind == "scrub" else STEPS))
    context.close()


def _clicks(page: Page) -> list[tuple[str, float]]:
    page.get_by_role("slider", name="Timeline").press("Home")
    button = page.get_by_role("button", name="One step forward", exact=True)
    return _timed(page, button.click)


def _keys(page: Page) -> list[tuple[str, float]]:
    return _timed(page, lambda: page.keyboard.press("ArrowRight"))


def _timed(page: Page, act: Callable[[], object]) -> list[tuple[str, float]]:
    page.evaluate("takeTimings()")
    for _ in range(STEPS):
        act()
        page.evaluate(_FRAME)
    found: list[tuple[str, float]] = page.evaluate("takeTimings()")
    return found


def _scrub(page: Page) -> list[tuple[str, float]]:
    box = page.get_by_role("slider", name="Timeline").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.evaluate("takeTimings()")
    page.mouse.move(box["x"] + 8, y)
    page.mouse.down()
    for drag in range(1, DRAGS + 1):
        page.mouse.move(box["x"] + 8 + (box["width"] - 16) * drag / DRAGS, y)
        page.evaluate(_FRAME)
    page.mouse.up()
    found: list[tuple[str, float]] = page.evaluate("takeTimings()")
    return found


def _print(kind: str, told: list[float], count: int) -> None:
    durations = sorted([*told, *[8.0] * (count - len(told))])
    median, inp, worst = durations[len(durations) // 2], durations[int(0.98 * (len(durations) - 1))], durations[-1]
    print(f"    {kind:20}{median:>8.0f} ms   INP {inp:.0f} ms   longest {worst:.0f} ms   ({len(told)} from 16 ms on)")
