"""The view of memory: storages, the tensors and arrays that look at them, and what a write does to all of them."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.support.page import PlaygroundPage

SHARING = """import torch
x = torch.arange(6.).reshape(2, 3)
c = x[:, 0]
t = x.t()
n = x.numpy()
e = c.unsqueeze(1).expand(2, 3)
c += 10
n[1, 1] = 99
k = x.clone()"""


class MemoryPage(PlaygroundPage):
    """The page with its view of memory open."""

    def show_memory(self) -> None:
        self.page.get_by_role("tab", name="Memory", exact=True).click()
        expect(self.page.get_by_role("heading", name="Memory", exact=True)).to_be_visible()

    @property
    def storages(self) -> Locator:
        return self.page.locator("tp-storage")

    def storage(self, place: int) -> Locator:
        """A storage, counted from 1, in the order in which the program made them."""
        return self.storages.nth(place - 1)

    def storage_elements(self, place: int) -> Locator:
        """The elements of a storage."""
        return self.storage(place).locator(".strip td")

    def written_over(self, place: int) -> list[str]:
        """What stood in the elements of a storage that the step changed."""
        before = self.storage_elements(place).locator("s")
        expect(before).not_to_have_count(0)
        found: list[str] = before.evaluate_all("elements => elements.map(({ dataset }) => dataset.was)")
        return found

    @property
    def sentence(self) -> Locator:
        """What is said of the step."""
        return self.page.locator("tp-memory .said")

    def operation(self, source: str) -> Locator:
        """The button of an operation in the list of all."""
        return self.page.locator("tp-memory").get_by_role("listitem").filter(has_text=source).get_by_role("button")

    def window(self, name: str) -> Locator:
        """The line of a tensor or array."""
        button = self.page.get_by_role("button", name=name, exact=True)
        return self.page.locator("tp-strip tbody.window").filter(has=button)

    def seen(self, name: str) -> list[str | None]:
        """For each element of its storage, as what the tensor or array sees it; None where it does not."""
        cells: list[str] = self.window(name).locator("tr").nth(1).locator("td").all_inner_texts()
        return [cell.strip() or None for cell in cells]


@pytest.fixture
def memory(page: Page, server_url: str) -> MemoryPage:
    found = MemoryPage(page, server_url)
    found.open()
    found.show_memory()
    return found


@pytest.fixture
def sharing(memory: MemoryPage) -> MemoryPage:
    memory.run(SHARING)
    expect(memory.window("k")).to_be_visible()
    return memory


def test_tensors_and_arrays_that_share_memory_are_windows_on_one_strip(sharing: MemoryPage) -> None:
    expect(sharing.storages).to_have_count(2)
    expect(sharing.storage_elements(1)).to_have_text(["10.", "1.", "2.", "13.", "99.", "5."])
    expect(sharing.storage(1)).to_contain_text("6 × float32 = 24 B")
    expect(sharing.storage(1)).to_contain_text("shared by 5")
    assert sharing.seen("x") == ["0,0", "0,1", "0,2", "1,0", "1,1", "1,2"]
    assert sharing.seen("n") == ["0,0", "0,1", "0,2", "1,0", "1,1", "1,2"]
    expect(sharing.window("n")).to_contain_text("NumPy array")
    expect(sharing.window("k")).to_contain_text("own memory")


def test_a_window_shows_the_elements_that_its_strides_reach(sharing: MemoryPage) -> None:
    assert sharing.seen("c") == ["0", None, None, "1", None, None]
    assert sharing.seen("t") == ["0,0", "1,0", "2,0", "0,1", "1,1", "2,1"]
    expect(sharing.window("c")).to_contain_text("[i] → 3i")
    expect(sharing.window("t")).to_contain_text("stride (1, 3)")


@pytest.mark.long
def test_an_expanded_tensor_sees_each_element_several_times(sharing: MemoryPage) -> None:
    assert sharing.seen("e") == ["0,:", None, None, "1,:", None, None]
    expect(sharing.window("e")).to_contain_text("×3")


def test_a_write_shows_in_every_window_that_sees_it_and_the_version_ticks(sharing: MemoryPage) -> None:
    sharing.go_to_source("c += 10")
    expect(sharing.sentence).to_contain_text("The change is seen through x, c, t, e and n.")
    assert sharing.written_over(1) == ["0.", "3."]
    for name in ("x", "c", "t", "e", "n"):
        expect(sharing.window(name).locator("td.changed")).to_have_count(2)
    expect(sharing.window("x")).to_contain_text("v0 → v1")
    expect(sharing.window("c")).to_contain_text("v0 → v1")


@pytest.mark.long
def test_a_write_by_numpy_shows_too_and_no_version_ticks(sharing: MemoryPage) -> None:
    sharing.go_to_source("n[1, 1] = 99")
    expect(sharing.sentence).to_contain_text("Version counters do not tick")
    assert sharing.written_over(1) == ["4."]
    expect(sharing.window("t").locator("td.changed")).to_have_text(["1,1"])
    expect(sharing.window("x")).to_contain_text("v1")


@pytest.mark.long
def test_a_tensor_lies_at_each_step_as_it_lay_then(memory: MemoryPage) -> None:
    memory.run("import torch\nx = torch.arange(6.).reshape(2, 3).clone()\nx.t_()\nx.data = torch.ones(1)")
    expect(memory.window("x")).to_contain_text("(1,)")
    memory.go_to_source("x.t_()")
    expect(memory.window("x")).to_contain_text("(3, 2) · stride (1, 3)")
    expect(memory.sentence).to_contain_text("no element is written")


def test_view_or_copy_is_said_for_every_operation(sharing: MemoryPage) -> None:
    sharing.page.get_by_text("View or copy, operation by operation").click()
    expect(sharing.operation("x.clone()")).to_contain_text("memory of its own")
    expect(sharing.operation("x[:, 0]")).to_contain_text("is a view")
    expect(sharing.operation("c += 10")).to_contain_text("in place")
    sharing.operation("x[:, 0]").click()
    expect(sharing.lit_source).to_have_text("x[:, 0]")


def test_an_element_is_told_by_all_its_names_by_keyboard_too(sharing: MemoryPage) -> None:
    first = sharing.storage_elements(1).first
    first.focus()
    first.press("ArrowRight")
    second = sharing.page.get_by_role("gridcell", name="element 1 = 1.: x[0, 1], t[1, 0], n[0, 1]")
    expect(second).to_be_focused()
    expect(sharing.storage(1).locator(".reading")).to_contain_text("x[0, 1], t[1, 0]")


@pytest.mark.long
def test_a_window_lights_its_source_and_its_card(sharing: MemoryPage) -> None:
    sharing.window("t").get_by_role("button", name="t", exact=True).click()
    expect(sharing.lit_source).to_have_text("x.t()")
    expect(sharing.card("t")).to_have_class("lit")
    expect(sharing.window("t")).to_have_attribute("data-lit", "")


@pytest.mark.long
def test_unnamed_tensors_stay_out_of_the_way_until_asked_for(sharing: MemoryPage) -> None:
    expect(sharing.window("torch.arange(6.)")).to_have_count(0)
    sharing.storage(1).get_by_role("button", name="2 unnamed tensors").click()
    expect(sharing.window("torch.arange(6.)")).to_be_visible()


@pytest.mark.long
def test_a_large_storage_shows_a_part_under_an_overview_of_all(memory: MemoryPage) -> None:
    memory.run("import torch\nz = torch.zeros(1000, 1000)\nu = z[:, 5]")
    expect(memory.window("u")).to_contain_text("[i] → 5 + 1000i")
    expect(memory.storage(1).get_by_role("img", name="All of storage")).to_be_visible()
    assert set(memory.seen("z")) != {None}
    memory.page.get_by_role("slider", name="Part that is shown").fill("5005")
    expect(memory.window("u").locator("td.seen")).to_have_text(["5"])
    expect(memory.window("z").locator("td.seen").first).to_have_text("5,5")


@pytest.mark.long
def test_the_same_bytes_may_be_seen_as_other_numbers(memory: MemoryPage) -> None:
    memory.run("import torch\nf = torch.tensor([1.0, -2.0])\ni = f.view(torch.int32)\nb = f.view(torch.uint8)")
    assert memory.seen("b")[:4] == ["0", "1", "2", "3"]
    assert memory.seen("i") == ["1065353216", "-1073741824"]
    assert memory.seen("f") == ["1.", "-2."]


@pytest.mark.long
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 375)])
def test_has_no_accessibility_violations(page: Page, server_url: str, scheme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    memory = MemoryPage(page, server_url)
    memory.open()
    memory.show_memory()
    memory.run(SHARING + "\nbig = torch.zeros(300, 300)\nd = torch.ones(3, 1) + torch.ones(2)")
    expect(memory.window("big")).to_be_visible()
    page.get_by_text("View or copy, operation by operation").click()
    assert memory.accessibility_violations() == []
    memory.operation("torch.ones(3, 1) + torch.ones(2)").click()
    if width < 1000:
        page.get_by_role("button", name="Show the details of this step").click()
    expect(page.get_by_role("heading", name="Broadcasting")).to_be_visible()
    assert memory.accessibility_violations() == []
    memory.operation("c += 10").click()
    expect(memory.sentence).to_contain_text("The version goes from 0 to 1.")
    assert memory.accessibility_violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert memory.problems == []
