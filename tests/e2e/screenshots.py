"""Pictures of the page: `make screenshot` and `make screenshots`, or `python -m tests.e2e.screenshots [--all FOLDER]`.

The README's is of the example that the page opens on. With `--all`, every view is photographed into a folder, in light and
dark, English and Chinese, on a desk and on a phone, for a person to look at.
"""

import argparse
import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.conftest import FLAGS, installed_chromium
from tests.support.service import running_service

PICTURE = Path("frontend/screenshot.webp")
WIDTH, HEIGHT = 1280, 788
SCALE = 2
"""Pixels of the picture for each of the page's, for screens that are fine."""

# A browser photographs as PNG or JPEG: the first is large, the second blurs text. Its canvas can write WebP.
_TO_WEBP = """async png => {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.9 });
  return btoa(Array.from(new Uint8Array(await blob.arrayBuffer()), byte => String.fromCharCode(byte)).join(""));
}"""


MEMORY = "x = torch.arange(6.).view(2, 3)\ny = x[0]\nc = x[:, 1]\ny += 10\na = x.numpy()\na[1, 1] = 50"
BROADCAST = "column = torch.tensor([[1.], [2.], [3.]])\nrow = torch.tensor([10., 20.])\ntable = column + row"
ERROR = "x = torch.ones(2, 3)\nw = torch.ones(2, 4)\nx @ w"
LARGE = "x = torch.randn(400, 400).cumsum(0)"


@dataclass(frozen=True)
class Shot:
    """One picture: how the browser is set, and what is done before it is taken."""

    name: str
    prepare: Callable[[Page], None] = lambda page: None
    scheme: Literal["light", "dark"] = "light"
    locale: str = "en-US"
    width: int = 1440
    height: int = 900


def _back(steps: int) -> Callable[[Page], None]:
    """Go back from the end."""

    def act(page: Page) -> None:
        page.locator("tp-timeline").get_by_role("slider").focus()
        for _ in range(steps):
            page.keyboard.press("ArrowLeft")

    return act


def _program(code: str, *then: Callable[[Page], None]) -> Callable[[Page], None]:
    """Run one cell of code, by its address, and act."""

    def act(page: Page) -> None:
        with page.expect_response(lambda response: response.url.endswith("/api/v1/runs")):
            page.locator(".cm-content").last.fill(code)
            page.keyboard.press("Control+Enter")
        expect(page.locator("section.results")).to_have_attribute("aria-busy", "false")
        for step in then:
            step(page)

    return act


def _view(place: int) -> Callable[[Page], None]:
    """Open a view by the place of its tab."""
    return lambda page: page.locator(".views > tp-tabs").get_by_role("tab").nth(place).click()


def _button(place: int) -> Callable[[Page], None]:
    """Open a dialog from the header."""

    def act(page: Page) -> None:
        page.locator("tp-header").get_by_role("button").nth(place).click()
        expect(page.get_by_role("dialog").first).to_be_visible()

    return act


SHOTS = (
    Shot("light"),
    Shot("dark", scheme="dark"),
    Shot("chinese", locale="zh-CN"),
    Shot("phone", width=375, height=800),
    Shot("phone-dark-chinese", _back(5), "dark", "zh-CN", 375, 800),
    Shot("backward-step", _back(5)),
    Shot("backward-step-dark-chinese", _back(5), "dark", "zh-CN"),
    Shot("memory", _program(MEMORY, _view(1), _back(3))),
    Shot("memory-dark", _program(MEMORY, _view(1), _back(3)), "dark"),
    Shot("broadcasting", _program(BROADCAST, _back(1))),
    Shot("derivation", _view(2)),
    Shot("derivation-dark-chinese", _view(2), "dark", "zh-CN"),
    Shot("error", _program(ERROR)),
    Shot("error-dark-chinese", _program(ERROR), "dark", "zh-CN"),
    Shot("large", _program(LARGE)),
    Shot("examples", _button(0)),
    Shot("share", _button(1), "dark"),
)


def take(browser: Browser, url: str, shot: Shot, scale: int = 1) -> tuple[Page, bytes]:
    """The page as a shot asks for it, and its picture as PNG."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=scale,
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        locale=shot.locale,
    )
    page.add_init_script("localStorage.setItem('tensorpad.tour', 'seen')")
    # The first run of a service that has only just started is no picture of the others.
    for _ in range(2):
        page.goto(url)
        page.locator("tp-graph svg").first.wait_for()
    page.locator(".cm-content").first.wait_for()
    shot.prepare(page)
    page.wait_for_load_state("networkidle")
    return page, page.screenshot(animations="disabled")


def _for_readme(browser: Browser, url: str) -> None:
    page, png = take(browser, url, Shot("readme", width=WIDTH, height=HEIGHT), SCALE)
    # The page's own policy forbids fetching data.
    page.goto("about:blank")
    webp: str = page.evaluate(_TO_WEBP, base64.b64encode(png).decode())
    PICTURE.write_bytes(base64.b64decode(webp))
    print(f"{PICTURE}: {PICTURE.stat().st_size / 1000:.0f} kB")


def _all(browser: Browser, url: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        page, png = take(browser, url, shot)
        page.close()
        (folder / f"{shot.name}.png").write_bytes(png)
        print(folder / f"{shot.name}.png")


def main() -> None:
    """Start a service and take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.screenshots", description="Photograph the page.")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every view, into this folder")
    folder: Path | None = parser.parse_args().all
    with TemporaryDirectory() as directory, running_service(Path(directory) / "log") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=list(FLAGS))
        if folder is None:
            _for_readme(browser, url)
        else:
            _all(browser, url, folder)
        browser.close()


if __name__ == "__main__":
    main()
