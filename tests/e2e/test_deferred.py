"""A page of a long program gets the values of its steps when they are looked at, and shows those that plain PyTorch has."""

import contextlib
import io
import json
import random
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.support.page import PlaygroundPage
from tests.support.client import Client

ROUNDS = 150
SIDE = 12
BEFORE = f"""\
import torch
torch.manual_seed(0)
wanted = torch.rand({SIDE}, {SIDE}) + 2
w = (torch.rand({SIDE}, {SIDE}) + 1).requires_grad_()
for round in range(ROUNDS):"""
BODY = """\
    gap = w - wanted
    loss = (gap ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 2 * w.grad
    w.grad = None"""
TRAINING = f"{BEFORE}\n{BODY}".replace("ROUNDS", str(ROUNDS))
WRITE = "w -= 2 * w.grad"
CHUNKS = "**/api/v1/runs/*/values/*"


def plain(rounds: int) -> Any:
    """The weights after so many rounds."""
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(f"{BEFORE}\n{BODY}".replace("ROUNDS", str(rounds)), names)
    return names["w"].detach()


def first_of(weights: Any) -> str:
    """The first element, as torch prints it."""
    return f"{weights[0, 0].item():.4f}"


@pytest.fixture
def writes(client: Client) -> list[int]:
    """The steps at which the weights were written, of each round."""
    line = TRAINING.splitlines().index(f"        {WRITE}") + 1
    steps = client.run(TRAINING, include=["steps"])["steps"]
    return [at for at, step in enumerate(steps) if step["kind"] == "statement" and step["span"]["line"] == line]


@pytest.fixture
def trained(playground: PlaygroundPage) -> PlaygroundPage:
    """The page with the answer to the program."""
    playground.run(TRAINING)
    expect(playground.elements("w").first).to_be_visible()
    return playground


def hold_chunks(page: Page) -> None:
    """Keep chunks that are asked for from the page."""
    page.route(CHUNKS, lambda _: None)


def let_through(page: Page) -> None:
    """Let them through, those that were held too."""
    page.unroute(CHUNKS)


def expect_weights(playground: PlaygroundPage, rounds: int) -> None:
    """That the card shows the weights after so many rounds, in the digits of torch."""
    expected = plain(rounds)
    first = playground.elements("w").first
    expect(first).to_have_text(first_of(expected))
    shown = playground.elements("w").all_inner_texts()
    numbers = [*range(4), *range(SIDE - 4, SIDE)]
    assert [text.strip() for text in shown] == [
        f"{expected[row, column].item():.4f}" for row in numbers for column in numbers
    ]


def test_the_first_answer_is_a_fraction_of_all_and_chunks_are_asked_for_once(
    page: Page, playground: PlaygroundPage, client: Client, writes: list[int]
) -> None:
    asked: list[Response] = []
    page.on("response", lambda response: asked.append(response) if "/api/v1/runs" in response.url else None)
    playground.run(TRAINING)
    expect(playground.elements("w").first).to_be_visible()
    [answer] = asked
    first = answer.request.sizes()["responseBodySize"]
    whole = client.http.post("/api/v1/runs", json={"code": TRAINING}, headers={"Accept-Encoding": "gzip"})
    assert first < whole.num_bytes_downloaded / 3
    for rounds in (20, 21, 22, 20):
        playground.go_to_step(writes[rounds - 1])
        expect_weights(playground, rounds)
    chunks = [response.url for response in asked[1:]]
    assert 0 < len(chunks) == len(set(chunks)) < 10


@pytest.mark.long
def test_a_step_shows_what_plain_torch_has_however_it_is_come_to(trained: PlaygroundPage, writes: list[int]) -> None:
    dice = random.Random(0)
    for rounds in dice.sample(range(1, ROUNDS), 8):
        trained.go_to_step(writes[rounds - 1])
        expect_weights(trained, rounds)


@pytest.mark.long
def test_steps_back_are_shown_one_after_another(trained: PlaygroundPage, writes: list[int]) -> None:
    trained.go_to_step(writes[60])
    for rounds in (60, 59, 58):
        before = trained.slider.input_value()
        while rounds_shown(trained, writes) > rounds:
            trained.step_button("One step back").click()
            expect(trained.slider).not_to_have_value(before)
            before = trained.slider.input_value()
        expect_weights(trained, rounds)


def rounds_shown(playground: PlaygroundPage, writes: list[int]) -> int:
    """How many rounds are over at the step that is shown."""
    step: int = playground.page.locator("tp-timeline").evaluate("(timeline) => timeline.step")
    return sum(write <= step for write in writes)


