"""What a program displays besides text: figures, tables and pictures in the output of their cell."""

from playwright.sync_api import expect

from tests.e2e.support.page import PlaygroundPage
from tests.e2e.test_hostile_output import assert_harmless

PLOTS = """import matplotlib.pyplot as plt
from tqdm import tqdm
for epoch in tqdm(range(40)):
    pass
plt.plot([3, 2, 1])
plt.title('Loss by epoch')
plt.show()
plt.plot([1, 2, 3])
plt.xlabel('round')
plt.ylabel('accuracy')
x = 1"""
TABLE = "import pandas as pd\npd.DataFrame({'lr': [0.1, 0.01], 'loss': [1.5, 2.5]})"
FORMULAS = """from IPython.display import Latex, Math
display(Latex(r'$\\frac{1}{2}$'))
Math(r'\\sum_i x_i')"""
LIVE = """import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.title('while it runs')
plt.show()
while True:
    pass"""
HOSTILE = """class Hostile:
    def _repr_html_(self):
        return ("<script>window.hacked=1</script><img src=x onerror='window.hacked=1'><b onclick='window.hacked=1' "
                "style='background:url(/hacked)'>bold</b><iframe src='javascript:top.hacked=1'></iframe>")
class Drawn:
    def _repr_svg_(self):
        return ("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20' onload='parent.hacked=1'><script>"
                "top.hacked=1</script><foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='top.hacked=1'/>"
                "</foreignObject><image href='/hacked'/><rect width='40' height='20'/></svg>")
class Huge:
    def _repr_png_(self):
        import struct, zlib
        head = b'IHDR' + struct.pack('>IIBBBBB', 60000, 60000, 8, 2, 0, 0, 0)
        return b'\\x89PNG\\r\\n\\x1a\\n' + struct.pack('>I', 13) + head + struct.pack('>I', zlib.crc32(head))
display(Hostile(), Drawn(), Huge())"""


def test_figures_and_tables_are_under_their_cell_at_their_step(playground: PlaygroundPage) -> None:
    playground.run(PLOTS, TABLE, FORMULAS)
    cell = playground.cell(1)
    loss, accuracy = cell.get_by_role("img", name="Loss by epoch"), cell.get_by_role("img", name="accuracy, round")
    expect(loss).to_be_visible()
    expect(accuracy).to_be_visible()
    width, across = loss.evaluate("(img) => [img.naturalWidth, img.getBoundingClientRect().width]")
    assert width > across > 200  # sharp on dense screens too
    bar = cell.get_by_role("group", name="Warnings and errors printed").locator("pre")
    expect(bar).to_contain_text("40/40")
    assert bar.inner_text().count("it/s") <= 1
    table = playground.cell(2).get_by_role("table")
    expect(table.get_by_role("row").last).to_contain_text("0.01")
    assert [cell.strip() for cell in table.get_by_role("row").last.inner_text().split("\t")] == ["1", "0.01", "2.5"]
    expect(playground.cell(3).locator("tp-media .katex")).to_have_count(2)
    expect(playground.cell(3).get_by_role("math").first).to_have_accessible_name("\\frac{1}{2}")
    with playground.page.expect_download() as saved:
        cell.get_by_role("link", name="Save the picture").first.click()
    assert saved.value.suggested_filename == "Loss by epoch.png"
    cell.get_by_role("button", name="Enlarge").first.click()
    playground.page.wait_for_function("() => document.fullscreenElement !== null")
    playground.page.keyboard.press("Escape")
    playground.page.evaluate("document.fullscreenElement && document.exitFullscreen()")

    playground.step_to("This step shows something.")
    expect(loss).to_be_visible()
    expect(accuracy).to_have_count(0)
    playground.page.set_viewport_size({"width": 375, "height": 700})
    assert loss.evaluate("(img) => img.getBoundingClientRect().right") <= 375
    assert playground.problems == []


def test_hostile_displays_run_nothing_and_load_nothing(playground: PlaygroundPage) -> None:
    asked: list[str] = []
    playground.page.on("request", lambda request: asked.append(request.url))
    playground.run(HOSTILE)
    cell = playground.cell(1)
    expect(cell.locator("tp-display").first).to_contain_text("bold")
    assert cell.locator("tp-media [style], tp-media [onclick], tp-media iframe, tp-media script").count() == 0
    expect(cell.get_by_role("img", name="Drawn")).to_have_js_property("naturalWidth", 40)
    expect(cell.locator("tp-display").last).to_contain_text("image/png")
    assert [url for url in asked if "hacked" in url or "evil" in url] == []
    assert playground.page.evaluate("'hacked' in window") is False
    assert_harmless(playground)


def test_a_figure_is_shown_as_soon_as_the_program_shows_it(playground: PlaygroundPage) -> None:
    playground.write(LIVE)
    playground.run_button.click()
    expect(playground.cell(1).get_by_role("img", name="while it runs")).to_be_visible()
    playground.page.get_by_role("button", name="Cancel").click()
