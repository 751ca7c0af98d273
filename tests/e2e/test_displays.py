"""What a program displays besides text: figures, tables and pictures in the output of their cell."""

from playwright.sync_api import expect

from tests.e2e.support.page import PlaygroundPage

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


def test_figures_and_tables_are_under_their_cell_at_their_step(playground: PlaygroundPage) -> None:
    playground.run(PLOTS, TABLE)
    cell = playground.cell(1)
    loss, accuracy = cell.get_by_role("img", name="Loss by epoch"), cell.get_by_role("img", name="accuracy, round")
    expect(loss).to_be_visible()
    expect(accuracy).to_be_visible()
    width, across = loss.evaluate("(img) => [img.naturalWidth, img.getBoundingClientRect().width]")
    assert width > across > 200  # sharp on dense screens too
    bar = cell.get_by_role("group", name="Warnings and errors printed").locator("pre")
    expect(bar).to_contain_text("40/40")
    assert bar.inner_text().count("it/s") <= 1
    expect(playground.cell(2).locator("tp-display pre")).to_contain_text("1  0.01   2.5")

    playground.step_to("This step shows something.")
    expect(loss).to_be_visible()
    expect(accuracy).to_have_count(0)
    playground.page.set_viewport_size({"width": 375, "height": 700})
    assert loss.evaluate("(img) => img.getBoundingClientRect().right") <= 375
    assert playground.problems == []
