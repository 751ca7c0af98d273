"""The picture of a step that broadcasts."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.support.page import PlaygroundPage

COLUMN_AND_ROW = """import torch
a = torch.tensor([[1.], [2.], [3.]])
b = torch.tensor([10., 20.])
c = a + b"""


class BroadcastingPage(PlaygroundPage):
    """The page at a step that broadcasts."""

    def stand_at(self, code: str, source: str) -> None:
        self.run(code)
        self.page.get_by_role("tab", name="Memory", exact=True).click()
        self.go_to_source(source)
        expect(self.picture).to_be_visible()

    @property
    def picture(self) -> Locator:
        return self.page.get_by_role("region", name="Broadcasting", exact=True)

    def operand(self, name: str) -> Locator:
        """An operand, as it is drawn."""
        return self.picture.get_by_role("table", name=f"{name}, drawn as")

    @property
    def stretched(self) -> Locator:
        """The result."""
        return self.picture.get_by_role("grid")

    @property
    def reading(self) -> Locator:
        return self.picture.locator(".reading")


@pytest.fixture
def broadcasting(page: Page, server_url: str) -> BroadcastingPage:
    found = BroadcastingPage(page, server_url)
    found.open()
    return found


@pytest.mark.long
def test_shapes_are_aligned_to_the_right(broadcasting: BroadcastingPage) -> None:
    broadcasting.stand_at(COLUMN_AND_ROW, "a + b")
    shapes = broadcasting.picture.get_by_role("table", name="Shapes, aligned to the right")
    expect(shapes.get_by_role("row").nth(1).get_by_role("cell")).to_have_text(["3", "11 stretched to 2"])
    expect(shapes.get_by_role("row").nth(2).get_by_role("cell")).to_have_text(["·added, 3 times", "2"])
    expect(shapes.get_by_role("row").nth(3).get_by_role("cell")).to_have_text(["3", "2"])


def test_stretched_dimensions_are_drawn_as_ghost_copies(broadcasting: BroadcastingPage) -> None:
    broadcasting.stand_at(COLUMN_AND_ROW, "a + b")
    expect(broadcasting.operand("a").locator("td.cell")).to_have_text(["1.", "1.", "2.", "2.", "3.", "3."])
    expect(broadcasting.operand("a").locator("td.ghost")).to_have_text(["1.", "2.", "3."])
    expect(broadcasting.operand("b").locator("td.ghost")).to_have_text(["10.", "20.", "10.", "20."])
    expect(broadcasting.stretched.locator("td.cell")).to_have_text(["11.", "21.", "12.", "22.", "13.", "23."])
    expect(broadcasting.stretched.locator("td.ghost")).to_have_count(0)


def test_a_cell_of_the_result_shows_where_it_came_from(broadcasting: BroadcastingPage) -> None:
    broadcasting.stand_at(COLUMN_AND_ROW, "a + b")
    broadcasting.stretched.locator("td.cell").nth(3).hover()
    expect(broadcasting.operand("a").locator("td.lit")).to_have_text(["2."])
    expect(broadcasting.operand("b").locator("td.lit")).to_have_text(["20."])
    expect(broadcasting.reading).to_have_text("result[1, 1] = 22. comes from a[1, 0] = 2. and b[1] = 20.")


@pytest.mark.long
def test_an_element_of_an_operand_shows_all_that_it_went_into(broadcasting: BroadcastingPage) -> None:
    broadcasting.stand_at(COLUMN_AND_ROW, "a + b")
    broadcasting.operand("b").locator("td.cell").nth(1).hover()
    expect(broadcasting.operand("b").locator("td.lit")).to_have_text(["20.", "20.", "20."])
    expect(broadcasting.stretched.locator("td.lit")).to_have_text(["21.", "22.", "23."])
    expect(broadcasting.reading).to_have_text("b[1] = 20. goes into 3 cells.")


def test_the_cells_of_the_result_are_reached_by_keyboard(broadcasting: BroadcastingPage) -> None:
    broadcasting.stand_at(COLUMN_AND_ROW, "a + b")
    first = broadcasting.stretched.locator("td.cell").first
    first.focus()
    first.press("ArrowDown")
    second = broadcasting.stretched.get_by_role("gridcell", name="result[1, 0] = 12. comes from a[1, 0] = 2. and b[0] = 10.")
    expect(second).to_be_focused()
    expect(broadcasting.operand("a").locator("td.lit")).to_have_text(["2."])


@pytest.mark.long
def test_a_write_in_place_shows_what_was_there_before(broadcasting: BroadcastingPage) -> None:
    broadcasting.stand_at(COLUMN_AND_ROW + "\nc += b", "c += b")
    expect(broadcasting.operand("c").locator("td.cell").first).to_have_text("11.")
    expect(broadcasting.stretched.locator("td.cell").first).to_have_text("21.")


@pytest.mark.long
def test_leading_dimensions_are_chosen_and_large_sides_shortened(broadcasting: BroadcastingPage) -> None:
    code = "import torch\na = torch.arange(2.).reshape(2, 1, 1)\nb = torch.arange(40.).reshape(2, 20)\nc = a * b"
    broadcasting.stand_at(code, "a * b")
    expect(broadcasting.stretched.get_by_role("columnheader")).to_have_text(["0", "1", "2", "⋯", "17", "18", "19"])
    expect(broadcasting.stretched.locator("td.cell").last).to_have_text("0.")
    broadcasting.picture.get_by_label("Index of dimension 0 of the result").select_option("1")
    expect(broadcasting.stretched.locator("td.cell").last).to_have_text("39.")
    broadcasting.stretched.locator("td.cell").last.hover()
    expect(broadcasting.reading).to_have_text("result[1, 1, 19] = 39. comes from a[1, 0, 0] = 1. and b[1, 19] = 39.")


@pytest.mark.long
def test_a_batched_product_stretches_the_batch_alone(broadcasting: BroadcastingPage) -> None:
    code = "import torch\na = torch.ones(2, 1, 2, 3)\nb = torch.ones(4, 3, 2)\nc = a @ b"
    broadcasting.stand_at(code, "a @ b")
    broadcasting.stretched.locator("td.cell").nth(1).hover()
    expect(broadcasting.reading).to_have_text("result[0, 0, 0, 1] = 3. comes from a[0, 0, 0, :] and b[0, :, 1]")
    expect(broadcasting.operand("a").locator("td.lit")).to_have_count(3)


@pytest.mark.long
def test_a_step_that_stretches_nothing_has_no_picture(broadcasting: BroadcastingPage) -> None:
    broadcasting.stand_at(COLUMN_AND_ROW + "\nd = c * c", "a + b")
    broadcasting.go_to_source("c * c")
    expect(broadcasting.picture).to_have_count(0)
