"""The README's picture of the page: `make screenshot`, or `python -m tests.e2e.screenshots [FILE]`.

The page opens on an example that it runs by itself; the picture is taken when its graph is there.
"""

import base64
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

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


def take(url: str, picture: Path) -> None:
    """Photograph the page at `url`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=list(FLAGS))
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=SCALE,
            color_scheme="light",
            reduced_motion="reduce",
            locale="en-US",
        )
        # The first run of a service that has only just started is no picture of the others.
        for _ in range(2):
            page.goto(url)
            page.locator("tp-graph svg").first.wait_for()
        page.wait_for_load_state("networkidle")
        png = page.screenshot(animations="disabled")
        # The page's own policy forbids fetching data.
        page.goto("about:blank")
        webp: str = page.evaluate(_TO_WEBP, base64.b64encode(png).decode())
        picture.write_bytes(base64.b64decode(webp))
        browser.close()


def main() -> None:
    """Start a service and take the picture."""
    picture = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    with TemporaryDirectory() as directory, running_service(Path(directory) / "log") as url:
        take(url, picture)
    print(f"{picture}: {picture.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
