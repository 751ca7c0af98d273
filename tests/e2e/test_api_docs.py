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
PICTURES = ("getGraphPng", "getPreviewPng")


def opened(page: Page, server_url: str, operation: str) -> Locator:
    """An operation of the documentation, expanded and ready to be tried out with what stands in it."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(f"{server_url}/docs")
    block = page.locator(f"[id$='-{operation}']")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    assert refused == []
    return block


@pytest.mark.parametrize("operation", [known.id for known in OPERATIONS.values()])
def test_request_succeeds_as_the_page_opens(page: Page, server_url: str, operation: str) -> None:
    block = opened(page, server_url, operation)
    block.get_by_role("button", name="Execute").click()
    answer = block.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("204" if operation == "deleteRun" else "20")
    if operation in TEXTS:
        expect(answer).to_contain_text(TEXTS[operation])
    if operation in PICTURES:
        expect(answer.locator("img").first).to_be_visible()


def test_program_that_is_run_is_the_one_that_is_shown(page: Page, server_url: str) -> None:
    block = opened(page, server_url, "createRun")
    assert "requires_grad=True" in json.loads(block.locator("textarea").input_value())["code"]


def test_id_that_somebody_types_is_the_one_that_is_asked_for(page: Page, server_url: str) -> None:
    block = opened(page, server_url, "getRun")
    block.get_by_placeholder("run_id").fill("nothing-of-this-name")
    block.get_by_role("button", name="Execute").click()
    expect(block.locator(".live-responses-table .response").first).to_contain_text("/problems/run-gone")
