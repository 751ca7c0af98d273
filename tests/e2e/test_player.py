"""A recording in a page of its own: opened from the disk, with the network off."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Raw
from msgspec.structs import replace
from playwright.sync_api import Browser, expect
from tensorpad.recordings.page import page
from tensorpad.recordings.recording import Recording, decode

from tests.e2e.support.player import SHOWN, VIEWS, PlayerPage
from tests.support.recordings import FAILING, PERCEPTRON, TUTORIAL, recorded

KEPT = sorted((Path(__file__).parents[1] / "recordings").glob("*.tpad"))


@pytest.fixture(scope="module")
def recordings() -> dict[str, Recording]:
    large = "import torch\nx = torch.arange(10000.0).reshape(100, 100)\n"
    return recorded({"tutorial": TUTORIAL, "perceptron": PERCEPTRON, "failing": FAILING, "large": large})


@pytest.fixture
def player(browser: Browser) -> Iterator[PlayerPage]:
    context = browser.new_context(locale="en-US", viewport={"width": 1000, "height": 800})
    player = PlayerPage(context)
    yield player
    assert player.complaints == []
    context.close()


def test_it_steps_through_a_backward_pass_with_the_network_off(
    player: PlayerPage, recordings: dict[str, Recording], tmp_path: Path
) -> None:
    player.open(page(recordings["tutorial"], view="steps", step=0), tmp_path)
    said: list[str] = []
    forward = player.page.get_by_role("button", name="One step forward")
    while forward.is_enabled():
        said.append(player.sentence())
        forward.click()
        expect(player.said).not_to_have_text(said[-1])
    assert len(said) > 8
    assert any("backward" in sentence for sentence in said), said
    card = player.page.locator("tp-tensor-card").filter(has_text="leaf").first
    expect(card).to_contain_text("4.5")
    assert len(player.asked) == 1


@pytest.mark.parametrize(("theme", "lang"), [("light", "zh-CN"), pytest.param("dark", "en", marks=pytest.mark.long)])
def test_every_view_shows_something_and_axe_finds_nothing(
    player: PlayerPage, recordings: dict[str, Recording], tmp_path: Path, lang: Any, theme: Any
) -> None:
    player.open(page(recordings["tutorial"], lang=lang, theme=theme), tmp_path)
    expect(player.page.locator("html")).to_have_attribute("data-theme", theme)
    for view, shown in zip(VIEWS[lang], SHOWN, strict=True):
        player.view(view)
        expect(player.page.locator(shown).first).to_be_visible()
        assert player.faults() == []
    assert len(player.asked) == 1


def test_what_was_recorded_beside_the_answer_is_there(
    player: PlayerPage, recordings: dict[str, Recording], tmp_path: Path
) -> None:
    player.open(page(recordings["tutorial"], view="derivation"), tmp_path)
    expect(player.page.locator("tp-derivation")).to_contain_text("out")
    player.press("Check by small changes", exact=False)
    expect(player.page.locator("tp-derivation-leaf")).to_contain_text("differences")
    player.view("Steps")
    player.page.get_by_role("article", name="y", exact=True).get_by_role("gridcell", name="3.", exact=True).first.click()
    expect(player.page.locator("tp-lens")).to_be_visible()
    expect(player.page.locator("tp-lens")).to_contain_text("x[0, 0]")
    player.page.get_by_role("button", name="First step").click()
    forward = player.page.get_by_role("button", name="One step forward")
    opening = player.page.get_by_role("button", name="Open: what torch did inside")
    while not opening.is_visible():
        before = player.sentence()
        forward.click()
        expect(player.said).not_to_have_text(before)
    opening.click()
    expect(player.page.get_by_role("region", name="What torch did inside")).to_contain_text("torch")


def test_a_module_is_folded_and_opened_from_the_recording(
    player: PlayerPage, recordings: dict[str, Recording], tmp_path: Path
) -> None:
    player.open(page(recordings["perceptron"]), tmp_path)
    folded = player.page.locator("tp-graph .node.folded")
    expect(folded).to_have_count(2)
    player.page.locator("tp-graph .cluster.module text").first.click()
    expect(folded).to_have_text(re.compile("Sequential"))
    # It opens with its first layer.
    folded.click()
    expect(folded).not_to_have_text(re.compile("Sequential"))
    expect(player.page.locator("tp-graph .cluster.module")).to_have_count(2)
    expect(folded).to_have_count(1)


def test_a_fold_that_was_not_recorded_is_refused_in_words_that_all_can_see(
    player: PlayerPage, recordings: dict[str, Recording], tmp_path: Path
) -> None:
    player.open(page(replace(recordings["perceptron"], drawings=())), tmp_path)
    player.page.locator("tp-graph .cluster.module text").first.click()
    expect(player.page.locator("tp-graphs .left-out")).to_contain_text("not recorded")
    expect(player.page.get_by_role("status").filter(has_text="not recorded")).to_have_count(1)
    expect(player.page.locator("tp-graph .node.folded")).to_have_count(2)
    assert player.faults() == []


def test_large_tensor_is_summarised_and_offers_no_part_that_was_not_recorded(
    player: PlayerPage, recordings: dict[str, Recording], tmp_path: Path
) -> None:
    player.open(page(recordings["large"], view="values"), tmp_path)
    expect(player.page.locator("tp-summary")).to_be_visible()
    expect(player.page.locator("tp-heat-map")).to_have_count(0)


def test_failing_program_shows_its_error_and_offers_no_change_that_it_could_not_run(
    player: PlayerPage, recordings: dict[str, Recording], tmp_path: Path
) -> None:
    player.open(page(recordings["failing"]), tmp_path)
    error = player.page.get_by_role("group", name="Error", exact=True)
    expect(error).to_contain_text("mat1 and mat2 shapes cannot be multiplied")
    expect(error.get_by_role("button", name="Apply")).to_be_hidden()


def test_program_can_be_run_only_where_a_server_is_named(
    player: PlayerPage, recordings: dict[str, Recording], tmp_path: Path
) -> None:
    player.open(page(recordings["tutorial"]), tmp_path)
    player.page.keyboard.press("Control+Enter")
    expect(player.page.get_by_text("Run", exact=True)).to_have_count(0)
    expect(player.page.get_by_role("link", name="Edit and run")).to_have_count(0)
    player.open(page(recordings["tutorial"], server="https://pad.example.org/pad/"), tmp_path)
    link = player.page.get_by_role("link", name="Edit and run")
    expect(link).to_have_attribute("href", re.compile(r"^https://pad\.example\.org/pad/embed\?.*mode=edit.*#code/"))


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)
def test_recordings_of_every_version_are_played(player: PlayerPage, tmp_path: Path, file: Path) -> None:
    player.open(page(decode(file.read_bytes())), tmp_path)
    for view, shown in zip(VIEWS["en"], SHOWN, strict=True):
        player.view(view)
        expect(player.page.locator(shown).first).to_be_visible()


def test_displays_of_an_older_recording_are_shown(player: PlayerPage, tmp_path: Path) -> None:
    recording = decode(KEPT[0].read_bytes())
    answer = json.loads(bytes(recording.answer))
    # Recordings had no more than this of a display before there were other media than graphs.
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle r="20"/></svg>'
    display = {"kind": "graph", "title": "out", "dot": "digraph {}", "file": None, "svg": drawing, "note": None}
    answer["cells"][0]["displays"] = [display]
    player.open(page(replace(recording, answer=Raw(json.dumps(answer).encode()))), tmp_path)
    expect(player.page.locator("tp-display").first).to_be_visible()
    expect(player.page.locator("tp-display circle").first).to_be_attached()


def test_there_is_a_recording_of_every_version() -> None:
    assert [file.name for file in KEPT] == ["version-1.tpad"]
