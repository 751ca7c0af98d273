"""The page from opening it to the example's graph on the screen, in a browser that has never been there.

NOTE. How it is measured:
1. Every visit has a profile of its own, so nothing comes out of a cache; the service is warm, as it is for a visitor.
2. The browser tells when each part had arrived (its resource timing); a script that is there before the page's looks at
   every frame whether the graph is drawn, and the frame after is the one that shows it.
3. All parts count from the start of the navigation. Starting the browser itself is not part of it; the last part holds the
   run, its answer and the drawing of it.
"""

import tempfile
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.requirements import CannotRun
from tests.benchmarks.timing import Sample, Series
from tests.e2e.conftest import FLAGS, installed_chromium
from tests.support.service import NotReady, running_service

VISITS: Final = 15
PARTS: Final = ("document", "script", "run asked for", "graph on the screen")

_WATCH: Final = """
const inside = (root, ...names) =>
  names.reduce((found, name) => (found?.shadowRoot ?? found)?.querySelector(name) ?? null, root);
window.graphShown = new Promise((shown) => {
  const look = () => {
    const drawn = inside(document, "tp-app", "tp-results", "tp-graphs", "tp-graph", ".stage svg");
    if (drawn === null) requestAnimationFrame(look);
    else requestAnimationFrame(() => shown(performance.now()));
  };
  requestAnimationFrame(look);
});
"""
_READ: Final = """async () => {
  const shown = await window.graphShown;
  const entries = await new Promise((seen) => {
    const all = [];
    const isRun = ({ name }) => name.endsWith("/api/v1/runs");
    new PerformanceObserver((list) => {
      all.push(...list.getEntries());
      if (all.some(isRun)) seen(all);
    }).observe({ type: "resource", buffered: true });
  });
  const of = (part) => entries.find(({ name }) => part.test(new URL(name).pathname));
  const [page] = performance.getEntriesByType("navigation");
  return [page.responseEnd, of(/index-[^/]*\\.js$/).responseEnd, of(/runs$/).startTime, shown];
}"""


def run() -> None:
    """Measure and print. Raises CannotRun."""
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=list(FLAGS))
        try:
            with running_service(Path(directory, "log"), requests_per_minute=1_000_000) as url:
                _visit(browser, url)
                series = Series([_visit(browser, url) for _ in range(VISITS)])
        except NotReady as error:
            raise CannotRun(str(error)) from error
        finally:
            browser.close()
    _print(series)


def _visit(browser: Browser, url: str) -> Sample:
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(url)
    times: list[Any] = page.evaluate(_READ)
    context.close()
    until = [float(time) / 1_000 for time in times]
    parts = {name: now - before for name, before, now in zip(PARTS, [0.0, *until], until, strict=False)}
    return Sample(until[-1], parts)


def _print(series: Series) -> None:
    print(f"From opening the page to the example's graph on the screen, cold cache: {VISITS} visits, median")
    for name, (median, share) in series.parts().items():
        print(f"  {'+ ' + name:30}{median * 1_000:>9.1f} ms{share:>12.1%}")
    print(f"  {'in all':30}{series.median * 1_000:>9.1f} ms   p90 {series.ninetieth * 1_000:.1f} ms")
