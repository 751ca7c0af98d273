"""Pages of another site with `<tensor-pad>` in them, before a service of our own making whose script is the real one.

What stands behind its `/embed` says that it ran and how high it is, and repeats what it is told as the detail of a step.
"""

import base64
import json
import zlib
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Locator, Page

from tests.e2e.support.site import Resource, Site

SCRIPT = Path(__file__).parents[3] / "backend" / "tensorpad" / "static" / "embed.js"
HEIGHT = 222
_OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120"><rect width="300" height="120" fill="teal"/></svg>'
)
_EMBEDDED = f"""<!doctype html><html lang="en"><title>embedded</title><body><script>
const say = (message) => parent.postMessage({{ source: "tensorpad", ...message }}, "*");
const height = {HEIGHT};
onmessage = ({{ data }}) => {{
  if (data.target !== "tensorpad") return;
  if (data.type === "height") say({{ type: "height", height }});
  else say({{ type: "step", detail: {{ step: data.step ?? null, told: data }} }});
}};
say({{ type: "height", height: 40 }});
say({{ type: "run", detail: {{ status: "ok" }} }});
say({{ type: "height", height }});
</script>"""
_LISTEN = """
window.heard = [];
for (const type of ["run", "step", "answer", "error"])
  addEventListener(`tensorpad:${type}`, ({ detail }) => heard.push({ type, detail }));
"""


class PadsPage:
    """A page of the site `host`. `complaints` gathers what the browser says in its console."""

    def __init__(self, page: Page, host: Site, service: Site) -> None:
        self.page = page
        self.host = host
        self.service = service
        self.complaints: list[str] = []
        service.pages["/embed.js"] = Resource(SCRIPT.read_text(encoding="utf-8"), "text/javascript", _OPEN)
        service.pages["/embed"] = Resource(_EMBEDDED)
        service.pages["/api/v1/graph.svg"] = Resource(_PICTURE, "image/svg+xml", _OPEN)
        page.add_init_script(_LISTEN)
        page.on("console", lambda message: self.complaints.append(message.text))

    def show(self, body: str, head: str | None = None, policy: str = "") -> None:
        """Open a page with this body, and in its head by default the script of the service."""
        script = f'<script async src="{self.service.url}/embed.js"></script>' if head is None else head
        headers = {"Content-Security-Policy": policy} if policy else {}
        self.host.pages["/"] = Resource(
            f"<!doctype html><html><head>{script}</head><body>{body}</body></html>", headers=headers
        )
        self.page.goto(self.host.url)

    def pad(self, number: int = 0) -> Locator:
        """One of the pads, from 0."""
        return self.page.locator("tensor-pad").nth(number)

    def frame(self, number: int = 0) -> Locator:
        """The frame in which a pad is live."""
        return self.pad(number).locator("iframe")

    def content(self, number: int = 0) -> Frame:
        """What is in that frame."""
        frame = self.frame(number).element_handle().content_frame()
        assert frame is not None
        return frame

    def cells(self, number: int = 0) -> list[str]:
        """The program that a live view was given."""
        text = (self.frame(number).get_attribute("src") or "").partition("#code/")[2]
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        found: list[str] = json.loads(zlib.decompress(data, wbits=-15))["cells"]
        return found

    def asked(self, path: str) -> list[str]:
        """The addresses that began with this path and were asked of the service."""
        return [address for address in self.service.asked if address.startswith(path)]

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """The details of the events of a kind so far."""
        found: list[dict[str, Any]] = self.page.evaluate(
            "kind => heard.filter(({ type }) => type === kind).map(({ detail }) => detail)", kind
        )
        return found

    def wait_heard(self, kind: str, number: int) -> None:
        """Wait until there were as many events of a kind."""
        count = "([kind, number]) => heard.filter(({ type }) => type === kind).length >= number"
        self.page.wait_for_function(count, arg=[kind, number])
