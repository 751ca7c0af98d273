"""The view that derives gradients by the chain rule."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.support.page import PlaygroundPage


class DerivationPage(PlaygroundPage):
    """The page with its view of a derivation open."""

    def show_derivation(self) -> None:
        self.page.get_by_role("tab", name="Derivation", exact=True).click()
        expect(self.page.get_by_role("heading", name="Derivation", exact=True)).to_be_visible()

    def step(self, name: str) -> Locator:
        """A step, by the name of its value."""
        button = self.page.get_by_role("button", name=re.compile(rf"^{name}\b"))
        return self.page.locator("tp-derivation .steps li").filter(has=button)

    def gradient(self, name: str) -> Locator:
        """What is derived for a leaf."""
        return self.page.get_by_role("article", name=f"Gradient of {name}", exact=True)

    def formula(self, text: str) -> Locator:
        """A line of mathematics, by the text that says it."""
        return self.page.get_by_role("math", name=text, exact=True)


@pytest.fixture
def derivation(page: Page, server_url: str) -> DerivationPage:
    found = DerivationPage(page, server_url)
    found.open()
    found.show_derivation()
    return found


def test_each_step_has_its_derivative_as_a_formula_and_in_numbers(derivation: DerivationPage) -> None:
    expect(derivation.step("out").get_by_role("math", name="∂out/∂z = 1/4 = 0.25", exact=True)).to_be_visible()
    expect(derivation.step("v1").get_by_role("math")).to_have_count(2)
    expect(derivation.step("y")).to_contain_text("What arrives at y: ∂out/∂y = 4.5")
    # Drawn by KaTeX, in its own fonts, from files of the service.
    expect(derivation.step("out").locator(".katex .mfrac").first).to_be_visible()
    derivation.page.evaluate("document.fonts.ready")
    assert derivation.page.evaluate("document.fonts.check('16px KaTeX_Main')")
    assert derivation.problems == []


def test_paths_are_multiplied_and_added_up_to_what_autograd_computed(derivation: DerivationPage) -> None:
    paths = derivation.gradient("x").get_by_role("listitem")
    expect(paths).to_have_count(2)
    expect(paths.first).to_contain_text("through out → z → v1 → y → x")
    expect(derivation.formula("∂out/∂x = 2.25 + 2.25 = 4.5")).to_be_visible()
    expect(derivation.gradient("x")).to_contain_text("Checked: this is exactly the gradient of x")
    expect(derivation.formula("∂out/∂x[i] = 3*(x[i] + 2)/2")).to_be_visible()


@pytest.mark.long
def test_a_row_that_is_wider_than_its_card_scrolls_within_it(derivation: DerivationPage) -> None:
    derivation.run("import torch\nw = torch.linspace(0.1, 0.9, 16, requires_grad=True)\n(w * w).sum().backward()")
    for place in ("tp-derivation .steps li", "tp-derivation-leaf li"):
        row = derivation.page.locator(place).locator("[role=math]:has(.mtable)").first
        expect(row).to_be_visible()
        assert row.evaluate("row => row.scrollWidth > row.clientWidth")
        assert row.evaluate(
            """row => row.getBoundingClientRect().right <=
                 row.getRootNode().host.closest("li, article").getBoundingClientRect().right"""
        )


@pytest.mark.long
def test_a_step_lights_its_node_source_and_card(derivation: DerivationPage) -> None:
    derivation.step("z").hover()
    expect(derivation.lit_source).to_have_text("y * y * 3")
    expect(derivation.card("z")).to_have_class("lit")
    derivation.step("y").get_by_role("button").press("Enter")
    derivation.run_button.hover()
    expect(derivation.lit_source).to_have_text("x + 2")
    derivation.page.get_by_role("tab", name="Graph", exact=True).click()
    expect(derivation.rings).to_have_count(1)


@pytest.mark.long
def test_a_card_lights_its_step(derivation: DerivationPage) -> None:
    expect(derivation.step("z")).to_be_visible()
    derivation.show("z").click()
    expect(derivation.step("z")).to_have_class("lit")


def test_gradients_are_checked_by_small_changes_on_request(derivation: DerivationPage) -> None:
    expect(derivation.gradient("x")).not_to_contain_text("Finite differences")
    derivation.page.get_by_role("button", name="Check by small changes").click()
    expect(derivation.gradient("x")).to_contain_text("Finite differences agree")
    expect(derivation.page.get_by_role("button", name="Check by small changes")).to_be_disabled()


@pytest.mark.long
def test_the_scalar_is_chosen(derivation: DerivationPage) -> None:
    derivation.run("import torch\nw = torch.tensor(2., requires_grad=True)\nu = w * 3\nv = w * w\nv.backward()")
    expect(derivation.formula("∂v/∂w = 2 + 2 = 4")).to_be_visible()
    derivation.page.get_by_label("Derivative of").select_option("u")
    expect(derivation.formula("∂u/∂w = 3").first).to_be_visible()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("1 + 1", "made no scalar that requires a gradient"),
        pytest.param(
            "import torch\nx = torch.ones(3, requires_grad=True)\ny = x\nfor _ in range(300):\n    y = y + x\nz = y.sum()",
            "more steps or elements than can be written out",
            marks=pytest.mark.long,
        ),
    ],
)
def test_what_cannot_be_derived_says_why(derivation: DerivationPage, code: str, reason: str) -> None:
    derivation.run(code)
    expect(derivation.page.locator("tp-derivation")).to_contain_text(reason)


@pytest.mark.long
def test_a_service_that_does_not_answer_is_asked_again(page: Page, server_url: str) -> None:
    def busy(route: Route) -> None:
        body = '{"type": "about:blank", "title": "Busy", "status": 503, "detail": "", "request_id": "1"}'
        route.fulfill(status=503, headers={"Retry-After": "1"}, body=body, content_type="application/problem+json")

    page.route("**/api/v1/derivation", busy, times=1)
    derivation = DerivationPage(page, server_url)
    derivation.open()
    derivation.show_derivation()
    expect(page.get_by_role("alert")).to_contain_text("The service is busy")
    page.get_by_role("button", name="Ask again").click()
    expect(derivation.gradient("x")).to_be_visible()


@pytest.mark.long
def test_mathematics_is_not_loaded_before_it_is_wanted(page: Page, server_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    derivation = DerivationPage(page, server_url)
    derivation.open()
    assert not [url for url in asked if "katex" in url.lower() or "derivation" in url]
    derivation.show_derivation()
    expect(derivation.formula("∂out/∂z = 1/4 = 0.25").locator(".katex")).to_be_visible()
    assert [url for url in asked if "katex" in url.lower()]


def test_names_cannot_bring_commands_into_formulas(derivation: DerivationPage) -> None:
    hostile = r"\href{javascript:alert(1)}{x}"
    derivation.run(
        "import torch\nx = torch.ones(2, requires_grad=True)\n"
        f"globals()[{hostile!r}] = out = x.sum()\ndel out\nout = globals()[{hostile!r}] * 1\nout.backward()"
    )
    expect(derivation.gradient("x")).to_be_visible()
    expect(derivation.page.locator("tp-derivation a")).to_have_count(0)
    expect(derivation.page.locator("tp-math a")).to_have_count(0)
    assert derivation.problems == []


@pytest.mark.long
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 375)])
def test_has_no_accessibility_violations(page: Page, server_url: str, scheme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    derivation = DerivationPage(page, server_url)
    derivation.open()
    derivation.show_derivation()
    page.get_by_role("button", name="Check by small changes").click()
    expect(derivation.gradient("x")).to_contain_text("Finite differences agree")
    assert derivation.accessibility_violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    derivation.run(
        "import torch\nW = torch.ones(3, 6, requires_grad=True)\nx = torch.arange(6.)\nloss = (W @ x).tanh().sum()\n"
        "loss.backward()"
    )
    expect(derivation.gradient("W")).to_be_visible()
    assert derivation.accessibility_violations() == []
