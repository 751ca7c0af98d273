"""The API's documentation for people: what it shows, and that every request can be tried out as it opens."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect
from tensorpad.api.description.operations import OPERATIONS

TEXTS = {
    "createRun": '"status": "ok"',
    "getRun": '"status": "ok"',
    "getRunValues": '"values"',
    "getGraphSvg": "<svg",
    "getGraphDot": "digraph",
    "getSnippet": '"cells"',
    "getEmbedding": "<iframe",
    "getProblem": "429",
}
"""What the answer to an operation has in it."""
STATUSES = {"deleteRun": "204", "countAnswer": "404"}
"""Of operations that answer with another status than 200 or 201: this service does not count answers."""
SOME = ("createRun", "getGraphPng")
"""Operations that are tried in every run of the tests. The page takes a second or more over each."""
PICTURES = ("getGraphPng", "getPreviewPng")


@pytest.fixture
def docs(page: Page, server_url: str) -> Page:
    """The documentation, in which nothing is refused."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(f"{server_url}/docs")
    expect(page.locator(".opblock")).to_have_count(len(OPERATIONS))
    assert refused == []
    return page


def opened(docs: Page, operation: str) -> Locator:
    """An operation, expanded and ready to be tried out with what stands in it."""
    block = docs.locator(f"[id$='-{operation}']")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    return block


def answered(block: Locator) -> Locator:
    """The answer to the request as it stands."""
    block.get_by_role("button", name="Execute").click()
    return block.locator(".live-responses-table .response").first


@pytest.mark.parametrize("some", [True, pytest.param(False, marks=pytest.mark.long)], ids=["some", "the others"])
def test_every_request_succeeds_as_the_page_opens(docs: Page, some: bool) -> None:
    for known in (known for known in OPERATIONS.values() if (known.id in SOME) is some):
        block = opened(docs, known.id)
        if known.id == "createRun":
            assert "requires_grad=True" in json.loads(block.locator("textarea").input_value())["code"]
        answer = answered(block)
        expect(answer.locator(".response-col_status")).to_contain_text(STATUSES.get(known.id, "20"))
        if known.id in TEXTS:
            expect(answer).to_contain_text(TEXTS[known.id])
        if known.id in PICTURES:
            expect(answer.locator("img").first).to_be_visible()
        # Closed again: what is open is laid out anew with every click.
        block.locator(".opblock-summary-control").click()


@pytest.mark.long
def test_id_that_somebody_types_is_the_one_that_is_asked_for(docs: Page) -> None:
    block = opened(docs, "getRun")
    block.get_by_placeholder("run_id").fill("nothing-of-this-name")
    expect(answered(block)).to_contain_text("/problems/run-gone")
