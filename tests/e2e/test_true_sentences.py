"""Sentences that name what the program has at that moment, and nothing else."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.support.page import PlaygroundPage

CONTAINER = (
    "import torch\nfrom torch import nn\nmodel = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))\n"
    "model(torch.ones(2, 3)).sum().backward()"
)
INSIDE = "import torch\nx = torch.ones(3)\ndef f(v):\n    k = v * 2\n    return k.view(2)\nf(x)"
RETAINED = "import torch\nx = torch.tensor(3., requires_grad=True)\ny = x * x\ny.retain_grad()\n(y * 2).backward()"
HOOKED = (
    "import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 2\n"
    "x.register_hook(lambda g: print('hook', g))\ny.sum().backward()"
)


@pytest.mark.long
@pytest.mark.parametrize("linear", ["0", "2"])
def test_the_way_back_through_a_linear_layer_names_each_of_its_inputs_once(playground: PlaygroundPage, linear: str) -> None:
    playground.run(CONTAINER)
    playground.step_to(f"the way back through model.{linear} in ")
    said = playground.said.first
    expect(said).to_contain_text(f"went on to model.{linear}.bias")
    expect(said).to_contain_text("went on to TBackward0.")
    expect(said).not_to_contain_text(re.compile(rf"model\.{linear}\.bias.*model\.{linear}\.bias"))
    playground.step_to(f"went on to model.{linear}.weight")
    expect(said).to_contain_text("The engine ran TBackward0.")


def test_a_program_that_stops_in_a_function_ends_with_the_names_of_the_function(playground: PlaygroundPage) -> None:
    playground.run(INSIDE)
    expect(playground.said).to_contain_text("RuntimeError in line 5")
    expect(playground.card("k")).to_be_visible()
    expect(playground.card("x, v")).to_be_visible()
    playground.step_button("One step back").click()
    expect(playground.said).to_have_text("f comes to return k.view(2).")


def test_a_retained_gradient_is_kept_as_soon_as_it_arrives(playground: PlaygroundPage) -> None:
    playground.run(RETAINED)
    playground.step_to("the way back through x * x")
    expect(playground.card("y")).to_contain_text(".grad")
    expect(playground.card("y")).not_to_contain_text("not kept")


def test_what_a_hook_prints_is_printed_after_the_functions_before_it(playground: PlaygroundPage) -> None:
    playground.run(HOOKED)
    playground.step_to("The engine ran MulBackward0")
    expect(playground.printed(1)).to_have_count(0)
    playground.step_button("One step forward").click()
    expect(playground.said).to_contain_text("This step printed hook tensor([2., 2.])")
    expect(playground.printed(1)).to_contain_text("hook tensor([2., 2.])")


@pytest.mark.long
def test_the_graph_and_the_card_agree_on_a_retained_gradient_of_two_passes(playground: PlaygroundPage) -> None:
    playground.run(RETAINED.replace("(y * 2).backward()", "z = y * 2\nz.backward(retain_graph=True)\nz.backward()"))
    playground.step_to("x.grad was 12, received 12, and is now 24.")
    expect(playground.gradient("y")).to_have_text(["4."])
    expect(playground.node("y").locator(".gradient")).to_contain_text("4.")
    expect(playground.node("y").locator(".gradient")).not_to_contain_text("2.")


@pytest.mark.long
def test_sentences_in_chinese_space_chinese_from_other_letters_and_not_from_chinese(playground: PlaygroundPage) -> None:
    playground.run("import torch\nx = torch.ones(2, 3, requires_grad=True)\nv, i = (x * 2).max(1)\nv.sum().backward()")
    playground.page.get_by_role("combobox", name="Language").select_option("简体中文")
    slider = playground.page.get_by_role("slider", name="时间线", exact=True)
    slider.press("Home")
    expect(playground.said).to_have_text("torch 是一个模块。")
    for expected in ("从梯度 1 出发。", "传给 x * 2 的是形状为 (2, 3) 的梯度。"):
        while not playground.said.filter(has_text=expected).count():
            at = slider.input_value()
            slider.press("ArrowRight")
            expect(slider).not_to_have_value(at)


def test_a_long_line_of_a_traceback_leaves_the_explanation_within_the_cell(playground: PlaygroundPage) -> None:
    layers = "nn.Sequential(nn.Linear(3, 4), nn.Linear(5, 1), nn.Linear(1, 1), nn.Linear(1, 1), nn.Linear(1, 1))"
    playground.run(f"import torch\nfrom torch import nn\n{layers}(torch.ones(2, 3))")
    error = playground.error(1)
    error.get_by_text("Traceback", exact=True).click()
    expect(error.locator(".frames")).to_be_visible()
    assert error.locator("tp-explanation").evaluate(
        "(part) => part.getBoundingClientRect().right <= part.getRootNode().host.closest('tp-editor, .cm-editor, body')"
        ".getBoundingClientRect().right"
    )