@pytest.mark.long
def test_room_is_left_for_what_is_awaited_and_nothing_is_said_of_it(trained: PlaygroundPage, writes: list[int]) -> None:
    hold_chunks(trained.page)
    trained.go_to_step(writes[29])
    blank = trained.card("w").locator("td.blank")
    expect(blank).to_have_count(2 * 8 * 8)
    expect(trained.said).to_have_attribute("aria-busy", "true")
    assert trained.accessibility_violations() == []
    box = trained.card("w").bounding_box()
    let_through(trained.page)
    expect_weights(trained, 30)
    expect(trained.said).to_have_attribute("aria-busy", "false")
    after = trained.card("w").bounding_box()
    assert box is not None
    assert after is not None
    assert (after["width"], after["height"]) == (box["width"], box["height"])
    assert trained.problems == []


@pytest.mark.long
def test_a_value_in_the_code_comes_while_it_is_pointed_at(trained: PlaygroundPage, writes: list[int]) -> None:
    hold_chunks(trained.page)
    trained.go_to_step(writes[29])
    trained.point_at(1, "gap")
    expect(trained.peek).to_be_visible()
    let_through(trained.page)
    expect(trained.peek.get_by_role("gridcell").first).to_be_visible()


@pytest.mark.long
def test_cards_of_the_graph_and_strips_of_memory_have_the_values_of_the_step(
    trained: PlaygroundPage, writes: list[int]
) -> None:
    trained.page.emulate_media(reduced_motion="reduce")
    trained.go_to_step(writes[49])
    expect(trained.node("w")).to_contain_text(first_of(plain(50)))
    assert trained.accessibility_violations() == []
    trained.see("Memory")
    trained.go_to_step(writes[19])
    strip = trained.page.locator("tp-storage").filter(has=trained.page.get_by_role("button", name="w", exact=True))
    expect(strip.locator("[data-unit='0']").first).to_contain_text(first_of(plain(20)))


def test_a_run_that_is_gone_is_run_again_and_the_step_stays(
    trained: PlaygroundPage, client: Client, writes: list[int]
) -> None:
    forget(trained, client)
    trained.go_to_step(writes[39])
    expect(trained.page.get_by_text("Ran again in")).to_be_visible()
    expect_weights(trained, 40)
    assert rounds_shown(trained, writes) == 40
    expect(trained.news.filter(has_text="it was run again")).to_have_count(1)


@pytest.mark.long
def test_a_run_that_is_gone_twice_says_so_where_the_values_would_be(
    trained: PlaygroundPage, client: Client, writes: list[int]
) -> None:
    forget(trained, client)
    trained.go_to_step(writes[39])
    expect(trained.page.get_by_text("Ran again in")).to_be_visible()
    expect_weights(trained, 40)
    forget(trained, client)
    trained.go_to_step(writes[99])
    said = trained.card("w").get_by_text("The service no longer has the values of this run.")
    expect(said).to_be_visible()
    assert trained.accessibility_violations() == []
    trained.card("w").get_by_role("button", name="Run again").click()
    expect_weights(trained, 100)


@pytest.mark.long
def test_values_that_could_not_be_fetched_are_fetched_when_asked_again(trained: PlaygroundPage, writes: list[int]) -> None:
    trained.go_to_step(writes[-1])
    expect(trained.details).to_be_visible()
    trained.page.context.set_offline(True)
    trained.go_to_step(writes[39])
    expect(trained.card("w").get_by_text("These values could not be fetched.")).to_be_visible()
    trained.page.context.set_offline(False)
    trained.card("w").get_by_role("button", name="Try again").click()
    expect_weights(trained, 40)


def forget(playground: PlaygroundPage, client: Client) -> None:
    """Have the service no longer keep the run that is shown."""
    run: str = playground.page.locator("tp-timeline").evaluate("(timeline) => timeline.timeline.response.id")
    assert client.http.delete(f"/api/v1/runs/{run}").status_code == 204


@pytest.mark.long
def test_files_of_an_answer_are_those_of_the_service(trained: PlaygroundPage, client: Client) -> None:
    with trained.page.expect_download() as started:
        trained.page.get_by_role("button", name="Download as DOT").click()
    assert started.value.path().read_text(encoding="utf-8").startswith("digraph")
    trained.page.get_by_role("button", name="Share", exact=True).click()
    sharing = trained.page.locator("tp-share")
    sharing.get_by_role("tab", name="Download", exact=True).click()
    with trained.page.expect_download() as started:
        sharing.get_by_role("button", name=".json").click()
    answer = json.loads(started.value.path().read_text(encoding="utf-8"))
    assert answer["variables"] == client.run(TRAINING)["variables"]
    assert '"deferred"' not in json.dumps(answer)
