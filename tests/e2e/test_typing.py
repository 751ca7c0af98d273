"""How long a keystroke in live mode takes to become new values: printed, with the debounce apart (`pytest -s`)."""

import statistics

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.support.page import PlaygroundPage

DEBOUNCE_MS = 150
"""`DEBOUNCE_MS` of `frontend/src/run/live.ts`."""
MOST_REQUESTS = 3
"""Most time for a keystroke, beside the debounce, as a multiple of what a request for the run takes by itself."""
KEYS = 24

PROGRAM = """import torch
x = torch.ones(2, 2, requires_grad=True)
z = (x + 2) ** 2 * 3
z.mean().backward()
k = 1
value = torch.tensor([k * 100000 + 4321])"""

# From the time of the key event itself to the frame in which a cell of a table first has the value.
_WAIT = """expected => new Promise(resolve => {
  const cells = root => [...root.querySelectorAll("*")].some(
    element => (element.localName === "td" && element.textContent.trim() === expected)
      || (element.shadowRoot !== null && cells(element.shadowRoot)));
  const look = () => cells(document) ? resolve(performance.now() - window.pressed) : requestAnimationFrame(look);
  look();
})"""


_ASK = """async code => {
  const began = performance.now();
  const body = JSON.stringify({ cells: [code] });
  const response = await fetch("/api/v1/runs", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  await response.json();
  return performance.now() - began;
}"""


@pytest.mark.long
def test_a_keystroke_becomes_new_values_at_once(page: Page, server_url: str) -> None:
    playground = PlaygroundPage(page, server_url)
    playground.open()
    playground.run(PROGRAM)
    playground.live.click()
    page.evaluate("addEventListener('keydown', event => { window.pressed = event.timeStamp; }, true)")
    playground.editor(1).press("Control+End")
    playground.editor(1).press("ArrowUp")
    playground.editor(1).press("End")
    took: list[float] = []
    requests: list[float] = []
    for key in range(KEYS):
        digit = key % 8 + 2
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press(str(digit))
        took.append(page.evaluate(_WAIT, str(digit * 100000 + 4321)))
        requests.append(page.evaluate(_ASK, PROGRAM))
    expect(playground.hints(1).last).to_contain_text("value")
    beside = sorted(each - DEBOUNCE_MS for each in took)
    median, request = statistics.median(beside), statistics.median(requests)
    print(
        f"\nkeystroke to new values, beside {DEBOUNCE_MS} ms of debounce: median {median:.0f} ms, "
        f"fastest {beside[0]:.0f} ms, slowest {beside[-1]:.0f} ms ({KEYS} keys); the request alone: median {request:.0f} ms"
    )
    assert median <= MOST_REQUESTS * request
