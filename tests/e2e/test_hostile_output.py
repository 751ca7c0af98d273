"""What a program prints, names, raises and draws is text on the page, whatever it says."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.support.page import PlaygroundPage
from tests.support.short_form import shortened

IMAGE = "<img src=x onerror='window.hacked=1'>"
SCRIPT = "<script>window.hacked=1</script>"
SVG = "<svg onload='window.hacked=1'><foreignObject><iframe src='javascript:top.hacked=1'></iframe></foreignObject></svg>"
TEXTS = [IMAGE, SCRIPT, SVG, "]]>" + SCRIPT, "`" + IMAGE + "`", "```\n" + SVG + "\n```", "$\\href{javascript:alert(1)}{x}$"]

FIND = """() => {
  const found = [];
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const name = element.localName;
      if (name === "foreignobject" || element.tagName === "foreignObject" || ["iframe", "object", "embed"].includes(name))
        found.push(name);
      if (name === "script" && element.src === "") found.push("inline script");
      if (name === "img" && element.getAttribute("src") === "x") found.push("image");
      for (const { name: key, value } of element.attributes) {
        if (/^on/i.test(key)) found.push(`${name} ${key}`);
        if (/^(xlink:)?href$/i.test(key) && /^\\s*(javascript|data):/i.test(value)) found.push(`${name} ${value}`);
      }
      if (element.shadowRoot !== null) look(element.shadowRoot);
    }
  };
  look(document);
  if ("hacked" in window) found.push("it ran");
  return found;
}"""
"""Everything that could run, in every shadow root of the page."""

TEXT = """() => {
  const texts = [];
  const read = (root) => {
    for (const node of root.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
      else if (node.localName !== "style" && !node.classList?.contains("cm-content")) read(node);
      if (node.shadowRoot) read(node.shadowRoot);
    }
  };
  read(document.body);
  return texts.join(" ");
}"""
"""Every text that is on the page, but for the program itself."""


def assert_harmless(playground: PlaygroundPage) -> None:
    """Nothing that could run is on the page, in any of its views, and the browser has refused nothing."""
    for view in playground.views.get_by_role("tab").all():
        view.click()
        playground.page.locator("details").evaluate_all("(all) => all.forEach((one) => (one.open = true))")
        found: list[str] = playground.page.evaluate(FIND)
        assert found == []
    assert playground.problems == []


@pytest.mark.parametrize("text", shortened(TEXTS))
def test_texts_of_a_program_stay_texts(playground: PlaygroundPage, text: str) -> None:
    playground.run(
        f"import sys, torch\ntext = {text!r}\nprint(text)\nprint(text, file=sys.stderr)\n"
        "class Odd:\n    def __repr__(self):\n        return text\n"
        "Odd.__name__ = Odd.__qualname__ = text\nodd = Odd()\nodd",
        "globals()[text] = torch.ones(2, requires_grad=True)\nglobals()[text + '2'] = globals()[text] * 2\n"
        "out = globals()[text + '2'].sum()\nout.backward()\nglobals()[text + 'n'] = 3",
        "raise type(text, (Exception,), {})(text)",
    )
    expect(playground.printed(1)).to_contain_text(text.split("\n", maxsplit=1)[0])
    expect(playground.cell(3)).to_contain_text("Traceback")
    assert_harmless(playground)


@pytest.mark.parametrize("text", shortened(TEXTS))
def test_what_a_program_draws_carries_no_script_and_no_link(playground: PlaygroundPage, text: str) -> None:
    playground.run(
        f"import graphviz\ntext = {text!r}\ndot = graphviz.Digraph(text)\n"
        "dot.node(text, label=text, URL='javascript:window.hacked=1', tooltip=text)\n"
        "dot.node('b', label='<<table href=\"javascript:window.hacked=1\"><tr><td>x</td></tr></table>>')\n"
        "dot.edge(text, 'b', label=text, href='javascript:window.hacked=1', image='x')\ndot"
    )
    expect(playground.cell(1).locator("figure")).to_be_visible()
    assert_harmless(playground)


def test_control_characters_cannot_disguise_what_is_read(playground: PlaygroundPage) -> None:
    playground.run(
        "print('\\x1b[31mred\\x1b[0m \\x1b]8;;javascript:1\\x07link\\x07', '\\u202eback\\x00\\x9b1m')",
        "class Odd:\n    def __repr__(self):\n        return '\\u202e\\x1b[2Jclear'\nOdd()",
        "name = 'x\\u202ey\\u2066'\nglobals()[name] = 3\nraise ValueError('\\u202e\\x1b[31m' + name)",
    )
    expect(playground.printed(1).locator("pre")).to_contain_text("⟨U+202E⟩back")
    for view in playground.views.get_by_role("tab").all():
        view.click()
        shown: str = playground.page.evaluate(TEXT)
        assert "clear" in shown
        assert not [character for character in "\u202e\u2066\x1b\x9b\x07\x00" if character in shown]
    assert_harmless(playground)


def test_the_policy_of_the_page_lets_no_inline_script_run(page: Page, server_url: str) -> None:
    response = page.goto(server_url)
    assert response is not None
    policy = {
        name: rest for name, *rest in (part.split() for part in response.headers["content-security-policy"].split(";"))
    }
    assert policy["script-src"] == ["'self'"]
    assert policy["default-src"] == ["'self'"]
    refused: list[Any] = page.evaluate(
        """() => new Promise((resolve) => {
          const refused = [];
          document.addEventListener("securitypolicyviolation", (event) => {
            refused.push(event.effectiveDirective);
            if (refused.length === 2) resolve(refused.sort());
          });
          const script = document.createElement("script");
          script.textContent = "window.hacked = 1";
          document.head.append(script);
          const link = document.createElement("a");
          link.href = "javascript:window.hacked = 1";
          document.body.append(link);
          link.click();
        })"""
    )
    assert refused == ["script-src-elem", "script-src-elem"]
    assert page.evaluate("'hacked' in window") is False
