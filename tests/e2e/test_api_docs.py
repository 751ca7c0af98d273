"""The API's documentation for people: what it shows, and that a request can be tried out as it opens."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect


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


def executed(page: Page, block: Locator) -> Locator:
    """The answer to the request as it stands."""
    with page.expect_response(lambda response: "/api/v1/" in response.url) as answered:
        block.get_by_role("button", name="Execute").click()
    assert answered.value.status == 200
    answer = block.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    return answer


def test_program_is_run_as_the_page_opens(page: Page, server_url: str) -> None:
    block = opened(page, server_url, "createRun")
    assert "requires_grad=True" in json.loads(block.locator("textarea").input_value())["code"]
    expect(executed(page, block)).to_contain_text('"status": "ok"')


def test_graph_is_drawn_as_the_page_opens(page: Page, server_url: str) -> None:
    expect(executed(page, opened(page, server_url, "getGraphPng")).locator("img").first).to_be_visible()


@pytest.mark.parametrize(("operation", "text"), [("getGraphSvg", "<svg"), ("getGraphDot", "digraph")])
def test_source_of_a_graph_is_shown_as_the_page_opens(page: Page, server_url: str, operation: str, text: str) -> None:
    expect(executed(page, opened(page, server_url, operation))).to_contain_text(text)
