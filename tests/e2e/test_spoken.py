"""What a screen reader says when somebody steps through a backward pass by keyboard: a transcript in each language."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
import torch
from playwright.sync_api import Browser, expect

from tests.e2e.support.hearing import Heard, Listener
from tests.support.short_form import shortened

PROGRAM = """import torch
x = torch.tensor([2., 3.], requires_grad=True)
y = x * x
z = y.sum()
z.backward()
"""
BEFORE_PASS = 6
"""The step `z = y.sum()`."""
STOPS = 5
"""Of the pass: its begin, three functions, its end."""
TRANSCRIPTS = Path(__file__).parent / "spoken"


@pytest.fixture(scope="module", params=shortened(["en", "zh-CN"]))
def lang(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def heard(browser: Browser, server_url: str, lang: str) -> list[Heard]:
    """What is said at each step of the pass."""
    # The page's own policy would keep the reader out.
    with browser.new_context(locale="en-US", viewport={"width": 1100, "height": 800}, bypass_csp=True) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        asked = {"code": PROGRAM, "lang": lang, "view": "graph", "step": BEFORE_PASS, "loading": "eager"}
        page.goto(f"{server_url}/embed?{urlencode(asked)}")
        expect(page.locator("tp-graph [data-node]").first).to_be_visible()
        listener = Listener(page)
        listener.tab_to_slider()
        said = [listener.step() for _ in range(STOPS)]
        assert errors == []
    return said


def test_going_through_a_backward_pass_is_said_as_written_down(heard: list[Heard], lang: str, tmp_path: Path) -> None:
    said = "\n".join(step.text for step in heard)
    (tmp_path / "heard.txt").write_text(said, encoding="utf-8")
    assert said == (TRANSCRIPTS / f"backward.{lang}.txt").read_text(encoding="utf-8"), f"what was said is in {tmp_path}"


def test_each_step_says_the_numbers_that_torch_computes(heard: list[Heard]) -> None:
    for step, (name, arrived, sent) in zip(heard[1:-1], functions_of_the_pass(), strict=True):
        assert name in step.details[1]
        live = " ".join(step.live)
        assert all(listed(values) in live for values in (arrived, *sent))
        # As often as it says in words, it says in the numbers of the details.
        read = " ".join(step.details)
        assert all(printed(values) in read for values in (arrived, *sent))


def test_each_node_says_its_value_and_the_gradient_that_has_come_so_far(heard: list[Heard]) -> None:
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * x
    z = y.sum()
    # The way back meets them in the other order.
    gradients = [printed(arrived) for _, arrived, _ in reversed(functions_of_the_pass())]
    for functions_run, step in enumerate(heard[:-1]):
        for place, (node, tensor) in enumerate(zip(step.graph[1:], (x, y, z), strict=True)):
            _, value, after = node.partition(printed(tensor))
            assert value != ""
            came = place >= len(gradients) - functions_run
            assert (gradients[place] in after) if came else re.search(r"\d", after) is None
    assert heard[-1].graph == heard[-2].graph


def functions_of_the_pass() -> list[tuple[str, torch.Tensor, list[torch.Tensor]]]:
    """Of each function, in the order in which torch runs them: its name, the gradient that came in, those sent on."""
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    z = (x * x).sum()
    nodes = [z.grad_fn]
    found: list[tuple[str, torch.Tensor, list[torch.Tensor]]] = []
    for node in nodes:
        assert node is not None
        following = dict.fromkeys(function for function, _ in node.next_functions if function is not None)
        nodes += [function for function in following if function not in nodes]

        def record(sent: tuple[torch.Tensor, ...], arrived: tuple[torch.Tensor, ...], name: str = node.name()) -> None:
            accumulates = name.endswith("AccumulateGrad")
            found.append((name.rpartition("::")[2], arrived[0].clone(), [] if accumulates else list(sent)))

        node.register_hook(record)
    torch.autograd.backward(z)
    return found


def listed(values: torch.Tensor) -> str:
    """As a sentence has it."""
    numbers = [f"{element.item():g}" for element in values.reshape(-1)]
    return f"[{', '.join(numbers)}]" if values.dim() == 1 else numbers[0]


def printed(values: torch.Tensor) -> str:
    """As torch prints it, without its brackets and commas."""
    return re.sub(r"tensor\(|[\[\],)]|requires_grad=True|grad_fn=<.*>", "", str(values)).strip()
