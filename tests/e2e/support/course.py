"""A course page of another site, made of every example of docs/embedding.md."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Frame, Locator, Page, expect

from tests.e2e.support.site import Resource, Site, site
from tests.support.client import until
from tests.support.documents import Fence, of_kind

DOCUMENT = "docs/embedding.md"
SERVER = "https://pad.example.org"
"""The server in the document."""
_STYLE = "body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 17px/1.6 Georgia, serif; }"
_WORDS = "<p>Each operation remembers what its derivative needs, so that the way back can be walked later. </p>" * 6
# In every frame: a refusal is an error of the console.
_WATCH = """addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  console.error(`refused by ${effectiveDirective}: ${blockedURI}`);
});"""


def on(server: str, fences: list[Fence]) -> list[str]:
    """Examples of the document, with this server in place of its own."""
    return [fence.text.replace(SERVER, server.rstrip("/")) for fence in fences]


def policy(server: str) -> str:
    """A strict policy, and the lines that the document gives."""
    [lines] = on(server, of_kind("policy", DOCUMENT))
    return "; ".join(("default-src 'self'", *lines.strip().splitlines()))


def html(server: str) -> str:
    """The page."""
    examples = "".join(f"{_WORDS}{example}" for example in on(server, of_kind("embed", DOCUMENT)))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Course</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="course.css"></head>'
        f'<body><h1>Gradients</h1><p><input aria-label="Notes"></p>{examples}{_WORDS}'
        '<script src="course.js"></script></body></html>'
    )


def fill(found: Site, server: str) -> None:
    """Put the page on a site, with a strict policy, and a page that has it in a sandbox."""
    headers = {"Content-Security-Policy": policy(server)}
    found.pages["/course.html"] = Resource(html(server), headers=headers)
    found.pages["/course.css"] = Resource(_STYLE, "text/css")
    found.pages["/course.js"] = Resource("".join(on(server, of_kind("listener", DOCUMENT))), "text/javascript")
    # Some browsers ask for it, and complain if there is none.
    found.pages["/favicon.ico"] = Resource("", "image/x-icon")
    found.pages["/sandbox.html"] = Resource(
        "<!doctype html><style>body { margin: 0 } iframe { width: 100%; height: 100vh; border: 0; display: block }</style>"
        '<iframe sandbox="allow-scripts" title="Course" src="course.html"></iframe>'
    )


@contextmanager
def course(place: str, server: str, folder: Path) -> Generator[str]:
    """The address of the page on another site, in a sandbox there, or in a file."""
    with site("localhost") as found:
        fill(found, server)
        if place != "file":
            yield f"{found.url}/{'course' if place == 'site' else place}.html"
            return
        for path in ("course.html", "course.css", "course.js"):
            (folder / path).write_text(found.pages[f"/{path}"].content, encoding="utf-8")
        yield (folder / "course.html").as_uri()


class CoursePage:
    """What a reader does on it. `complaints` gathers errors and warnings of the console, in all frames."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.page.add_init_script(_WATCH)
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, address: str) -> None:
        """Open the page at its top."""
        self.page.goto(address)
        expect(self.pads).to_have_count(3)

    @property
    def frame(self) -> Frame:
        """The frame that the page is in."""
        [found] = [frame for frame in self.page.frames if frame.url.endswith("/course.html")]
        return found

    @property
    def pads(self) -> Locator:
        """Its pads."""
        return self.frame.locator("tensor-pad")

    @property
    def views(self) -> list[Frame]:
        """What is live in it."""
        return [frame for frame in self.page.frames if "/embed?" in frame.url]

    def scroll_past(self) -> None:
        """Turn the wheel over the middle of the page until its end. A frame that keeps the wheel is not passed.

        The wheel is turned again where nothing moved: it is lost over a frame that has just begun to live, and the page also
        moves up while what is above grows smaller.
        """
        size = self.page.viewport_size
        assert size is not None
        self.page.mouse.move(size["width"] / 2, size["height"] / 2)
        at_end = "scrollY + innerHeight >= document.documentElement.scrollHeight - 1"

        def turn() -> bool:
            self.page.mouse.wheel(0, 240)
            return bool(self.frame.evaluate(f"() => new Promise(requestAnimationFrame).then(() => {at_end})"))

        until(turn, "the end of the page is reached")

    def start(self, pad: Locator) -> float:
        """Press a pad's button, and wait until it is live; the seconds that this took."""
        seconds: float = pad.evaluate("""async (pad) => {
          const root = pad.shadowRoot.querySelector(".pad");
          const began = performance.now();
          pad.shadowRoot.querySelector("button").click();
          await new Promise((live) => {
            const look = () => (root.dataset.phase === "live" ? live() : requestAnimationFrame(look));
            look();
          });
          return (performance.now() - began) / 1000;
        }""")
        return seconds

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)
